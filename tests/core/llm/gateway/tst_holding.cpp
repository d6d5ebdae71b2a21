// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/asking.h"
#include "support/scriptedmodel.h"

#include <QJsonDocument>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestHolding final : public QObject {
    Q_OBJECT

    static Request within(qint64 tokens, const QString &text)
    {
        Request request = hello(text);
        request.run = u"run"_s;
        request.runBudget.tokens = tokens;
        return request;
    }

private Q_SLOTS:
    void manyAtOnceFitOneBudgetOneAfterTheOther()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        std::vector<Task<Result<Completion>>> answers;
        QStringList order;
        bool hasWaited = false;
        const auto onEvent = [&hasWaited](const Event &event) {
            hasWaited = hasWaited || std::holds_alternative<Waiting>(event);
        };
        for (int i = 0; i < 20; ++i) // all together hold far more than 9,000 tokens, and take far less
            answers.push_back(
                collect(house.gateway.ask(endpointAt(server), within(9'000, QString::number(i))), onEvent, {}));
        for (auto &answer : answers) {
            const auto done = resultOf(std::move(answer));
            QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().message));
        }
        QVERIFY(hasWaited);
        QCOMPARE(server.count("POST"), 20);
        QVERIFY(house.spending.holds.isEmpty());
        for (int i = 0; i < 20; ++i)
            order << QJsonDocument::fromJson(server.received()[size_t(i)].body)[u"messages"][0][u"content"].toString();
        QStringList expected;
        for (int i = 0; i < 20; ++i)
            expected << QString::number(i);
        QCOMPARE(order, expected);
    }

    void whoWaitsCanBeGivenUp()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        House house;
        const auto first = house.gateway.ask(endpointAt(server), within(5'000, u"one"_s));
        QTRY_COMPARE(server.count("POST"), 1);
        CancelSource source;
        auto second = collect(house.gateway.ask(endpointAt(server), within(5'000, u"two"_s)), {}, source.get_token());
        QTest::qWait(30);
        source.request_stop();
        QCOMPARE(resultOf(std::move(second)).error().kind, ErrorKind::Cancelled);
        QCOMPARE(house.spending.holds.size(), 1);
        // And whoever stood behind it is served once there is room.
        auto third = collect(house.gateway.ask(endpointAt(server), within(5'000, u"three"_s)), {}, {});
        server.on("/", [](const Received &) {
            return Script::response(200,
                                    R"({"choices":[{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}]})");
        });
        first->cancel();
        QVERIFY(resultOf(std::move(third)).has_value());
    }

    void anotherRunIsNotKeptWaiting()
    {
        ScriptedServer server;
        int count = 0;
        server.on("/", [&count](const Received &) {
            return ++count == 1
                       ? Script().stall()
                       : Script::response(
                             200, R"({"choices":[{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}]})");
        });
        House house;
        const auto first = house.gateway.ask(endpointAt(server), within(5'000, u"one"_s));
        QTRY_COMPARE(server.count("POST"), 1);
        const auto waiting = house.gateway.ask(endpointAt(server), within(5'000, u"two"_s));
        QTest::qWait(30);
        Request other = hello(u"three"_s);
        other.budget.tokens = 100'000;
        QVERIFY(resultOf(collect(house.gateway.ask(endpointAt(server), other), {}, {})).has_value());
        QVERIFY(!waiting->isFinished());
    }

    void aGatewayThatGoesLeavesNobodyWaiting()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        auto house = std::make_unique<House>();
        auto first = house->gateway.ask(endpointAt(server), within(5'000, u"one"_s));
        QTRY_COMPARE(server.count("POST"), 1);
        auto second = house->gateway.ask(endpointAt(server), within(5'000, u"two"_s));
        QTest::qWait(30);
        first.reset();
        second.reset();
        house.reset();
        QTest::qWait(30);
    }
};

QTEST_GUILESS_MAIN(TestHolding)
#include "tst_holding.moc"
