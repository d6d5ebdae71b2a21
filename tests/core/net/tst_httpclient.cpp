// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::net;
using namespace quintet::test;
using namespace std::chrono_literals;

class TestHttpClient final : public QObject {
    Q_OBJECT

private:
    static HttpRequest post(const QUrl &url, const QByteArray &body = "{\"paid\":true}")
    {
        HttpRequest request;
        request.method = "POST";
        request.url = url;
        request.body = body;
        request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer sk-secret"}};
        return request;
    }

    static Result<HttpResponse> fetch(HttpClient &client, const HttpRequest &request)
    {
        return resultOf(client.fetch(request, 1024 * 1024, {}));
    }

private Q_SLOTS:
    void aBodyArrivesWholeWithItsLength()
    {
        ScriptedServer server;
        server.on("/", [](const Received &request) { return Script::response(200, request.body); });
        HttpClient client;
        for (const qsizetype size : {1, 16 * 1024, 300'000}) {
            const QByteArray body(size, 'b');
            const auto response = fetch(client, post(server.url(QStringLiteral("/echo")), body));
            QVERIFY(response.has_value());
            QCOMPARE(response->body, body);
            QCOMPARE(server.received().back().headers.value("content-length"), QByteArray::number(size));
        }
    }

    void eachRequestCarriesItsOwnHeadersAndBody()
    {
        ScriptedServer server;
        server.on("/", [](const Received &request) { return Script::response(200, request.headers.value("x-which")); });
        HttpClient client;
        HttpRequest request = post(server.url(QStringLiteral("/a")), "one");
        for (const char *which : {"first", "second", "second"}) {
            request.headers.last() = {"X-Which", which};
            request.body += which;
            const auto response = fetch(client, request);
            QCOMPARE(response.value().body, which);
            QCOMPARE(server.received().back().body, request.body);
            QCOMPARE(server.received().back().headers.value("content-length"), QByteArray::number(request.body.size()));
        }
        request.url = server.url(QStringLiteral("/b"));
        request.method = "GET";
        request.body.clear();
        QVERIFY(fetch(client, request));
        QCOMPARE(server.received().back().path, "/b");
        QVERIFY(!server.received().back().headers.contains("content-length"));
    }

    void aServerThatReadsAndClosesReceivesAPaidRequestOnce()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().close(); });
        HttpClient client;
        const auto response = fetch(client, post(server.url(QStringLiteral("/close"))));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Network);
        QTest::qWait(300);
        QCOMPARE(server.count("POST"), 1);
    }

    void onAReusedConnectionTooItIsReceivedOnce()
    {
        ScriptedServer server;
        server.enqueue(Script::response(200, "{}"));
        server.enqueue(Script().close());
        HttpClient client;
        QVERIFY(fetch(client, post(server.url(QStringLiteral("/a")))).has_value());
        QVERIFY(!fetch(client, post(server.url(QStringLiteral("/b")))));
        QTest::qWait(300);
        QCOMPARE(server.count("POST"), 2);
        QCOMPARE(server.received()[0].connection, server.received()[1].connection);
    }

    void aResetIsReceivedOnce()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().reset(); });
        HttpClient client;
        QVERIFY(!fetch(client, post(server.url(QStringLiteral("/reset")))));
        QTest::qWait(300);
        QCOMPARE(server.count("POST"), 1);
    }

    void aRedirectIsHandedOverAndCarriesNoKey()
    {
        ScriptedServer other;
        ScriptedServer server;
        const QByteArray target = other.url(QStringLiteral("/stolen")).toEncoded().replace("127.0.0.1", "localhost");
        server.on("/", [target](const Received &) {
            return Script::response(307, {}, "text/plain", {"Location: " + target});
        });
        HttpClient client;
        const auto response = fetch(client, post(server.url(QStringLiteral("/redirect"))));
        QVERIFY2(response.has_value(), response ? "" : qPrintable(response.error().detail));
        QCOMPARE(response->head.status, 307);
        QTest::qWait(100);
        QVERIFY(other.received().empty());
    }

    void aChallengeIsNotAnsweredByItself()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(401, "{}", "application/json", {"WWW-Authenticate: Basic realm=\"x\""});
        });
        HttpClient client;
        const auto response = fetch(client, post(server.url(QStringLiteral("/v1"))));
        QVERIFY(response.has_value());
        QCOMPARE(response->head.status, 401);
        QCOMPARE(server.count("POST"), 1);
    }

    void aStatusThatSaysNoIsAnAnswerWithABody_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 500, 501, 502, 503, 529})
            QTest::addRow("%d", status) << status;
    }

    void aStatusThatSaysNoIsAnAnswerWithABody()
    {
        QFETCH(int, status);
        ScriptedServer server;
        server.on("/", [status](const Received &) { return Script::response(status, "why"); });
        HttpClient client;
        const auto response = fetch(client, post(server.url(QStringLiteral("/"))));
        QVERIFY2(response.has_value(), response ? "" : qPrintable(response.error().detail));
        QCOMPARE(response->head.status, status);
        QCOMPARE(response->body, "why");
        QCOMPARE(server.count("POST"), 1);
    }

    void anAnswerThatIsCutAnywhereIsAnErrorOrWhole()
    {
        const Script whole = Script::response(200, "0123456789");
        const qsizetype length = whole.steps().front().bytes.size();
        ScriptedServer server;
        HttpClient client;
        for (qsizetype cut = 0; cut < length; cut += 3) {
            server.enqueue(Script(whole).cutAt(cut));
            const auto response = fetch(client, post(server.url(QStringLiteral("/"))));
            QVERIFY2(!response, qPrintable(QStringLiteral("cut at %1 passed as whole").arg(cut)));
        }
        QCOMPARE(server.count("POST"), (length + 2) / 3);
    }

    void aChunkedAnswerWithoutItsEndIsAnError()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::eventStream().event("one").close(); });
        HttpClient client;
        const auto exchange = client.send(post(server.url(QStringLiteral("/"))));
        QSignalSpy finished(exchange.get(), &HttpExchange::finished);
        QByteArray bytes;
        connect(exchange.get(), &HttpExchange::bytesArrived, this, [&](const QByteArray &piece) { bytes += piece; });
        QVERIFY(finished.wait());
        QVERIFY(!exchange->outcome());
        QCOMPARE(bytes, "data: one\n\n");
        QCOMPARE(finished.count(), 1);
    }

    void garbageIsAnError()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::raw("\x16\x03\x01 not http at all\r\n\r\n").close(); });
        HttpClient client;
        QVERIFY(!fetch(client, post(server.url(QStringLiteral("/")))));
    }

    void bytesComeAsTheyArrive()
    {
        ScriptedServer server;
        server.on("/",
                  [](const Received &) { return Script::eventStream().event("early").wait(2s).event("late").end(); });
        HttpClient client;
        const auto exchange = client.send(post(server.url(QStringLiteral("/"))));
        QSignalSpy bytes(exchange.get(), &HttpExchange::bytesArrived);
        QSignalSpy finished(exchange.get(), &HttpExchange::finished);
        QVERIFY(bytes.wait());
        QCOMPARE(bytes.first().first().toByteArray(), "data: early\n\n");
        QCOMPARE(finished.count(), 0);
    }

    void eachStageHasItsLimit_data()
    {
        QTest::addColumn<bool>("answersFirst");
        QTest::addRow("no first byte") << false;
        QTest::addRow("nothing after the first") << true;
    }

    void eachStageHasItsLimit()
    {
        QFETCH(bool, answersFirst);
        ScriptedServer server;
        server.on("/", [answersFirst](const Received &) {
            return answersFirst ? Script::eventStream().event("x").stall() : Script().stall();
        });
        HttpClient client;
        HttpRequest request = post(server.url(QStringLiteral("/")));
        request.limits.firstByte = answersFirst ? 1h : 100ms;
        request.limits.idle = answersFirst ? 100ms : 1h;
        const auto response = fetch(client, request);
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Timeout);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void aDripIsNoStall()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(200, "slow but sure").drip(10, 10ms); });
        HttpClient client;
        HttpRequest request = post(server.url(QStringLiteral("/")));
        request.limits.idle = 2s;
        const auto response = fetch(client, request);
        QVERIFY(response.has_value());
        QCOMPARE(response->body, "slow but sure");
    }

    void aCancelledFetchEndsWithCancelledAndHangsUp()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        HttpClient client;
        CancelSource source;
        QTimer::singleShot(50, this, [&source] { source.request_stop(); });
        const auto response = resultOf(client.fetch(post(server.url(QStringLiteral("/"))), 1000, source.get_token()));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void aBodyThatIsTooLargeIsGivenUp()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(200, QByteArray(200'000, 'x')); });
        HttpClient client;
        const auto response = resultOf(client.fetch(post(server.url(QStringLiteral("/"))), 1000, {}));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::BadInput);
    }

    void nobodyThereIsSaidPlainly()
    {
        HttpClient client;
        const auto response = fetch(client, post(QUrl(QStringLiteral("http://127.0.0.1:9/"))));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Network);
        QVERIFY2(response.error().message.contains(QStringLiteral("127.0.0.1:9")),
                 qPrintable(response.error().message));
    }

    void aHundredRequestsRunAtOnce()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().wait(100ms).stall(); });
        HttpClient client;
        std::vector<std::unique_ptr<HttpExchange>> exchanges;
        for (int i = 0; i < 100; ++i)
            exchanges.push_back(client.send(post(server.url(QStringLiteral("/")))));
        QTRY_COMPARE(server.count("POST"), 100);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
