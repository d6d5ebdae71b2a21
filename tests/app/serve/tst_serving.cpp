// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/serving.h"
#include "support/rawclient.h"
#include "support/resultof.h"
#include "support/scriptedagent.h"
#include "support/scriptedmodel.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::serve;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "a-token-of-some-length_0123456789";

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_SOURCE_FOLDER "/resources/samples/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// All doors on real services in a folder of their own, asking the built-in engine, or a scripted model.
class Fixture final {
public:
    explicit Fixture(const ScriptedServer *upstream = nullptr)
        : m_services(*Services::open(*preparePaths(m_folder.path())))
    {
        ServeSettings settings{.port = 0, .token = token};
        settings.endpoint.endpoint = u"builtin"_s;
        if (upstream)
            settings.endpoint = {.baseUrl = upstream->url(u"/v1"_s).toString(), .model = u"scripted-small"_s};
        serving.emplace(*m_services, m_folder.path(), settings);
        QVERIFY(serving->start());
    }

    ~Fixture() { QCoro::waitFor(serving->stop()); }

    Response get(const QByteArray &path) { return ask("GET", path); }
    Response post(const QByteArray &path, const QJsonObject &body) { return ask("POST", path, bytes(body)); }

    Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                 const QByteArray &headers = "Content-Type: application/json\r\n")
    {
        RawClient client(serving->port());
        client.request(method, path, body, headers + "Authorization: Bearer " + token + "\r\n");
        return client.response();
    }

    /// The state of a run once it is over.
    QJsonObject ended(const QString &id)
    {
        QJsonObject run;
        (void)QTest::qWaitFor(
            [&] {
                run = get("/api/batch/" + id.toUtf8()).json();
                return run[u"status"].toString() != u"processing"_s;
            },
            20'000);
        return run;
    }

    Services &services() { return *m_services; }

    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Services> m_services;

public:
    std::optional<Serving> serving;
};

} // namespace

class TestServing final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("OPENAI_API_KEY", "sk-test");
        QVERIFY(!sample(u"annual-report.md"_s).isEmpty());
    }

    void summarizesAText()
    {
        Fixture fixture;
        const QString text = QString::fromUtf8(sample(u"annual-report.md"_s));
        const Response response = fixture.post("/api/summarize", {{u"text"_s, text}, {u"words"_s, 40}});
        QCOMPARE(response.status, 200);
        const QJsonObject summary = response.json();
        QVERIFY(summary[u"summary"].toString().size() > 40);
        QCOMPARE(summary[u"endpoint"].toString(), u"builtin"_s);
        const QJsonArray sources = summary[u"sources"].toArray();
        QVERIFY(!sources.isEmpty());
        for (const QJsonValue source : sources)
            QVERIFY(summary[u"summary"].toString().contains(source[u"text"].toString()));
        QCOMPARE(fixture.post("/api/summarize", {{u"text"_s, u""_s}}).status, 400);
        QCOMPARE(fixture.post("/api/summarize", {{u"text"_s, text}, {u"instruction"_s, u"as a poem"_s}}).status, 422);
        QCOMPARE(fixture.post("/api/summarize", {{u"text"_s, text}, {u"endpoint"_s, u"nowhere"_s}}).status, 400);
    }

    void summarizesFilesThatAreSent()
    {
        Fixture fixture;
        const QByteArray report = sample(u"annual-report.md"_s);
        const Response body =
            fixture.ask("POST", "/api/summarize?words=30&name=report.md", report, "Content-Type: text/markdown\r\n");
        QCOMPARE(body.status, 200);
        QCOMPARE(fixture.ask("POST", "/api/summarize?words=many", report, "Content-Type: text/markdown\r\n").status,
                 400);
        const QByteArray form =
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../report.md\"\r\n"
            "Content-Type: application/octet-stream\r\n\r\n"
            + report + "\r\n--edge--\r\n";
        const Response sent = fixture.ask("POST", "/api/summarize?words=30", form,
                                          "Content-Type: multipart/form-data; boundary=edge\r\n");
        QCOMPARE(sent.status, 200);
        QCOMPARE(sent.json()[u"summary"], body.json()[u"summary"]);
        QCOMPARE(
            fixture
                .ask("POST", "/api/summarize", "--edge--\r\n", "Content-Type: multipart/form-data; boundary=edge\r\n")
                .status,
            400);
    }

    void streamsAChat()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        Fixture fixture(&upstream);
        const Response first = fixture.post("/api/chat/stream", {{u"message"_s, u"one two three"_s}});
        QCOMPARE(first.status, 200);
        QCOMPARE(first.headers["content-type"], "text/event-stream");
        QString text;
        for (const QByteArray &event : first.events()) {
            const QJsonObject object = QJsonDocument::fromJson(event).object();
            if (object[u"type"].toString() == u"text"_s)
                text += object[u"text"].toString();
        }
        QCOMPARE(text.trimmed(), ScriptedModel::answerTo(u"one two three"_s));
        const QJsonObject done = QJsonDocument::fromJson(first.events().last()).object();
        QCOMPARE(done[u"type"].toString(), u"done"_s);
        const QString conversation = done[u"conversation"].toString();
        QVERIFY(!conversation.isEmpty());
        const Response second =
            fixture.post("/api/chat/stream", {{u"message"_s, u"four"_s}, {u"conversation"_s, conversation}});
        QCOMPARE(QJsonDocument::fromJson(second.events().last()).object()[u"conversation"].toString(), conversation);
        QVERIFY(upstream.received().back().body.contains("one two three"));
        QCOMPARE(fixture.post("/api/chat/stream", {{u"message"_s, u" "_s}}).status, 400);
        QCOMPARE(fixture.post("/api/chat/stream", {{u"message"_s, u"x"_s}, {u"conversation"_s, u"nosuch"_s}}).status,
                 400);
    }

    void tellsTheErrorsOfTheUpstream_data()
    {
        QTest::addColumn<int>("upstream");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::newRow("the key is refused") << 401 << QByteArray("{}") << 502 << u"unauthorized"_s;
        QTest::newRow("no credit") << 429
                                   << QByteArray(R"({"error":{"code":"insufficient_quota","message":"no credit"}})")
                                   << 402 << u"quota"_s;
        QTest::newRow("too long") << 400
                                  << QByteArray(R"({"error":{"code":"context_length_exceeded","message":"too long"}})")
                                  << 422 << u"contextTooLong"_s;
        QTest::newRow("nonsense") << 200 << QByteArray("<html>") << 502 << u"protocol"_s;
    }

    void tellsTheErrorsOfTheUpstream()
    {
        QFETCH(const int, upstream);
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        QFETCH(const QString, kind);
        ScriptedServer server;
        const ScriptedModel model(server);
        server.on("/v1/chat/completions", [=](const Received &) { return Script::response(upstream, body); });
        Fixture fixture(&server);
        const Response response =
            fixture.post("/api/chat/stream", {{u"message"_s, u"hello"_s}, {u"temporary"_s, true}});
        QCOMPARE(response.status, status);
        QCOMPARE(response.json()[u"error"][u"kind"].toString(), kind);
        QVERIFY(!response.body.contains("sk-test"));
    }

    void endsTheUpstreamCallOfAClientThatWentAway()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        upstream.on("/v1/chat/completions", [](const Received &) {
            return Script::eventStream().event(R"({"choices":[{"index":0,"delta":{"content":"a"}}]})").stall();
        });
        Fixture fixture(&upstream);
        for (const QByteArray path : {"/api/chat/stream", "/v1/chat/completions"}) {
            RawClient client(fixture.serving->port());
            const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"x"_s}}};
            client.request("POST", path,
                           bytes({{u"message"_s, u"x"_s}, {u"messages"_s, messages}, {u"stream"_s, true}}),
                           "Authorization: Bearer " + token + "\r\n");
            QVERIFY(client.waitFor("data: "));
            QCOMPARE(upstream.openConnections(), 1);
            client.abort();
            QTRY_COMPARE(upstream.openConnections(), 0);
        }
    }

    void worksABatch()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        Fixture fixture(&upstream);
        const QJsonArray items{u"alpha"_s, QJsonObject{{u"text"_s, u"beta"_s}, {u"more"_s, u"gamma"_s}}};
        const Response begun = fixture.post("/api/batch", {{u"items"_s, items}, {u"prompt"_s, u"Say {{row.text}}"_s}});
        QCOMPARE(begun.status, 202);
        const QString id = begun.json()[u"task_id"].toString();
        const QJsonObject run = fixture.ended(id);
        QCOMPARE(run[u"status"].toString(), u"complete"_s);
        QCOMPARE(run[u"progress"].toDouble(), 1);
        const QJsonArray results = run[u"result"].toArray();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0][u"text"].toString(), ScriptedModel::answerTo(u"Say alpha"_s));
        QCOMPARE(results[1][u"text"].toString(), ScriptedModel::answerTo(u"Say beta"_s));
        const QJsonObject beyond = fixture.get("/api/batch/" + id.toUtf8() + "?offset=9223372036854775807").json();
        QVERIFY(beyond[u"next_offset"].isNull() && beyond[u"result"].toArray().isEmpty());
        QCOMPARE(fixture.ask("POST", "/api/batch/" + id.toUtf8() + "/resume").status, 400);
        // What was sent is kept no longer than it is needed.
        QVERIFY(QDir(fixture.path(u"serve/batch"_s)).isEmpty());
        const QJsonObject page = fixture.get("/api/batch/" + id.toUtf8() + "?offset=1&limit=1").json();
        QCOMPARE(page[u"result"].toArray().size(), 1);
        QCOMPARE(page[u"result"][0][u"index"].toInt(), 1);
        QCOMPARE(fixture.get("/api/batch").json()[u"runs"].toArray().size(), 1);
    }

    void refusesABatchThatCannotBe()
    {
        Fixture fixture;
        QCOMPARE(fixture.post("/api/batch", {{u"items"_s, QJsonArray()}, {u"task"_s, u"keywords"_s}}).status, 400);
        QCOMPARE(fixture.post("/api/batch", {{u"items"_s, QJsonArray{u"a"_s}}}).status, 400);
        QCOMPARE(fixture.post("/api/batch", {{u"items"_s, QJsonArray{u"a"_s, 1}}, {u"task"_s, u"keywords"_s}}).status,
                 400);
        QCOMPARE(fixture.post("/api/batch", {{u"items"_s, QJsonArray{u"a"_s}}, {u"task"_s, u"sing"_s}}).status, 400);
        QCOMPARE(
            fixture
                .post("/api/batch",
                      {{u"items"_s, QJsonArray{u"a"_s}}, {u"task"_s, u"translate"_s}, {u"language"_s, u"German"_s}})
                .status,
            422);
        QCOMPARE(fixture.get("/api/batch/nosuchrun").status, 404);
        QCOMPARE(fixture.ask("DELETE", "/api/batch/nosuchrun").status, 404);
    }

    void cancelsABatch()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        upstream.on("/v1/chat/completions", [](const Received &) { return Script().stall(); });
        Fixture fixture(&upstream);
        const QString id =
            fixture.post("/api/batch", {{u"items"_s, QJsonArray{u"a"_s, u"b"_s}}, {u"prompt"_s, u"{{text}}"_s}})
                .json()[u"task_id"]
                .toString();
        QTRY_VERIFY(upstream.count("POST") > 0);
        const Response response = fixture.ask("DELETE", "/api/batch/" + id.toUtf8());
        QCOMPARE(response.status, 200);
        QCOMPARE(response.json()[u"status"].toString(), u"cancelled"_s);
        QCOMPARE(fixture.ended(id)[u"status"].toString(), u"cancelled"_s);
    }

    void answersFromDocuments()
    {
        Fixture fixture;
        const QJsonArray documents{QJsonObject{{u"name"_s, u"refunds.md"_s},
                                               {u"text"_s, QString::fromUtf8(sample(u"handbook/refund-policy.md"_s))}},
                                   QJsonObject{{u"name"_s, u"hours.md"_s},
                                               {u"text"_s, QString::fromUtf8(sample(u"handbook/opening-hours.md"_s))}}};
        const Response added = fixture.post("/api/knowledge/the%20handbook/documents", {{u"documents"_s, documents}});
        QCOMPARE(added.status, 200);
        QCOMPARE(added.json()[u"read"].toInt(), 2);
        const Response found =
            fixture.post("/api/knowledge/the%20handbook/search", {{u"query"_s, u"refund"_s}, {u"k"_s, 1}});
        QCOMPARE(found.json()[u"hits"].toArray().size(), 1);
        QVERIFY(found.json()[u"hits"][0][u"document"].toString().endsWith(u"refunds.md"));
        const Response answer =
            fixture.post("/api/knowledge/the%20handbook/ask", {{u"question"_s, u"How do I get a refund?"_s}});
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.json()[u"citations"].toArray().isEmpty());
        const Response streamed = fixture.post("/api/knowledge/the%20handbook/ask",
                                               {{u"question"_s, u"How do I get a refund?"_s}, {u"stream"_s, true}});
        const QJsonObject done = QJsonDocument::fromJson(streamed.events().last()).object();
        QCOMPARE(done[u"answer"], answer.json()[u"answer"]);
        const QJsonObject asked{{u"question"_s, u"Summarize all documents"_s}, {u"whole"_s, true}};
        QJsonObject estimated = asked;
        estimated[u"estimate"] = true;
        const QJsonObject estimate = fixture.post("/api/knowledge/the%20handbook/ask", estimated).json();
        QVERIFY(estimate[u"passages"].toInt() > 0);
        QVERIFY(!estimate.contains(u"answer"));
        const QJsonObject whole = fixture.post("/api/knowledge/the%20handbook/ask", asked).json();
        QCOMPARE(whole[u"estimate"].toObject(), estimate);
        QVERIFY(!whole[u"citations"].toArray().isEmpty());
        QCOMPARE(fixture.get("/api/knowledge").json()[u"collections"].toArray().size(), 1);
        // A model that cannot put passages in order takes nothing with it, and that is said.
        QVERIFY(!found.json().contains(u"notes") && !answer.json().contains(u"notes"));
        const auto collection = *QCoro::waitFor(fixture.services().library().find(u"the handbook"_s));
        auto settings = QCoro::waitFor(collection->info())->settings;
        settings.reranker = u"nobody/sorter"_s;
        QVERIFY(QCoro::waitFor(collection->save(settings)).has_value());
        for (const char *door : {"search", "ask"}) {
            const Response noted = fixture.post(
                QByteArray("/api/knowledge/the%20handbook/") + door,
                {{u"query"_s, u"refund of opening hours"_s}, {u"question"_s, u"refund of opening hours"_s}});
            QCOMPARE(noted.status, 200);
            QVERIFY2(noted.json()[u"notes"][0].toString().contains(u"nobody/sorter"), noted.body.constData());
        }
        QCOMPARE(fixture.post("/api/knowledge/other/search", {{u"query"_s, u"x"_s}}).status, 404);
    }

    void keepsDocumentsInTheirFolder()
    {
        Fixture fixture;
        const auto add = [&](const QString &name) {
            const QJsonObject document{{u"name"_s, name}, {u"text"_s, u"Some text."_s}};
            return fixture.post("/api/knowledge/c/documents", {{u"documents"_s, QJsonArray{document}}}).status;
        };
        for (const QString &name : {u""_s, u".."_s, u"a/.."_s, u"a\tb.md"_s, QString(u"a"_s) + QChar(0) + u"b.md"_s,
                                    QString(300, u'x') + u".md"_s})
            QCOMPARE(add(name), 400);
        QCOMPARE(add(u"../../../escaped.md"_s), 200);
        const QString path = fixture.post("/api/knowledge/c/search", {{u"query"_s, u"text"_s}})
                                 .json()[u"hits"][0][u"document"]
                                 .toString();
        QVERIFY(path.contains(u"/serve/documents/"));
        QVERIFY(path.endsWith(u"/escaped.md"));
        QCOMPARE(fixture.post("/api/knowledge/c/documents", {{u"paths"_s, QJsonArray{u"relative.md"_s}}}).status, 400);
        QCOMPARE(fixture.post("/api/knowledge/c/documents", {}).status, 400);
    }

    void replaysASavedTask()
    {
        Fixture fixture;
        const Response response = fixture.post("/api/agent", {{u"replay"_s, u"monthly-sales"_s}});
        QCOMPARE(response.status, 200);
        QStringList types;
        QString answer;
        for (const QByteArray &event : response.events()) {
            const QJsonObject step = QJsonDocument::fromJson(event).object();
            types << step[u"type"].toString();
            if (types.last() == u"answer")
                answer = step[u"text"].toString();
        }
        QCOMPARE(types.first(), u"plan"_s);
        QCOMPARE(types.count(u"tool_result"_s), 3);
        QCOMPARE(types.last(), u"done"_s);
        QVERIFY2(answer.contains(u"48,210.40") && answer.contains(u"+12.00"), qPrintable(answer));
        QCOMPARE(fixture.get("/api/agent").json()[u"runs"].toArray().size(), 1);
        QCOMPARE(fixture.post("/api/agent", {{u"replay"_s, u"no-such-task"_s}}).status, 400);
        QCOMPARE(
            fixture.post("/api/agent", {{u"replay"_s, u"monthly-sales"_s}, {u"database"_s, u"/nowhere.db"_s}}).status,
            400);
        QCOMPARE(fixture.get("/api/agent").json()[u"runs"].toArray().size(), 1);
        QCOMPARE(fixture.post("/api/agent", {{u"task"_s, u"Do something"_s}}).status, 422);
        QCOMPARE(fixture.post("/api/agent", {}).status, 400);
    }

    void waitsForAWordOnACallThatWrites()
    {
        ScriptedServer upstream;
        const ScriptedAgent agent(upstream, [](const AgentRequest &request) -> ScriptedTurn {
            if (!request.results().isEmpty())
                return {.text = request.results().last()};
            return {.calls = {{u"write_file"_s, u"{\"path\":\"note.txt\",\"content\":\"Hello\"}"_s}}};
        });
        Fixture fixture(&upstream);
        QTemporaryDir folder;
        const QJsonObject task{{u"task"_s, u"Write a note"_s}, {u"folder"_s, folder.path()}};
        const auto file = [&folder] { return QFile::exists(folder.filePath(u"note.txt"_s)); };
        // Whom nobody asks is denied.
        QVERIFY(!fixture.post("/api/agent", task).events().isEmpty());
        QVERIFY(!file());
        QJsonObject asking = task;
        asking[u"ask"] = true;
        RawClient client(fixture.serving->port());
        client.request("POST", "/api/agent", bytes(asking), "Authorization: Bearer " + token + "\r\n");
        QVERIFY(client.waitFor("\"type\":\"approval\""));
        QVERIFY(!file());
        const QString run = fixture.get("/api/agent").json()[u"runs"][0][u"id"].toString();
        const QByteArray path = "/api/agent/" + run.toUtf8() + "/approvals";
        QCOMPARE(fixture.post(path, {{u"call"_s, u"9.9"_s}, {u"answer"_s, u"once"_s}}).status, 404);
        QCOMPARE(fixture.post(path, {{u"call"_s, u"1.1"_s}, {u"answer"_s, u"perhaps"_s}}).status, 400);
        QCOMPARE(fixture.post(path, {{u"call"_s, u"1.1"_s}, {u"answer"_s, u"once"_s}}).status, 200);
        const Response response = client.response();
        QVERIFY(response.events().last().contains("finished"));
        QVERIFY(file());
        QCOMPARE(fixture.post(path, {{u"call"_s, u"1.1"_s}, {u"answer"_s, u"once"_s}}).status, 404);
    }

    void allowsWhatWasAllowedBeforehand()
    {
        ScriptedServer upstream;
        const ScriptedAgent agent(upstream, [](const AgentRequest &request) -> ScriptedTurn {
            if (!request.results().isEmpty())
                return {.text = u"Done."_s};
            return {.calls = {{u"write_file"_s, u"{\"path\":\"note.txt\",\"content\":\"Hello\"}"_s}}};
        });
        Fixture fixture(&upstream);
        QTemporaryDir folder;
        fixture.post(
            "/api/agent",
            {{u"task"_s, u"Write a note"_s}, {u"folder"_s, folder.path()}, {u"allow"_s, QJsonArray{u"write_file"_s}}});
        QVERIFY(QFile::exists(folder.filePath(u"note.txt"_s)));
    }

    void tellsUsageAndFigures()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        Fixture fixture(&upstream);
        fixture.post("/api/summarize", {{u"text"_s, u"One. Two. Three."_s}});
        QTRY_COMPARE(fixture.get("/api/usage?by=pattern").json()[u"total"][u"requests"].toInt(), 1);
        QCOMPARE(fixture.get("/api/usage?by=model").json()[u"rows"][0][u"model"].toString(), u"scripted-small"_s);
        QCOMPARE(fixture.get("/api/usage?by=colour").status, 400);
        const Response figures = fixture.get("/metrics");
        QVERIFY(figures.headers["content-type"].startsWith("text/plain"));
        QVERIFY(figures.body.contains("quintet_requests_total{pattern=\"summarize\"} 1\n"));
        QVERIFY(figures.body.contains("quintet_http_requests_total{route=\"POST /api/summarize\",status=\"200\"} 1\n"));
        QCOMPARE(fixture.get("/api/health").json()[u"status"].toString(), u"ok"_s);
    }

    void answersASummaryFromTheCache()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        Fixture fixture(&upstream);
        const QJsonObject request{{u"text"_s, u"One. Two. Three."_s}};
        QCOMPARE(fixture.post("/api/summarize", request).json()[u"cached"].toBool(), false);
        QTRY_COMPARE(fixture.post("/api/summarize", request).json()[u"cached"].toBool(), true);
        QCOMPARE(upstream.count("POST"), 1);
    }

    void isADoorForClientsOfOpenAi()
    {
        ScriptedServer upstream;
        const ScriptedModel model(upstream);
        Fixture fixture(&upstream);
        QStringList ids;
        for (const QJsonValue row : fixture.get("/v1/models").json()[u"data"].toArray())
            ids << row[u"id"].toString();
        QVERIFY(ids.contains(u"scripted-small"_s) && ids.contains(u"scripted-large"_s) && ids.contains(u"builtin"_s));
        const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"one two"_s}}};
        QJsonObject body{{u"model"_s, u"scripted-large"_s}, {u"messages"_s, messages}};
        const Response whole = fixture.post("/v1/chat/completions", body);
        QCOMPARE(whole.status, 200);
        const QString text = whole.json()[u"choices"][0][u"message"][u"content"].toString();
        QCOMPARE(text.trimmed(), ScriptedModel::answerTo(u"one two"_s));
        QVERIFY(upstream.received().back().body.contains("scripted-large"));
        QVERIFY(whole.json()[u"usage"][u"total_tokens"].toInt() > 0);
        body[u"stream"] = true;
        const QByteArrayList events = fixture.post("/v1/chat/completions", body).events();
        QCOMPARE(events.last(), "[DONE]");
        QString streamed;
        for (const QByteArray &event : events)
            streamed += QJsonDocument::fromJson(event)[u"choices"][0][u"delta"][u"content"].toString();
        QCOMPARE(streamed, text);
        QCOMPARE(fixture.get("/v1/models/scripted-large").json()[u"id"].toString(), u"scripted-large"_s);
        QCOMPARE(fixture.get("/v1/models/nowhere").status, 404);
        QVERIFY(fixture.get("/v1/nothing").json()[u"error"][u"type"].isString());
        body[u"stream"] = QJsonValue();
        QCOMPARE(fixture.post("/v1/chat/completions", body).status, 200);
        const Response wrong = fixture.post("/v1/chat/completions", {{u"messages"_s, u"none"_s}});
        QCOMPARE(wrong.status, 400);
        QVERIFY(wrong.json()[u"error"][u"type"].toString() == u"invalid_request_error");
        const Response refused = fixture.ask("GET", "/v1/models", {}, "Authorization: Bearer wrong\r\n");
        QCOMPARE(refused.status, 401);
    }

    void answersFromACollectionAsAModel()
    {
        Fixture fixture;
        const QJsonObject document{{u"name"_s, u"hours.md"_s}, {u"text"_s, u"The desk is open from nine to five."_s}};
        fixture.post("/api/knowledge/house/documents", {{u"documents"_s, QJsonArray{document}}});
        const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"When is the desk open?"_s}}};
        QJsonObject body{{u"model"_s, u"knowledge/house"_s}, {u"messages"_s, messages}};
        const QJsonObject answer = fixture.post("/v1/chat/completions", body).json();
        const QString text = answer[u"choices"][0][u"message"][u"content"].toString();
        QVERIFY(text.startsWith(u"The desk is open from nine to five. [1]"));
        QVERIFY2(text.contains(u"\n\n[1] hours"), qPrintable(text));
        QCOMPARE(answer[u"citations"][0][u"quote"].toString(), u"The desk is open from nine to five."_s);
        body[u"stream"] = true;
        QString streamed;
        for (const QByteArray &event : fixture.post("/v1/chat/completions", body).events())
            streamed += QJsonDocument::fromJson(event)[u"choices"][0][u"delta"][u"content"].toString();
        QCOMPARE(streamed, text);
        body[u"model"] = u"knowledge/nowhere"_s;
        QCOMPARE(fixture.post("/v1/chat/completions", body).status, 404);
    }

    void embedsTexts()
    {
        Fixture fixture;
        QJsonObject body{{u"model"_s, u"builtin"_s},
                         {u"input"_s, QJsonArray{u"a small dog"_s, u"small dogs"_s, u"tax law"_s}}};
        const QJsonArray rows = fixture.post("/v1/embeddings", body).json()[u"data"].toArray();
        QCOMPARE(rows.size(), 3);
        const auto similarity = [&](int a, int b) {
            double sum = 0;
            const QJsonArray left = rows[a][u"embedding"].toArray();
            const QJsonArray right = rows[b][u"embedding"].toArray();
            for (qsizetype i = 0; i < left.size(); ++i)
                sum += left[i].toDouble() * right[i].toDouble();
            return sum;
        };
        QVERIFY2(similarity(0, 1) > 0.6, QByteArray::number(similarity(0, 1)).constData());
        QVERIFY(similarity(0, 2) < 0.3);
        body[u"encoding_format"] = u"base64"_s;
        const QByteArray first = QByteArray::fromBase64(
            fixture.post("/v1/embeddings", body).json()[u"data"][0][u"embedding"].toString().toLatin1());
        QCOMPARE(first.size(), rows[0][u"embedding"].toArray().size() * 4);
        for (const double dimensions : {0.0, -1.0, 1.5, 1e6, 2147483647.0})
            QCOMPARE(fixture.post("/v1/embeddings", {{u"input"_s, u"a"_s}, {u"dimensions"_s, dimensions}}).status, 400);
        QJsonArray many;
        for (int i = 0; i < 2'049; ++i)
            many.append(u"a"_s);
        QCOMPARE(fixture.post("/v1/embeddings", {{u"input"_s, many}}).status, 400);
        QCOMPARE(fixture.post("/v1/embeddings", {{u"input"_s, u""_s}}).status, 400);
        QCOMPARE(fixture.post("/v1/embeddings", {{u"input"_s, QJsonArray{1, 2}}}).status, 400);
    }

    void describesItself()
    {
        Fixture fixture;
        const QJsonObject description = fixture.get("/openapi.json").json();
        QCOMPARE(description[u"openapi"].toString(), u"3.1.0"_s);
        const QJsonObject paths = description[u"paths"].toObject();
        for (const QString &path : {u"/api/summarize"_s, u"/api/chat/stream"_s, u"/api/batch"_s, u"/api/batch/{id}"_s,
                                    u"/api/knowledge/{collection}/documents"_s, u"/api/knowledge/{collection}/search"_s,
                                    u"/api/knowledge/{collection}/ask"_s, u"/api/usage"_s, u"/api/health"_s,
                                    u"/metrics"_s, u"/v1/models"_s, u"/v1/chat/completions"_s, u"/v1/embeddings"_s})
            QVERIFY2(paths.contains(path), qPrintable(path));
        RawClient browser(fixture.serving->port());
        browser.request("GET", "/");
        const Response page = browser.response();
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("<title>Quintet</title>"));
        QVERIFY(page.headers["content-security-policy"].contains("default-src 'none'"));
    }
};

QTEST_GUILESS_MAIN(TestServing)
#include "tst_serving.moc"
