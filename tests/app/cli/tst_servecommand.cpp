// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"
#include "support/rawclient.h"
#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

/// A port that was free a moment ago.
quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress(QHostAddress::LocalHost), 0) ? server.serverPort() : quint16(0);
}

/// `quintet serve`, as it is started in a terminal.
class Serve final {
public:
    explicit Serve(const CommandLine &commandLine, const QStringList &options = {u"--endpoint"_s, u"builtin"_s})
        : m_port(freePort())
    {
        commandLine.start(process, QStringList{u"serve"_s, u"--port"_s, QString::number(m_port)} + options);
        QVERIFY(process.waitForStarted());
        QVERIFY(QTest::qWaitFor(
            [this] {
                m_output += process.readAllStandardOutput();
                m_errors += process.readAllStandardError();
                return m_errors.contains("Serving on");
            },
            20'000));
    }

    QByteArray token() const
    {
        static const QRegularExpression line(u"^token ([A-Za-z0-9_-]{24,})$"_s, QRegularExpression::MultilineOption);
        return line.match(QString::fromUtf8(m_output)).captured(1).toUtf8();
    }

    Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        RawClient client(m_port);
        client.request(method, path, body, "Authorization: Bearer " + token() + "\r\n");
        return client.response();
    }

    ~Serve()
    {
        process.kill();
        process.waitForFinished();
    }

    quint16 port() const { return m_port; }

    QProcess process;

private:
    quint16 m_port;
    QByteArray m_output;
    QByteArray m_errors;
};

} // namespace

/// `quintet serve` and `quintet mcp` as programs.
class TestServeCommand final : public QObject {
    Q_OBJECT

private:
    static void runClient(const QString &command, const QProcessEnvironment &environment)
    {
        QProcess client;
        client.setProcessEnvironment(environment);
        client.setProcessChannelMode(QProcess::MergedChannels);
        client.start(u"sh"_s, {u"-c"_s, command});
        QVERIFY(QTest::qWaitFor([&client] { return client.state() == QProcess::NotRunning; }, 120'000));
        QVERIFY2(client.exitStatus() == QProcess::NormalExit && client.exitCode() == 0, client.readAll().constData());
    }

private Q_SLOTS:
    void printsItsTokenAndServes()
    {
        const CommandLine commandLine;
        Serve serve(commandLine);
        QVERIFY(serve.token().size() >= 24);
        QCOMPARE(serve.ask("GET", "/api/health").status, 200);
        RawClient stranger(serve.port());
        stranger.request("POST", "/api/summarize", "{\"text\":\"x\"}");
        QCOMPARE(stranger.response().status, 401);
    }

    void endsCleanlyOnASignal()
    {
        const CommandLine commandLine;
        Serve serve(commandLine);
        ::kill(pid_t(serve.process.processId()), SIGTERM);
        QVERIFY(QTest::qWaitFor([&] { return serve.process.state() == QProcess::NotRunning; }, 20'000));
        QCOMPARE(serve.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(serve.process.exitCode(), 130);
    }

    void goesOnWithABatchAfterAKill()
    {
        ScriptedServer upstream;
        QHash<QString, int> asked;
        upstream.on("/v1/models",
                    [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
        upstream.on("/v1/chat/completions", [&asked](const Received &request) {
            static const QRegularExpression name(u"<(\\w+)>"_s);
            ++asked[name.match(QString::fromUtf8(request.body)).captured(1)];
            return Script::eventStream()
                .wait(std::chrono::milliseconds(100))
                .event(R"({"choices":[{"index":0,"delta":{"content":"done"},"finish_reason":"stop"}]})")
                .event("[DONE]")
                .end();
        });
        const CommandLine commandLine;
        const QStringList options{u"--base-url"_s, upstream.url(u"/v1"_s).toString(), u"--model"_s, u"m"_s};
        QJsonArray items;
        for (int i = 0; i < 30; ++i)
            items.append(u"<i%1>"_s.arg(i));
        const QByteArray body =
            QJsonDocument(QJsonObject{{u"items"_s, items}, {u"prompt"_s, u"{{text}}"_s}, {u"jobs"_s, 2}}).toJson();
        QByteArray id;
        {
            Serve serve(commandLine, options);
            id = serve.ask("POST", "/api/batch", body).json()[u"task_id"].toString().toUtf8();
            QTRY_VERIFY(asked.size() >= 8);
            serve.process.kill();
            serve.process.waitForFinished();
        }
        Serve serve(commandLine, options);
        QJsonObject run;
        QVERIFY(QTest::qWaitFor(
            [&] {
                run = serve.ask("GET", "/api/batch/" + id).json();
                return run[u"status"].toString() == u"complete";
            },
            30'000));
        QCOMPARE(run[u"done"].toInt(), 30);
        QCOMPARE(asked.size(), 30);
        int repeated = 0;
        for (const int times : std::as_const(asked))
            repeated += times - 1;
        QVERIFY2(repeated <= 2, QByteArray::number(repeated).constData());
    }

    void leavesARunThatSomebodyPausedAsItIs()
    {
        ScriptedServer upstream;
        upstream.on("/v1/models",
                    [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
        upstream.on("/v1/chat/completions", [](const Received &) { return Script::response(401, "{}"); });
        const CommandLine commandLine;
        const QStringList options{u"--base-url"_s, upstream.url(u"/v1"_s).toString(), u"--model"_s, u"m"_s};
        const QByteArray body =
            QJsonDocument(QJsonObject{{u"items"_s, QJsonArray{u"a"_s}}, {u"prompt"_s, u"{{text}}"_s}}).toJson();
        QByteArray id;
        {
            Serve serve(commandLine, options);
            id = serve.ask("POST", "/api/batch", body).json()[u"task_id"].toString().toUtf8();
            QTRY_COMPARE(serve.ask("GET", "/api/batch/" + id).json()[u"status"].toString(), u"paused"_s);
        }
        const auto asked = upstream.count("POST");
        Serve serve(commandLine, options);
        QTest::qWait(500);
        QCOMPARE(upstream.count("POST"), asked);
        QCOMPARE(serve.ask("POST", "/api/batch/" + id + "/resume").status, 202);
        QTRY_VERIFY(upstream.count("POST") > asked);
    }

    void leavesTheSourceOfAnotherRunWhereItIs()
    {
        const CommandLine commandLine;
        const QString source = commandLine.file(u"rows.csv"_s, "text\nCats sleep in the sun.\n");
        // Nothing answers there, so the run pauses.
        const Ran paused = commandLine.run({u"batch"_s, u"run"_s, source, u"--prompt"_s, u"{{text}}"_s, u"--base-url"_s,
                                            u"http://127.0.0.1:1/v1"_s, u"--model"_s, u"m"_s, u"--json"_s});
        const QByteArray id = CommandLine::objects(paused.output).value(0)[u"id"].toString().toUtf8();
        QVERIFY(!id.isEmpty());
        Serve serve(commandLine);
        QVERIFY(serve.ask("POST", "/api/batch/" + id + "/resume").status > 0);
        QTest::qWait(300);
        serve.ask("DELETE", "/api/batch/" + id);
        QTest::qWait(300);
        QVERIFY(QFile::exists(source));
        QVERIFY(!QFile::exists(source + u".working"_s));
    }

    void refusesWhatItCannotListenOn()
    {
        const CommandLine commandLine;
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress(QHostAddress::LocalHost), 0));
        const Ran ran = commandLine.run({u"serve"_s, u"--port"_s, QString::number(taken.serverPort())});
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.errors.contains("--port"));
        for (const QStringList &options : {QStringList{u"--port"_s, u"70000"_s},
                                           {u"--listen"_s, u"nowhere"_s},
                                           {u"--allow-origin"_s, u"example.org"_s},
                                           {u"--allow-origin"_s, u"https://example.org/path"_s},
                                           {u"more"_s}})
            QCOMPARE(commandLine.run(QStringList{u"serve"_s} + options).status, 2);
        QCOMPARE(commandLine.run({u"serve"_s}, {u"QUINTET_SERVE_TOKEN=short"_s}).status, 2);
    }

    void speaksTheModelContextProtocol()
    {
        const CommandLine commandLine;
        const Ran ran = commandLine.run(
            {u"mcp"_s, u"--endpoint"_s, u"builtin"_s}, {},
            R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})"
            "\n"
            R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})"
            "\n"
            R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"calculate","arguments":{"expression":"6*7"}}})"
            "\n");
        QCOMPARE(ran.status, 0);
        QHash<int, QJsonObject> answers;
        for (const QJsonObject &answer : CommandLine::objects(ran.output))
            answers[answer[u"id"].toInt()] = answer;
        QCOMPARE(answers.size(), 3);
        QStringList names;
        for (const QJsonValue tool : answers[2][u"result"][u"tools"].toArray())
            names << tool[u"name"].toString();
        for (const QString &name :
             {u"search_knowledge"_s, u"ask_knowledge"_s, u"summarize"_s, u"calculate"_s, u"query_database"_s})
            QVERIFY2(names.contains(name), qPrintable(name));
        QCOMPARE(answers[3][u"result"][u"content"][0][u"text"].toString(), u"42"_s);
    }

    void showsOnlyTheCollectionsThatAreChosen()
    {
        const CommandLine commandLine;
        for (const QString &name : {u"open"_s, u"secret"_s}) {
            const QString file = commandLine.file(name + u".md"_s, "The word of the day is " + name.toUtf8() + ".\n");
            QCOMPARE(commandLine.run({u"knowledge"_s, u"add"_s, name, file}).status, 0);
        }
        const auto search = [&](const QStringList &options, const QByteArray &collection) {
            return commandLine
                .run(
                    QStringList{u"mcp"_s, u"--endpoint"_s, u"builtin"_s} + options, {},
                    R"({"id":1,"method":"tools/call","params":{"name":"search_knowledge","arguments":{"query":"word day")"
                        + collection + "}}}\n")
                .output;
        };
        QVERIFY(search({}, {}).contains("secret"));
        QVERIFY(search({u"--collection"_s, u"open"_s}, {}).contains("open"));
        QVERIFY(!search({u"--collection"_s, u"open"_s}, {}).contains("secret"));
        QVERIFY(!search({u"--collection"_s, u"open"_s}, R"(,"collection":"secret")").contains("word of the day"));
    }

    /// A client of somebody else's, such as OpenAI's own, finds the server in OPENAI_BASE_URL and OPENAI_API_KEY.
    void servesAClientOfOpenAi()
    {
        const QString client = qEnvironmentVariable("QUINTET_TEST_OPENAI_CLIENT");
        if (client.isEmpty())
            QSKIP("QUINTET_TEST_OPENAI_CLIENT names no command");
        const CommandLine commandLine;
        Serve serve(commandLine);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"OPENAI_BASE_URL"_s, u"http://127.0.0.1:%1/v1"_s.arg(serve.port()));
        environment.insert(u"OPENAI_API_KEY"_s, QString::fromUtf8(serve.token()));
        runClient(client, environment);
    }

    /// A client of somebody else's finds the command of the server in QUINTET_MCP_COMMAND, a JSON array.
    void servesAClientOfTheModelContextProtocol()
    {
        const QString client = qEnvironmentVariable("QUINTET_TEST_MCP_CLIENT");
        if (client.isEmpty())
            QSKIP("QUINTET_TEST_MCP_CLIENT names no command");
        const CommandLine commandLine;
        const QJsonArray command{QStringLiteral(QUINTET_PROGRAMS "/quintet"),
                                 u"mcp"_s,
                                 u"--endpoint"_s,
                                 u"builtin"_s,
                                 u"--data-dir"_s,
                                 commandLine.path(u"data"_s)};
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QUINTET_MCP_COMMAND"_s,
                           QString::fromUtf8(QJsonDocument(command).toJson(QJsonDocument::Compact)));
        runClient(client, environment);
    }

    void printsItsConfiguration()
    {
        const CommandLine commandLine;
        const Ran ran = commandLine.run({u"mcp"_s, u"--print-config"_s, u"--collection"_s, u"a b"_s});
        const QJsonObject entry = QJsonDocument::fromJson(ran.output).object()[u"mcpServers"][u"quintet"].toObject();
        QVERIFY(entry[u"command"].toString().endsWith(u"/quintet"));
        const QStringList arguments = entry[u"args"].toVariant().toStringList();
        QCOMPARE(arguments.first(), u"mcp"_s);
        QVERIFY(arguments.contains(u"a b"_s));
    }
};

QTEST_GUILESS_MAIN(TestServeCommand)
#include "tst_servecommand.moc"
