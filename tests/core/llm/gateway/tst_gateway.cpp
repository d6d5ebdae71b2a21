// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/house.h"
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

private:
    static Endpoint endpointAt(const ScriptedServer &server)
    {
        return {u"scripted"_s, EndpointKind::OpenAi, server.url(u"/v1"_s), u"scripted-small"_s, {}};
    }

    static Request hello(const QString &text = u"one two three"_s)
    {
        Request request;
        request.pattern = u"chat"_s;
        request.model = u"scripted-small"_s;
        request.messages = {{Role::User, text}};
        return request;
    }

    static Result<Completion> ask(House &house, const ScriptedServer &server, std::vector<Event> *events = nullptr)
    {
        return resultOf(collect(house.gateway.ask(endpointAt(server), hello()),
                                [events](const Event &event) {
                                    if (events)
                                        events->push_back(event);
                                },
                                {}));
    }

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

    void whatBrokeOffIsReckonedByWhatCame()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            Script script = Script::eventStream();
            script.event("{\"type\":\"message_start\",\"message\":{\"model\":\"c\",\"usage\":{\"input_tokens\":5,"
                         "\"output_tokens\":1}}}");
            for (int i = 0; i < 400; ++i)
                script.event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                             "\"text\":\"some words \"}}");
            return script.close();
        });
        House house;
        Endpoint endpoint = endpointAt(server);
        endpoint.kind = EndpointKind::Anthropic;
        QVERIFY(!resultOf(collect(house.gateway.ask(endpoint, hello()), {}, {})));
        QVERIFY(house.ledger.events[0].tokens.completion > 400);
        QVERIFY(house.ledger.events[0].tokens.estimated);
    }

    void whatIsGivenUpBeforeItsFirstWordCountsItsPrompt()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        House house;
        auto stream = house.gateway.ask(endpointAt(server), hello(u"word "_s.repeated(500)));
        QTRY_COMPARE(server.count("POST"), 1);
        stream.reset();
        QVERIFY(house.ledger.events[0].tokens.prompt > 300);
        // Where the server refused, it did nothing.
        server.on("/", [](const Received &) { return Script::response(400, "{}"); });
        QVERIFY(!ask(house, server));
        QCOMPARE(house.ledger.events[1].tokens.prompt, 0);
        QCOMPARE(house.ledger.events[1].cost, usage::Money());
    }

    void aRequestThatNoServerHeardCostsNothing()
    {
        House house;
        Endpoint endpoint{u"gone"_s, EndpointKind::OpenAi, QUrl(u"http://127.0.0.1:1/v1"_s)};
        {
            const ScriptedServer closed;
            endpoint.baseUrl = closed.url(u"/v1"_s);
        }
        const auto completion = resultOf(collect(house.gateway.ask(endpoint, hello(u"word "_s.repeated(500))), {}, {}));
        QCOMPARE(completion.error().kind, ErrorKind::Network);
        QCOMPARE(house.ledger.events[0].attempts, 3);
        QCOMPARE(house.ledger.events[0].tokens, usage::TokenUsage());
        QCOMPARE(house.ledger.events[0].cost, usage::Money());
    }

    void whatAServerReadAndLeftUnansweredIsReckoned()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().close(); });
        House house;
        const Request longer = hello(u"word "_s.repeated(500));
        QVERIFY(!resultOf(collect(house.gateway.ask(endpointAt(server), longer), {}, {})));
        QCOMPARE(house.ledger.events[0].attempts, 3);
        QCOMPARE(house.ledger.events[0].tokens.prompt, 3 * house.gateway.estimatedTokens(endpointAt(server), longer));
    }

    void whatEarlierAttemptsTookIsReckonedToo()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        const Request longer = hello(u"word "_s.repeated(500));
        const auto once = resultOf(collect(house.gateway.ask(endpointAt(server), longer), {}, {}));
        server.enqueue(Script().close());
        server.enqueue(Script::response(503, "{}"));
        const auto third = resultOf(collect(house.gateway.ask(endpointAt(server), longer), {}, {}));
        QCOMPARE(third->attempts, 3);
        // The first was read, the second refused.
        const qint64 estimate = house.gateway.estimatedTokens(endpointAt(server), longer);
        QCOMPARE(third->usage.prompt, once->usage.prompt + estimate);
        QVERIFY(third->usage.estimated);
        QCOMPARE(house.ledger.events[1].tokens, third->usage);
        // It is owed even where what follows is refused.
        server.on("/v1/chat/completions", [](const Received &) { return Script::response(503, "{}"); });
        server.enqueue(Script().close());
        QVERIFY(!resultOf(collect(house.gateway.ask(endpointAt(server), longer), {}, {})));
        QCOMPARE(house.ledger.events[2].tokens.prompt, estimate);
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

    void aSettingsFileThatIsNotUnderstoodLetsNoMoneyOut()
    {
        House house;
        QFile file(house.folder.filePath(u"quintet.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[budget]\nday_usd=a lot\n");
        file.close();
        const Endpoint far{u"far"_s, EndpointKind::OpenAi, QUrl(u"https://models.example/v1"_s), u"m"_s, {}};
        const auto refused = resultOf(collect(house.gateway.ask(far, hello()), {}, {}));
        QCOMPARE(refused.error().kind, ErrorKind::Corrupt);
    }

    void whatServersSayIsLearnt()
    {
        ScriptedServer server;
        server.enqueue(Script::response(
            400,
            "{\"error\":{\"code\":400,\"type\":\"exceed_context_size_error\",\"message\":\"long\",\"n_ctx\":4096}}"));
        server.enqueue(Script::response(200,
                                        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},"
                                        "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":30}}",
                                        "application/json",
                                        {"x-ratelimit-remaining-requests: 5", "x-ratelimit-reset-requests: 1s"}));
        House house;
        QCOMPARE(ask(house, server).error().kind, ErrorKind::ContextTooLong);
        QCOMPARE(house.facts.context, 4096);
        QVERIFY(ask(house, server).has_value());
        QCOMPARE(house.facts.counted.size(), size_t(1));
        QCOMPARE(house.facts.counted[0].second, 30);
        QVERIFY(!house.rates.learnt.isEmpty());
        QCOMPARE(net::headerValue(house.rates.learnt.last(), "x-ratelimit-remaining-requests"), "5");
    }

    void nothingIsSentThatPassesTheBudget()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        QVERIFY(house.settings.setBudgets({.day = {.tokens = 1000}}));
        house.spending.spent.day.tokens = 1000;
        const auto refused = ask(house, server);
        QCOMPARE(refused.error().kind, ErrorKind::Budget);
        QCOMPARE(server.count("POST"), 0);
        QCOMPARE(house.ledger.events[0].outcome, u"budget"_s);
        house.spending.spent.day.tokens = 500;
        const auto capped = ask(house, server);
        QVERIFY(capped.has_value());
        const QJsonObject body = QJsonDocument::fromJson(server.received().back().body).object();
        QVERIFY(body[u"max_tokens"].toInt() > 300 && body[u"max_tokens"].toInt() <= 500);
        QVERIFY(house.spending.holds.isEmpty());
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

    void textsAreEmbeddedInLoadsAndOnlyOnce()
    {
        ScriptedServer server;
        server.on("/v1/embeddings", [](const Received &request) {
            const QJsonArray input = QJsonDocument::fromJson(request.body)[u"input"].toArray();
            QJsonArray data;
            for (qsizetype i = input.size() - 1; i >= 0; --i)
                data.append(
                    QJsonObject{{u"index"_s, i}, {u"embedding"_s, QJsonArray{input[i].toString().mid(1).toInt(), 1}}});
            return Script::response(200, QJsonDocument(QJsonObject{{u"data"_s, data}}).toJson());
        });
        House house;
        EmbeddingRequest request{.pattern = u"knowledge"_s, .model = u"e"_s};
        for (int i = 0; i < 3000; ++i)
            request.texts << u't' + QString::number(i);
        const auto embeddings = resultOf(house.gateway.embed(endpointAt(server), request, {}));
        QVERIFY2(embeddings.has_value(), embeddings ? "" : qPrintable(embeddings.error().message));
        for (size_t i = 0; i < 3000; ++i)
            QCOMPARE(embeddings->vectors[i][0], static_cast<float>(i));
        QCOMPARE(server.count("POST"), 2);
        request.texts << u"t3000"_s;
        const auto again = resultOf(house.gateway.embed(endpointAt(server), request, {}));
        QCOMPARE(again->vectors[3000][0], 3000.0F);
        QCOMPARE(QJsonDocument::fromJson(server.received().back().body)[u"input"].toArray().size(), 1);
        QCOMPARE(house.ledger.events.size(), size_t(4)); // two, what was known, and one
        request.texts << QString();
        QCOMPARE(resultOf(house.gateway.embed(endpointAt(server), request, {})).error().kind, ErrorKind::BadInput);
    }

    void textsThatAreTooLongForTheServerAreEmbeddedInParts()
    {
        ScriptedServer server;
        server.on("/v1/embeddings", [](const Received &request) {
            QJsonArray data;
            for (const QJsonValue text : QJsonDocument::fromJson(request.body)[u"input"].toArray()) {
                if (text.toString().size() > 100) {
                    return Script::response(500, "{\"error\":{\"code\":500,\"message\":\"input (10002 tokens) is too "
                                                 "large to process. increase the physical batch size (current batch "
                                                 "size: 512)\",\"type\":\"server_error\"}}");
                }
                const bool isNorth = text.toString().contains(u"north");
                data.append(QJsonObject{{u"index"_s, data.size()},
                                        {u"embedding"_s, QJsonArray{isNorth ? 0.0 : 1.0, isNorth ? 1.0 : 0.0}}});
            }
            return Script::response(200, QJsonDocument(QJsonObject{{u"data"_s, data}}).toJson());
        });
        House house;
        const QString mixed = u"north "_s.repeated(20) + u"east "_s.repeated(24);
        const auto embeddings = resultOf(house.gateway.embed(
            endpointAt(server), {.pattern = {}, .model = u"e"_s, .texts = {u"north"_s, mixed, u"east"_s}}, {}));
        QVERIFY2(embeddings.has_value(), embeddings ? "" : qPrintable(embeddings.error().message));
        QCOMPARE(embeddings->vectors.size(), size_t(3));
        QCOMPARE(embeddings->vectors[0], (std::vector<float>{0, 1}));
        QCOMPARE(embeddings->vectors[2], (std::vector<float>{1, 0}));
        const std::vector<float> &mean = embeddings->vectors[1];
        QVERIFY(mean[0] > 0.5F && mean[1] > 0.5F);
        QVERIFY(std::abs(std::hypot(mean[0], mean[1]) - 1) < 1e-5F);
        QVERIFY2(server.count("POST") < 16, "what is too long is not asked again");
        // With a prefix that is nearly as long as what the server takes, it ends as well.
        Endpoint prefixed = endpointAt(server);
        prefixed.documentPrefix = u"Instruct: find what is meant, whatever it takes to find it. Passage: "_s;
        const auto halves = resultOf(house.gateway.embed(
            prefixed, {.pattern = {}, .model = u"p"_s, .texts = {prefixed.documentPrefix + mixed}}, {}));
        QVERIFY(!halves || halves->vectors.size() == 1);
        for (const Received &received : server.received()) {
            for (const QJsonValue text : QJsonDocument::fromJson(received.body)[u"input"].toArray())
                QVERIFY(received.body.contains("\"p\"") == text.toString().startsWith(prefixed.documentPrefix));
        }
        // The same again costs nothing, and what no server takes is an error that says so.
        const int sent = server.count("POST");
        QVERIFY(
            resultOf(house.gateway.embed(endpointAt(server), {.pattern = {}, .model = u"e"_s, .texts = {mixed}}, {})));
        QCOMPARE(server.count("POST"), sent);
        server.on("/v1/embeddings", [](const Received &) {
            return Script::response(500, "{\"error\":{\"message\":\"input is too large to process\"}}");
        });
        QCOMPARE(
            resultOf(house.gateway.embed(endpointAt(server), {.pattern = {}, .model = u"f"_s, .texts = {mixed}}, {}))
                .error()
                .kind,
            ErrorKind::ContextTooLong);
    }

    void anEmbeddingThatIsGivenUpIsReckonedAndOneThatIsRefusedIsNot()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script().stall(); });
        House house;
        const EmbeddingRequest request{.pattern = {}, .model = u"e"_s, .texts = {u"word "_s.repeated(500)}};
        CancelSource source;
        auto embedding = house.gateway.embed(endpointAt(server), request, source.get_token());
        QTRY_COMPARE(server.count("POST"), 1);
        source.request_stop();
        QVERIFY(!resultOf(std::move(embedding)));
        QVERIFY(house.ledger.events[0].tokens.prompt > 300);
        QVERIFY(house.ledger.events[0].tokens.estimated);
        server.on("/", [](const Received &) { return Script::response(400, "{}"); });
        QVERIFY(!resultOf(house.gateway.embed(endpointAt(server), request, {})));
        QCOMPARE(house.ledger.events[1].tokens, usage::TokenUsage());
        QCOMPARE(house.ledger.events[1].cost, usage::Money());
    }

    void embeddingsStayWithinTheBudgetOfTheirRun()
    {
        House house;
        // Not on this computer, where nothing costs anything; it is never asked.
        const Endpoint endpoint{u"far"_s, EndpointKind::OpenAi, QUrl(u"https://quintet.invalid/v1"_s)};
        const auto refused = resultOf(house.gateway.embed(endpoint,
                                                          {.pattern = {},
                                                           .model = u"text-embedding-3-small"_s,
                                                           .texts = {u"word "_s.repeated(5000)},
                                                           .run = u"r"_s,
                                                           .runBudget = usage::Money::fromDollars(0.000001)},
                                                          {}));
        QCOMPARE(refused.error().kind, ErrorKind::Budget);
        const auto ranking = resultOf(house.gateway.rerank(endpoint,
                                                           {.pattern = {},
                                                            .model = u"text-embedding-3-small"_s,
                                                            .query = u"q"_s,
                                                            .texts = {u"word "_s.repeated(5000)},
                                                            .run = u"r"_s,
                                                            .runBudget = usage::Money::fromDollars(0.000001)},
                                                           {}));
        QCOMPARE(ranking.error().kind, ErrorKind::Budget);
    }

    void embeddingsAreRetriedAndRanksToo()
    {
        ScriptedServer server;
        server.on("/v1/rerank", [](const Received &) {
            return Script::response(200, "{\"results\":[{\"index\":1,\"relevance_score\":0.5}]}");
        });
        server.enqueue(Script::response(500, "{}"));
        House house;
        const auto ranking = resultOf(house.gateway.rerank(
            endpointAt(server), {.pattern = {}, .model = u"r"_s, .query = u"q"_s, .texts = {u"a"_s, u"b"_s}}, {}));
        QVERIFY(ranking.has_value());
        QCOMPARE(ranking->results.front().index, 1);
        QCOMPARE(house.ledger.events.front().attempts, 2);
        const auto builtin = resultOf(house.gateway.embed(builtinEndpoint(), {.texts = {u"x"_s}}, {}));
        QVERIFY(builtin && builtin->vectors.size() == 1);
        QCOMPARE(
            resultOf(house.gateway.rerank(builtinEndpoint(), {.query = u"q"_s, .texts = {u"a"_s}}, {})).error().kind,
            ErrorKind::NeedsModel);
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
