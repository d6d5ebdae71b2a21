// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/budget.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"
#include "llm/server/httpbackend.h"
#include "support/fakes.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"

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
    /// A gateway over HTTP with a clock and a ledger that tests can look into.
    struct House {
        FakeClock clock;
        FakeLedger ledger;
        FakeCache cache;
        net::HttpClient client;
        QString key;
        Gateway gateway;

        explicit House(Gateway::Policy policy = {})
            : gateway([this](Endpoint endpoint) { return makeBackend(endpoint); }, clock, ledger, cache, policy)
        {
        }

        Task<Result<std::shared_ptr<Backend>>> makeBackend(Endpoint endpoint)
        {
            co_return std::make_shared<HttpBackend>(client, clock, endpoint, key);
        }
    };

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
        request.mayCache = true;
        QVERIFY(!resultOf(collect(house.gateway.ask(endpointAt(server), request), {}, {})));
        QVERIFY(house.cache.answers.isEmpty());
    }

    void aBudgetIsKeptBeforeAnythingIsSent()
    {
        const Endpoint far{u"far"_s, EndpointKind::OpenAi, QUrl(u"https://models.example/v1"_s), u"gpt-5-mini"_s, {}};
        const QDate day(2026, 11, 1);
        Request request = hello(u"word "_s.repeated(10'000));
        request.model = u"gpt-5-mini"_s;
        QCOMPARE(withinBudget(far, request, day)->parameters.maxTokens, std::optional<int>());
        request.budget = usage::Money::fromDollars(0.001);
        QCOMPARE(withinBudget(far, request, day).error().kind, ErrorKind::Budget);
        request.budget = usage::Money::fromDollars(0.01);
        const auto capped = withinBudget(far, request, day);
        QVERIFY(capped && capped->parameters.maxTokens);
        QVERIFY(*capped->parameters.maxTokens > 1000 && *capped->parameters.maxTokens < 5000);
        request.model = u"unheard-of"_s;
        QCOMPARE(withinBudget(far, request, day).error().kind, ErrorKind::Budget);
        QVERIFY(withinBudget({u"near"_s, EndpointKind::OpenAi, QUrl(u"http://localhost:1"_s), {}, {}}, request, day)
                    .has_value());
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
        House house({.retry = {}, .atOnce = 2});
        int running = 0;
        int most = 0;
        QList<int> done;
        std::vector<std::unique_ptr<Stream>> streams;
        for (int i = 0; i < 12; ++i) {
            streams.push_back(house.gateway.ask(endpointAt(server), hello()));
            const auto isFirst = std::make_shared<bool>(true);
            connect(streams.back().get(), &Stream::received, this, [&, isFirst](const Event &) {
                if (std::exchange(*isFirst, false))
                    most = std::max(most, ++running);
            });
            connect(streams.back().get(), &Stream::finished, this, [&, i] {
                --running;
                done << i;
            });
        }
        QTRY_COMPARE(done.size(), 12);
        QCOMPARE(most, 2);
        QCOMPARE(server.count("POST"), 12);
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
