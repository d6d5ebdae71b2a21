// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/asking.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestSharedAnswers final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEqualRequestIsAnsweredFromTheCacheWhereThatIsAllowed()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        Request request = hello();
        const auto asked = [&](const Request &wanted) {
            return resultOf(collect(house.gateway.ask(endpointAt(server), wanted), {}, {}));
        };
        QVERIFY(!asked(request)->cached);
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        const auto first = asked(request);
        QVERIFY(!first->cached);
        const auto second = asked(request);
        QVERIFY(second->cached);
        QCOMPARE(second->text, first->text);
        QCOMPARE(second->usage, first->usage);
        QCOMPARE(server.count("POST"), 2);
        QCOMPARE(house.ledger.events.size(), size_t(3));
        QVERIFY(house.ledger.events[2].cached);
        request.parameters.temperature = 0.7;
        QVERIFY(!asked(request)->cached);
    }

    void whatBreaksOffIsNotKept()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half\"}}]}")
                .close();
        });
        House house;
        Request request = hello();
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        QVERIFY(!resultOf(collect(house.gateway.ask(endpointAt(server), request), {}, {})));
        QVERIFY(house.cache.answers.isEmpty());
    }

    void anEmptyAnswerIsNotKept()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(
                200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}");
        });
        House house;
        Request request = hello();
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        QVERIFY(resultOf(collect(house.gateway.ask(endpointAt(server), request), {}, {})).has_value());
        QVERIFY(house.cache.answers.isEmpty());
    }

    void twoEqualRequestsUnderWayShareOneCall()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half \"}}]}")
                .wait(100ms)
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"whole\"},\"finish_reason\":\"stop\"}]}")
                .event("[DONE]")
                .end();
        });
        House house;
        Request request = hello();
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        const auto first = house.gateway.ask(endpointAt(server), request);
        QSignalSpy begun(first.get(), &Stream::received);
        QTRY_VERIFY(first->soFar().text == u"half ");
        const auto second = house.gateway.ask(endpointAt(server), request);
        const auto third = house.gateway.ask(endpointAt(server), request);
        QTRY_VERIFY(second->soFar().text.startsWith(u"half"));
        first->cancel(); // who began it may leave
        QTRY_VERIFY(second->isFinished() && third->isFinished() && first->isFinished());
        QCOMPARE(first->outcome().error().kind, ErrorKind::Cancelled);
        QCOMPARE(second->outcome()->text, u"half whole"_s);
        QCOMPARE(third->outcome()->text, u"half whole"_s);
        QVERIFY(second->outcome()->cached);
        QCOMPARE(server.count("POST"), 1);
        QCOMPARE(std::ranges::count(house.ledger.events, false, &usage::UsageEvent::cached), 1);
        QCOMPARE(std::ranges::count(house.ledger.events, true, &usage::UsageEvent::cached), 2);
    }

    void whoJoinsInTheLastMomentHearsTheAnswerToo()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"whole\"}}]}");
        });
        House house;
        Request request = hello();
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        const auto first = house.gateway.ask(endpointAt(server), request);
        std::unique_ptr<Stream> second;
        QString heard;
        connect(first.get(), &Stream::received, this, [&](const Event &) {
            if (second || first->soFar().text.isEmpty())
                return;
            second = house.gateway.ask(endpointAt(server), request); // the call ends in this very turn
            connect(second.get(), &Stream::received, this, [&heard](const Event &event) {
                if (const auto *delta = std::get_if<TextDelta>(&event))
                    heard += delta->text;
            });
        });
        QTRY_VERIFY(second && second->isFinished());
        QCOMPARE(heard, u"whole"_s);
        QCOMPARE(server.count("POST"), 1);
    }

    void aSharedCallIsGivenUpWithItsLastListener()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        House house;
        Request request = hello();
        request.pattern = u"summarize"_s;
        request.mayCache = true;
        auto first = house.gateway.ask(endpointAt(server), request);
        auto second = house.gateway.ask(endpointAt(server), request);
        QTRY_COMPARE(server.count("POST"), 1);
        first.reset();
        QTest::qWait(30);
        QCOMPARE(server.openConnections(), 1);
        second.reset();
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(house.ledger.events.size(), size_t(1));
    }

    void aTabThatIsSetToAskAnewIsNotAnsweredFromTheCache()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        Request request = hello();
        request.mayCache = true; // but chat is off by default
        for (int i = 0; i < 2; ++i)
            QVERIFY(!resultOf(collect(house.gateway.ask(endpointAt(server), request), {}, {}))->cached);
        QCOMPARE(server.count("POST"), 2);
    }
};

QTEST_GUILESS_MAIN(TestSharedAnswers)
#include "tst_sharedanswers.moc"
