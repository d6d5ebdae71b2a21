// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/asking.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestReckoning final : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

    void whatIsGivenUpWhileItConnectsCostsNothing()
    {
        // A listener whose line is full neither takes nor refuses whoever comes.
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        QVERIFY(::bind(listener, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(listener, 0) == 0);
        QVERIFY(::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0);
        std::vector<std::unique_ptr<QTcpSocket>> line;
        for (int i = 0; i < 4; ++i) {
            line.push_back(std::make_unique<QTcpSocket>());
            line.back()->connectToHost(QHostAddress::LocalHost, ntohs(address.sin_port));
        }
        QTRY_COMPARE(line.front()->state(), QAbstractSocket::ConnectedState);
        House house;
        const Endpoint endpoint{u"full"_s, EndpointKind::OpenAi,
                                QUrl(u"http://127.0.0.1:%1/v1"_s.arg(ntohs(address.sin_port)))};
        auto stream = house.gateway.ask(endpoint, hello(u"word "_s.repeated(500)));
        QTest::qWait(100);
        stream.reset();
        QCOMPARE(house.ledger.events.size(), size_t(1));
        QCOMPARE(house.ledger.events[0].outcome, u"cancelled"_s);
        QCOMPARE(house.ledger.events[0].tokens, usage::TokenUsage());
        QCOMPARE(house.ledger.events[0].cost, usage::Money());
        ::close(listener);
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
};

QTEST_GUILESS_MAIN(TestReckoning)
#include "tst_reckoning.moc"
