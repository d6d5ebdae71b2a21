// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/endpointregistry.h"
#include "llm/server/httpbackend.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestServers final : public QObject {
    Q_OBJECT

    static Endpoint at(const QString &url, EndpointKind kind = EndpointKind::OpenAi)
    {
        return {u"e"_s, kind, QUrl(url)};
    }

    static QByteArray headerOf(const net::HttpRequest &request, QByteArrayView name)
    {
        return net::headerValue(request.headers, name);
    }

private Q_SLOTS:
    void everythingAboutAnEndpointIsKept()
    {
        const QTemporaryDir folder;
        EndpointRegistry registry(folder.filePath(u"q.ini"_s));
        Endpoint endpoint = at(u"https://models.example/v1"_s, EndpointKind::Anthropic);
        endpoint.model = u"m"_s;
        endpoint.keyVariable = u"KEY"_s;
        endpoint.limits = {3s, 40s, 5s, 600s};
        endpoint.retries = 0;
        endpoint.rates = {4, 100, 20'000};
        endpoint.headers = {{"X-Team", "a: b"}, {"X-Api-Token", "${TEAM_TOKEN}"}};
        endpoint.proxy = u"socks5://localhost:9050"_s;
        endpoint.certificates = u"/etc/own.pem"_s;
        endpoint.queryPrefix = u"search_query: "_s;
        endpoint.documentPrefix = u"search_document: "_s;
        QVERIFY(registry.put(endpoint));
        QVERIFY(*registry.find(u"e"_s) == endpoint);
        endpoint = at(u"https://models.example/v1"_s);
        QVERIFY(registry.put(endpoint));
        QVERIFY(*registry.find(u"e"_s) == endpoint);
    }

    void aTabMayHaveAnEndpointOfItsOwn()
    {
        const QTemporaryDir folder;
        EndpointRegistry registry(folder.filePath(u"q.ini"_s));
        QVERIFY(registry.put(at(u"http://localhost:1"_s)));
        QVERIFY(!registry.setPatternDefault(u"chat"_s, u"nowhere"_s));
        QVERIFY(registry.setPatternDefault(u"chat"_s, u"e"_s));
        QCOMPARE(registry.resolve({}, u"chat"_s)->name, u"e"_s);
        QCOMPARE(registry.resolve({}, u"batch"_s)->name, u"builtin"_s);
        QVERIFY(registry.remove(u"e"_s));
        QCOMPARE(registry.resolve({}, u"chat"_s)->name, u"builtin"_s);
    }

    void aRenamedEndpointIsFoundUnderBothNames()
    {
        const QTemporaryDir folder;
        EndpointRegistry registry(folder.filePath(u"q.ini"_s));
        Endpoint other = at(u"http://localhost:2"_s);
        other.name = u"other"_s;
        QVERIFY(registry.put(at(u"http://localhost:1"_s)) && registry.put(other));
        QVERIFY(registry.setDefault(u"e"_s) && registry.setPatternDefault(u"chat"_s, u"e"_s));
        QVERIFY(!registry.rename(u"e"_s, u"other"_s));
        QVERIFY(!registry.rename(u"e"_s, u"builtin"_s));
        QVERIFY(!registry.rename(u"nobody"_s, u"f"_s));
        QVERIFY(registry.rename(u"e"_s, u"f"_s) && registry.rename(u"f"_s, u"g"_s));
        QCOMPARE(registry.all().size(), size_t(2));
        for (const QString &name : {u"e"_s, u"f"_s, u"g"_s})
            QCOMPARE(registry.find(name)->name, u"g"_s);
        QCOMPARE(registry.resolve({})->name, u"g"_s);
        QCOMPARE(registry.resolve({}, u"chat"_s)->name, u"g"_s);
        QVERIFY2(!registry.remove(u"e"_s), "a name of then removes nothing");
        // A name that is given anew is its new bearer's; and a name may be taken back.
        QVERIFY(registry.put(at(u"http://localhost:3"_s)));
        QCOMPARE(registry.find(u"e"_s)->baseUrl.port(), 3);
        QVERIFY(registry.rename(u"g"_s, u"f"_s));
        QCOMPARE(registry.find(u"g"_s)->name, u"f"_s);
    }

    void aKeyFollowsItsEndpointToTheNewName()
    {
        store::MemorySecrets secrets;
        Endpoint endpoint = at(u"http://localhost:1"_s);
        QVERIFY(resultOf(secrets.write(secretName(endpoint), u"sk-1"_s)));
        QVERIFY(*resultOf(moveKey(secrets, endpoint, u"f"_s)) == store::Secrets::Place::Memory);
        endpoint.name = u"f"_s;
        QCOMPARE(*resultOf(secrets.read(secretName(endpoint))), u"sk-1"_s);
        QVERIFY(!*resultOf(moveKey(secrets, at(u"http://localhost:9"_s), u"x"_s)));
        QVERIFY(!*resultOf(moveKey(secrets, endpoint, endpoint.name)));
        QCOMPARE(*resultOf(secrets.read(secretName(endpoint))), u"sk-1"_s);
    }

    void aKeyMustNotStandInAHeader()
    {
        Endpoint endpoint = at(u"https://models.example"_s);
        for (const char *name : {"Authorization", "X-Api-Key", "x-auth-token", "Cookie", "X-Pass", "X-Api"}) {
            for (const char *value : {"abc", "Bearer sk-123 ${A}", "${A}sk-123"}) {
                endpoint.headers = {{name, value}};
                QCOMPARE(EndpointRegistry::check(endpoint).error().kind, ErrorKind::BadInput);
            }
            endpoint.headers = {{name, "Bearer ${MY_KEY}"}};
            QVERIFY(EndpointRegistry::check(endpoint));
        }
        endpoint.headers = {{"X-Team", "a\r\nX-Evil: b"}};
        QVERIFY(!EndpointRegistry::check(endpoint));
        endpoint.headers.clear();
        for (const QString &proxy : {u"localhost"_s, u"ftp://x"_s, u"http://user:secret@x:1"_s}) {
            endpoint.proxy = proxy;
            QVERIFY2(!EndpointRegistry::check(endpoint), qPrintable(proxy));
        }
    }

    void eachServerIsAskedInItsWay()
    {
        qputenv("QUINTET_TEST_TEAM", "blue");
        const auto openai = requestTo(at(u"https://api.openai.com/v1"_s), u"models"_s, u"k"_s);
        QCOMPARE(headerOf(openai, "authorization"), "Bearer k");
        const auto azure = requestTo(at(u"https://shop.openai.azure.com/openai/v1"_s), u"models"_s, u"k"_s);
        QCOMPARE(headerOf(azure, "api-key"), "k");
        QVERIFY(headerOf(azure, "authorization").isEmpty());
        Endpoint endpoint = at(u"https://api.anthropic.com"_s, EndpointKind::Anthropic);
        endpoint.headers = {{"X-Team", "${QUINTET_TEST_TEAM}-${QUINTET_TEST_UNSET}!"}};
        endpoint.proxy = u"none"_s;
        const auto anthropic = requestTo(endpoint, u"messages"_s, u"k"_s);
        QCOMPARE(anthropic.url.toString(), u"https://api.anthropic.com/v1/messages"_s);
        QCOMPARE(headerOf(anthropic, "x-api-key"), "k");
        QCOMPARE(headerOf(anthropic, "anthropic-version"), "2023-06-01");
        QCOMPARE(headerOf(anthropic, "x-team"), "blue-!");
        QCOMPARE(anthropic.proxy, u"none"_s);
    }

    void eachServerGetsTheParametersThatItTakes()
    {
        Request request;
        request.parameters = {.temperature = 0.0, .maxTokens = 7};
        const auto bodyFor = [&](const QString &url, const QString &model) {
            return wire::openAiChatRequest(request, true, dialectFor(at(url), model));
        };
        const QJsonObject reasoning = bodyFor(u"https://api.openai.com/v1"_s, u"gpt-5-mini"_s);
        QVERIFY(!reasoning.contains(u"temperature") && !reasoning.contains(u"max_tokens"));
        QCOMPARE(reasoning[u"max_completion_tokens"].toInt(), 7);
        QVERIFY(bodyFor(u"https://api.openai.com/v1"_s, u"gpt-4o-mini"_s).contains(u"temperature"));
        const QJsonObject local = bodyFor(u"http://localhost:11434/v1"_s, u"qwen3"_s);
        QVERIFY(local.contains(u"temperature") && local.contains(u"max_tokens") && local.contains(u"stream_options"));
        QVERIFY(!bodyFor(u"https://api.mistral.ai/v1"_s, u"mistral-small"_s).contains(u"stream_options"));
        QCOMPARE(dialectFor(at(u"http://localhost:11434"_s), u"m"_s).reasoningField, u"reasoning"_s);
        QCOMPARE(dialectFor(at(u"http://127.0.0.1:8080/v1"_s), u"m"_s).reasoningField, u"reasoning_content"_s);
        QCOMPARE(dialectFor(at(u"https://api.openai.com.evil.example"_s), u"m"_s), wire::Dialect());
    }

    void limitsBelongToServerAndKey()
    {
        net::HttpClient client;
        const FakeClock clock;
        const auto account = [&](const QString &url, const QString &key) {
            return HttpBackend(client, clock, at(url), key).account();
        };
        QCOMPARE(account(u"https://a.example/v1"_s, u"secretkey1"_s),
                 account(u"https://a.example/openai"_s, u"secretkey1"_s));
        QVERIFY(account(u"https://a.example/v1"_s, u"secretkey1"_s)
                != account(u"https://a.example/v1"_s, u"secretkey2"_s));
        QVERIFY(account(u"https://a.example/v1"_s, {}) != account(u"https://b.example/v1"_s, {}));
        QVERIFY(!account(u"https://a.example/v1"_s, u"secretkey1"_s).contains(u"secret"));
    }

    void whatAHeaderHidesStandsInNoError()
    {
        qputenv("QUINTET_TEST_TEAM", "team-abc-123");
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(401, "{\"error\":{\"message\":\"unknown token team-abc-123\"}}");
        });
        House house;
        Endpoint endpoint{u"s"_s, EndpointKind::OpenAi, server.url(u"/v1"_s)};
        endpoint.headers = {{"X-Api-Token", "${QUINTET_TEST_TEAM}"}};
        const auto models = resultOf(house.catalog.modelInfos(endpoint, {}));
        QCOMPARE(models.error().kind, ErrorKind::Unauthorized);
        QVERIFY2(!(models.error().message + models.error().detail).contains(u"abc"),
                 qPrintable(models.error().message));
    }

    void modelsTellWhatTheyRead()
    {
        ScriptedServer server;
        server.on("/v1/models", [](const Received &) {
            return Script::response(200,
                                    "{\"data\":[{\"id\":\"a\",\"owned_by\":\"llamacpp\",\"meta\":{\"n_ctx\":8192}},"
                                    "{\"id\":\"b\",\"max_model_len\":32768,\"status\":{\"value\":\"unloaded\"}}]}");
        });
        House house;
        Endpoint endpoint{u"s"_s, EndpointKind::OpenAi, server.url(u"/v1"_s)};
        const auto models = resultOf(house.catalog.modelInfos(endpoint, {}));
        QVERIFY((*models
                 == std::vector<ModelInfo>{{u"a"_s, u"llamacpp"_s, 8192, {}}, {u"b"_s, {}, 32'768, u"unloaded"_s}}));
        endpoint.model = u"b"_s;
        QCOMPARE(resultOf(house.catalog.contextTokens(endpoint, {})), 32'768);
        house.facts.context = 2'048; // an overflow taught better
        QCOMPARE(resultOf(house.catalog.contextTokens(endpoint, {})), 2'048);
        // What one taught before the program started holds only where the server says nothing.
        house.facts.isContextNew = false;
        QCOMPARE(resultOf(house.catalog.contextTokens(endpoint, {})), 32'768);
        endpoint.model = u"c"_s;
        QCOMPARE(resultOf(house.catalog.contextTokens(endpoint, {})), 2'048);
    }

    void whatGoesInTheClearIsKnown()
    {
        QVERIFY(isInTheClear(at(u"http://models.example/v1"_s)));
        QVERIFY(!isInTheClear(at(u"https://models.example/v1"_s)));
        QVERIFY(!isInTheClear(at(u"http://localhost:11434"_s)));
        QVERIFY(!isInTheClear(builtinEndpoint()));
    }
};

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
