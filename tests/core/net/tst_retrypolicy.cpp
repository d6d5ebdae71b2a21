// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httperror.h"
#include "net/retrypolicy.h"

#include <QTest>
#include <QTimeZone>

using namespace quintet;
using namespace quintet::net;
using namespace std::chrono_literals;

using Wait = std::optional<std::chrono::milliseconds>;

class TestRetryPolicy final : public QObject {
    Q_OBJECT

private:
    const QDateTime m_now{QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::UTC};
    const QUrl m_url{QStringLiteral("https://models.example/v1/chat/completions")};

    Error errorFor(int status, const QByteArray &body = {}, const QList<Header> &headers = {}) const
    {
        return responseError({{status, headers}, body}, m_url, m_now);
    }

private Q_SLOTS:
    void passingFailuresAreTriedTwiceMore_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {408, 409, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", status) << status;
    }

    void passingFailuresAreTriedTwiceMore()
    {
        QFETCH(int, status);
        const Error error = errorFor(status);
        QCOMPARE(retryDelay({}, error, 1, 0.0), Wait(500ms));
        QCOMPARE(retryDelay({}, error, 2, 0.0), Wait(1000ms));
        QCOMPARE(retryDelay({}, error, 3, 0.0), Wait());
        QCOMPARE(retryDelay({}, error, 1, 1.0), Wait(375ms));
    }

    void lastingFailuresAreNotTriedAgain_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 402, 403, 404, 413, 422})
            QTest::addRow("%d", status) << status;
    }

    void lastingFailuresAreNotTriedAgain()
    {
        QFETCH(int, status);
        QCOMPARE(retryDelay({}, errorFor(status), 1, 0.0), Wait());
    }

    void onlyABusyServerIsSaidToBeOne()
    {
        const auto isBusy = [this](int status, const QByteArray &body) {
            return errorFor(status, body).message.contains(QStringLiteral("overloaded"));
        };
        QVERIFY(!isBusy(500, {}));
        QVERIFY(!isBusy(500, "{\"error\":{\"message\":\"division by zero\"}}"));
        QVERIFY(isBusy(500, "{\"error\":{\"message\":\"The engine is overloaded, please retry\"}}"));
        QVERIFY(isBusy(503, {}));
    }

    void theWaitNeverExceedsTheLongest() { QCOMPARE(retryDelay({.retries = 50}, errorFor(500), 40, 0.0), Wait(8s)); }

    void aUsedUpQuotaIsNotARateLimit()
    {
        const Error error =
            errorFor(429, R"({"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}})");
        QCOMPARE(error.kind, ErrorKind::Quota);
        QCOMPARE(retryDelay({}, error, 1, 0.0), Wait());
    }

    void theServersWaitIsObeyed()
    {
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"Retry-After", "7"}}), 1, 0.9), Wait(7s));
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"retry-after", "0.25"}}), 1, 0.9), Wait(250ms));
        QCOMPARE(retryDelay({}, errorFor(503, {}, {{"Retry-After", "9"}, {"retry-after-ms", "1500"}}), 1, 0.9),
                 Wait(1500ms));
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"Retry-After", "Fri, 02 Jan 2026 03:04:35 GMT"}}), 1, 0.9),
                 Wait(30s));
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"Retry-After", "nonsense"}}), 1, 0.0), Wait(500ms));
    }

    void aServerThatAsksForTooLongIsNotWaitedFor()
    {
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"Retry-After", "86400"}}), 1, 0.0), Wait());
        QCOMPARE(retryDelay({}, errorFor(429, {}, {{"retry-after-ms", "300000"}}), 1, 0.0), Wait());
    }

    void theServersWordOnRetryingGoesFirst()
    {
        QCOMPARE(retryDelay({}, errorFor(500, {}, {{"x-should-retry", "false"}}), 1, 0.0), Wait());
        QCOMPARE(retryDelay({}, errorFor(400, {}, {{"x-should-retry", "true"}}), 1, 0.0), Wait(500ms));
    }

    void theServersOwnWordsReachTheUser_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addRow("openai") << QByteArray(R"({"error":{"message":"No such thing","type":"x","code":null}})");
        QTest::addRow("plain string") << QByteArray(R"({"error":"No such thing"})");
        QTest::addRow("array") << QByteArray(R"([{"error":{"code":400,"message":"No such thing"}}])");
        QTest::addRow("detail") << QByteArray(R"({"detail":"No such thing"})");
        QTest::addRow("text") << QByteArray("No such thing\n");
    }

    void theServersOwnWordsReachTheUser()
    {
        QFETCH(QByteArray, body);
        const Error error = errorFor(400, body, {{"X-Request-Id", "req_12"}});
        QVERIFY2(error.message.contains(QStringLiteral("No such thing")), qPrintable(error.message));
        QCOMPARE(error.requestId, QStringLiteral("req_12"));
        QCOMPARE(error.http, 400);
    }

    void aTextThatDoesNotFitIsToldApart()
    {
        const Error error = errorFor(
            400,
            R"json({"error":{"code":400,"type":"exceed_context_size_error","message":"request (13392 tokens) exceeds the available context size (8192 tokens)"}})json");
        QCOMPARE(error.kind, ErrorKind::ContextTooLong);
    }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
