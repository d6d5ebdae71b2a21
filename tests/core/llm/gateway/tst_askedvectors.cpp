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

class TestAskedVectors final : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

    void whatAnotherAsksForAlreadyIsWaitedFor()
    {
        ScriptedServer server;
        server.on("/v1/embeddings", [](const Received &) {
            return Script::response(200, R"({"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,1]}]})");
        });
        House house;
        const EmbeddingRequest both{.pattern = {}, .model = u"e"_s, .texts = {u"one"_s, u"two"_s}};
        EmbeddingRequest one = both;
        one.texts = {u"two"_s};
        auto first = house.gateway.embed(endpointAt(server), both, {});
        auto second = house.gateway.embed(endpointAt(server), one, {});
        auto third = house.gateway.embed(endpointAt(server), both, {});
        QCOMPARE(resultOf(std::move(second))->vectors, (std::vector<std::vector<float>>{{0, 1}}));
        QCOMPARE(resultOf(std::move(third))->vectors, resultOf(std::move(first))->vectors);
        QCOMPARE(server.count("POST"), 1);
        QCOMPARE(house.ledger.events.size(), size_t(3));
        QCOMPARE(std::ranges::count(house.ledger.events, true, &usage::UsageEvent::cached), 2);
    }

    void whatAnotherAsksForInVainIsAskedForAgain()
    {
        ScriptedServer server;
        server.on("/v1/embeddings", [&server](const Received &) {
            return server.count("POST") == 1 ? Script::response(400, "{}")
                                             : Script::response(200, R"({"data":[{"index":0,"embedding":[1,0]}]})");
        });
        House house;
        const EmbeddingRequest request{.pattern = {}, .model = u"e"_s, .texts = {u"one"_s}};
        auto first = house.gateway.embed(endpointAt(server), request, {});
        auto second = house.gateway.embed(endpointAt(server), request, {});
        CancelSource source;
        auto third = house.gateway.embed(endpointAt(server), request, source.get_token());
        source.request_stop();
        QCOMPARE(resultOf(std::move(third)).error().kind, ErrorKind::Cancelled);
        QVERIFY(server.count("POST") <= 1); // who goes frees nothing that is another's
        QVERIFY(!resultOf(std::move(first)));
        QVERIFY(resultOf(std::move(second)).has_value());
        QCOMPARE(server.count("POST"), 2);
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
                                                           .runBudget = {usage::Money::fromDollars(0.000001), {}}},
                                                          {}));
        QCOMPARE(refused.error().kind, ErrorKind::Budget);
        const auto ranking = resultOf(house.gateway.rerank(endpoint,
                                                           {.pattern = {},
                                                            .model = u"text-embedding-3-small"_s,
                                                            .query = u"q"_s,
                                                            .texts = {u"word "_s.repeated(5000)},
                                                            .run = u"r"_s,
                                                            .runBudget = {usage::Money::fromDollars(0.000001), {}}},
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
};

QTEST_GUILESS_MAIN(TestAskedVectors)
#include "tst_askedvectors.moc"
