// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/asking.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestGateway final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerStreamsInAndIsWrittenDown()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        std::vector<Event> events;
        const auto completion = ask(house, server, &events);
        QVERIFY2(completion.has_value(), completion ? "" : qPrintable(completion.error().message));
        QCOMPARE(completion->text.trimmed(), ScriptedModel::answerTo(u"one two three"_s));
        QCOMPARE(completion->usage.prompt, 3);
        QCOMPARE(completion->cost, usage::Money{});
        QVERIFY(
            std::ranges::count_if(events, [](const Event &event) { return std::holds_alternative<TextDelta>(event); })
            >= 6);
        QCOMPARE(house.ledger.events.size(), size_t(1));
        QCOMPARE(house.ledger.events[0].outcome, u"done"_s);
        QCOMPARE(house.ledger.events[0].tokens, completion->usage);
        QCOMPARE(house.ledger.events[0].attempts, 1);
    }

    void anAnswerInOnePieceIsUnderstoodToo()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(
                200, R"({"model":"m","choices":[{"index":0,"message":{"content":"whole"},"finish_reason":"stop"}]})");
        });
        House house;
        const auto completion = ask(house, server);
        QVERIFY(completion.has_value());
        QCOMPARE(completion->text, u"whole"_s);
        QVERIFY(completion->usage.estimated);
    }

    void aServerThatClosesIsAskedThreeTimesAndNoMore()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().close(); });
        House house;
        const auto completion = ask(house, server);
        QVERIFY(!completion);
        QCOMPARE(completion.error().kind, ErrorKind::Network);
        QTest::qWait(200);
        QCOMPARE(server.count("POST"), 3);
        QCOMPARE(house.clock.sleeps.size(), size_t(2));
        QVERIFY(house.clock.sleeps[0] >= 375ms && house.clock.sleeps[0] <= 500ms);
        QVERIFY(house.clock.sleeps[1] >= 750ms && house.clock.sleeps[1] <= 1000ms);
        QCOMPARE(house.ledger.events.size(), size_t(1));
        QCOMPARE(house.ledger.events[0].attempts, 3);
        QCOMPARE(house.ledger.events[0].outcome, u"network"_s);
    }

    void aPassingFailureIsForgotten()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        server.enqueue(
            Script::response(503, R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})"));
        House house;
        const auto completion = ask(house, server);
        QVERIFY(completion.has_value());
        QCOMPARE(completion->attempts, 2);
    }

    void nothingIsSentAgainOnceAPieceHasArrived()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream()
                .event(R"({"choices":[{"index":0,"delta":{"content":"half an ans"}}]})")
                .close();
        });
        House house;
        QString text;
        const auto completion = resultOf(collect(house.gateway.ask(endpointAt(server), hello()),
                                                 [&text](const Event &event) {
                                                     if (const auto *delta = std::get_if<TextDelta>(&event))
                                                         text += delta->text;
                                                 },
                                                 {}));
        QVERIFY(!completion);
        QCOMPARE(completion.error().kind, ErrorKind::Network);
        QCOMPARE(text, u"half an ans"_s);
        QCOMPARE(server.count("POST"), 1);
        QVERIFY(house.ledger.events[0].tokens.estimated);
    }

    void aStreamThatEndsPolitelyButEarlyIsAnInterruption()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream().event(R"({"choices":[{"index":0,"delta":{"content":"half"}}]})").end();
        });
        House house;
        const auto completion = ask(house, server);
        QVERIFY(!completion);
        QVERIFY(completion.error().message.contains(u"broke off"));
    }

    void aRefusedKeyIsNotTriedAgainAndNotTold()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        model.key = "sk-right";
        House house;
        house.key = u"sk-wrong-1234"_s;
        const auto completion = ask(house, server);
        QVERIFY(!completion);
        QCOMPARE(completion.error().kind, ErrorKind::Unauthorized);
        QVERIFY(!completion.error().message.contains(u"sk-wrong-1234"));
        QCOMPARE(server.count("POST"), 1);
        house.key = u"sk-right"_s;
        QVERIFY(ask(house, server).has_value());
    }

    void aRedirectIsRefusedWithTheAddressInIt()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(307, {}, "text/plain", {"Location: http://elsewhere.example/v1"});
        });
        House house;
        const auto completion = ask(house, server);
        QCOMPARE(completion.error().kind, ErrorKind::Protocol);
        QVERIFY(completion.error().message.contains(u"elsewhere.example"));
        QCOMPARE(server.count("POST"), 1);
    }

    void aWebPageIsNoAnswer()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(200, "<html>Sign in to the hotel</html>", "text/html");
        });
        House house;
        const auto completion = ask(house, server);
        QCOMPARE(completion.error().kind, ErrorKind::Protocol);
        QVERIFY(completion.error().message.contains(u"web page"));
    }

    void aCancelledAnswerEndsOnceWithCancelled()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream().event(R"({"choices":[{"index":0,"delta":{"content":"a"}}]})").stall();
        });
        House house;
        const auto stream = house.gateway.ask(endpointAt(server), hello());
        QSignalSpy received(stream.get(), &Stream::received);
        QSignalSpy finished(stream.get(), &Stream::finished);
        QVERIFY(received.wait());
        stream->cancel();
        QVERIFY(finished.wait());
        QCOMPARE(stream->outcome().error().kind, ErrorKind::Cancelled);
        QCOMPARE(stream->soFar().text, u"a"_s);
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(finished.count(), 1);
    }

    void aStreamThatIsDestroyedHangsUpAndIsWrittenDown()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        House house;
        auto stream = house.gateway.ask(endpointAt(server), hello());
        QTRY_COMPARE(server.count("POST"), 1);
        stream.reset();
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(house.ledger.events.size(), size_t(1));
        QCOMPARE(house.ledger.events[0].outcome, u"cancelled"_s);
    }

    void anAnswerIsOverWhenItSaysSoThoughTheServerKeepsTheLineOpen()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"all\"}}]}")
                .event("[DONE]")
                .stall();
        });
        House house;
        const auto completion = ask(house, server);
        QVERIFY(completion.has_value());
        QCOMPARE(completion->text, u"all"_s);
    }

    void aBodyThatBreaksOffIsNotAskedForAgain()
    {
        ScriptedServer server;
        server.on("/",
                  [](const Received &) { return Script::response(200, "{\"choices\": and so on and on").cutAt(120); });
        House house;
        QVERIFY(!ask(house, server));
        QCOMPARE(server.count("POST"), 1);
    }

    void aKeyThatTheServerRepeatsIsNotShown()
    {
        ScriptedServer server;
        server.on("/", [](const Received &request) {
            return Script::response(
                401, "{\"error\":{\"message\":\"no: " + request.headers.value("authorization").mid(7) + "\"}}");
        });
        House house;
        house.key = u"myCompanyKey0123456789"_s;
        const auto completion = ask(house, server);
        QVERIFY(!completion.error().message.contains(house.key));
        QVERIFY(!completion.error().detail.contains(house.key));
    }

    void noMoreRunAtOnceThanAllowedAndAllAreServedInOrder()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        Endpoint endpoint = endpointAt(server);
        endpoint.rates.atOnce = 2;
        int running = 0;
        int most = 0;
        QList<int> done;
        std::vector<std::unique_ptr<Stream>> streams;
        for (int i = 0; i < 12; ++i) {
            streams.push_back(house.gateway.ask(endpoint, hello()));
            const auto isFirst = std::make_shared<bool>(true);
            connect(streams.back().get(), &Stream::received, this, [&, isFirst](const Event &event) {
                if (!std::holds_alternative<Waiting>(event) && std::exchange(*isFirst, false))
                    most = std::max(most, ++running);
            });
            connect(streams.back().get(), &Stream::finished, this, [&, i] {
                --running;
                done << i;
            });
        }
        QTRY_COMPARE(done.size(), 12);
        QVERIFY(most <= 2);
        QCOMPARE(server.count("POST"), 12);
    }

    void aServerThatLoadsItsModelIsWaitedForAndSaysSo()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        for (int i = 0; i < 6; ++i)
            server.enqueue(Script::response(
                503, "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"));
        House house;
        std::vector<Event> events;
        const auto completion = ask(house, server, &events);
        QVERIFY(completion.has_value());
        QCOMPARE(completion->attempts, 7);
        QCOMPARE(std::ranges::count_if(events,
                                       [](const Event &event) {
                                           const auto *waiting = std::get_if<Waiting>(&event);
                                           return waiting && waiting->reason == Waiting::Reason::Loading;
                                       }),
                 6);
    }

    void whoWaitsAnyTimeForAnAnswerWaitsForALoadingModelToo()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        for (int i = 0; i < 6; ++i)
            server.enqueue(Script::response(503, "{\"error\":{\"message\":\"Loading model\"}}"));
        House house;
        Endpoint endpoint = endpointAt(server);
        endpoint.limits.firstByte = 0ms;
        QVERIFY(resultOf(collect(house.gateway.ask(endpoint, hello()), {}, {})));
    }

    void aServerThatIsMerelyBusyIsNotTakenForOneThatLoads()
    {
        ScriptedServer server;
        server.on("/",
                  [](const Received &) { return Script::response(503, "{\"error\":{\"message\":\"Too busy\"}}"); });
        House house;
        QCOMPARE(ask(house, server).error().kind, ErrorKind::Unavailable);
        QCOMPARE(server.count("POST"), 3);
    }

    void aLongWaitIsSaid()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(429, "{}", "application/json", {"Retry-After: 3600", "X-Request-Id: req_42"});
        });
        House house;
        const auto refused = ask(house, server);
        QVERIFY2(refused.error().message.contains(u"60 min"), qPrintable(refused.error().message));
        QVERIFY2(refused.error().message.contains(u"req_42"), qPrintable(refused.error().message));
        QCOMPARE(server.count("POST"), 1);
    }

    void theAttemptLogIsWhatTheServerReceived_data()
    {
        QTest::addColumn<int>("closings");
        for (int i = 0; i < 4; ++i)
            QTest::newRow(qPrintable(QString::number(i))) << i;
    }

    void theAttemptLogIsWhatTheServerReceived()
    {
        QFETCH(int, closings);
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        QVERIFY(ask(house, server).has_value()); // so that a connection is there to be used again
        for (int i = 0; i < closings; ++i)
            server.enqueue(Script().close());
        const auto before = server.count("POST");
        static_cast<void>(ask(house, server));
        QTest::qWait(50);
        QCOMPARE(server.count("POST") - before, house.ledger.events.back().attempts);
    }

    void anEndpointWithoutRetriesIsAskedOnce()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(500, "{}"); });
        House house;
        Endpoint endpoint = endpointAt(server);
        endpoint.retries = 0;
        QVERIFY(!resultOf(collect(house.gateway.ask(endpoint, hello()), {}, {})));
        QCOMPARE(server.count("POST"), 1);
    }

    void anthropicIsSpokenToo()
    {
        ScriptedServer server;
        server.on("/v1/messages", [](const Received &) {
            return Script::eventStream()
                .event("{\"type\":\"message_start\",\"message\":{\"model\":\"c\",\"usage\":{\"input_tokens\":5}}}")
                .event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                       "\"hi\"}}")
                .event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_"
                       "tokens\":2}}")
                .event("{\"type\":\"message_stop\"}")
                .end();
        });
        House house;
        house.key = u"sk-ant-12345678"_s;
        Endpoint endpoint = endpointAt(server);
        endpoint.kind = EndpointKind::Anthropic;
        const auto completion = resultOf(collect(house.gateway.ask(endpoint, hello()), {}, {}));
        QVERIFY2(completion.has_value(), completion ? "" : qPrintable(completion.error().message));
        QCOMPARE(completion->text, u"hi"_s);
        QCOMPARE(completion->usage, (usage::TokenUsage{5, 2}));
        QCOMPARE(server.received().back().headers.value("x-api-key"), "sk-ant-12345678");
    }

    void aGatewayThatIsGoneLeavesNobodyBehind()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        {
            House house;
            Endpoint endpoint = endpointAt(server);
            endpoint.rates.atOnce = 1;
            const auto running = house.gateway.ask(endpoint, hello());
            const auto waiting = house.gateway.ask(endpoint, hello(u"other"_s));
            QTRY_COMPARE(server.count("POST"), 1);
        }
        QTest::qWait(50);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void aKeyBelongsToItsServer()
    {
        const Endpoint one{u"shop"_s, EndpointKind::OpenAi, QUrl(u"https://one.example/v1"_s), {}, {}};
        Endpoint other = one;
        other.baseUrl = QUrl(u"https://one.example/openai/v1"_s);
        QCOMPARE(secretName(one), secretName(other));
        other.baseUrl = QUrl(u"https://two.example/v1"_s);
        QVERIFY(secretName(one) != secretName(other));
    }

    void aBaseUrlIsTakenAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("door");
        const auto row = [](const char *base, const char *door) {
            QTest::newRow(base) << QString::fromLatin1(base) << QString::fromLatin1(door);
        };
        row("http://localhost:11434", "http://localhost:11434/v1/chat/completions");
        row("http://localhost:11434/", "http://localhost:11434/v1/chat/completions");
        row("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions");
        row("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions");
        row("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/chat/completions");
        row("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1/chat/completions");
        row("https://generativelanguage.googleapis.com/v1beta/openai/",
            "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions");
        row("http://host/close/v1", "http://host/close/v1/chat/completions");
        row("http://host/exact/door#", "http://host/exact/door");
        row("https://mine.openai.azure.com", "https://mine.openai.azure.com/openai/v1/chat/completions");
        row("https://mine.openai.azure.com/openai", "https://mine.openai.azure.com/openai/v1/chat/completions");
        row("https://mine.openai.azure.com/openai/v1/", "https://mine.openai.azure.com/openai/v1/chat/completions");
        row("https://mine.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
            "https://mine.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21");
    }

    void aBaseUrlIsTakenAsPeopleWriteIt()
    {
        QFETCH(QString, base);
        QFETCH(QString, door);
        QCOMPARE(doorUrl(QUrl(base), u"chat/completions"_s).toString(), door);
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
