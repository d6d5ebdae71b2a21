// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/mcp/mcpserver.h"
#include "base/wake.h"
#include "support/resultof.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <qcorosignal.h>

using namespace quintet;
using namespace quintet::serve;
using namespace Qt::StringLiterals;

namespace {

/// Says back what it is given; for "wait" only once it is cancelled.
class EchoTool final : public agent::Tool {
public:
    agent::ToolFacts facts() const override
    {
        const QJsonObject text{{u"type"_s, u"string"_s}};
        return {.name = u"echo"_s,
                .title = u"Echo"_s,
                .group = u"echo"_s,
                .description = u"Says it back."_s,
                .schema = {{u"type"_s, u"object"_s},
                           {u"properties"_s, QJsonObject{{u"text"_s, text}}},
                           {u"required"_s, QJsonArray{u"text"_s}}}};
    }

    Task<Result<agent::ToolResult>> call(QJsonObject arguments, CancelToken token) override
    {
        const QString text = arguments[u"text"].toString();
        if (text == u"wait") {
            Wake wake;
            const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
            co_await qCoro(&wake, &Wake::woken);
            co_return std::unexpected(cancelledError());
        }
        if (text == u"fail")
            co_return failure(ErrorKind::BadInput, u"It failed."_s);
        co_return agent::ToolResult{.text = text, .value = {{u"length"_s, text.size()}}};
    }
};

struct Fixture {
    Fixture()
        : server(
              [] {
                  agent::Toolbox box;
                  box.add(std::make_shared<EchoTool>());
                  return box;
              }(),
              [this](const QByteArray &line) { sent << QJsonDocument::fromJson(line).object(); })
    {
    }

    /// The answer to a message, if there is one.
    QJsonObject ask(const QByteArray &line)
    {
        sent.clear();
        server.receive(line);
        return sent.isEmpty() ? QJsonObject() : sent.first();
    }

    static QByteArray call(const QByteArray &id, const QByteArray &text)
    {
        return R"({"jsonrpc":"2.0","id":)" + id
               + R"(,"method":"tools/call","params":{"name":"echo","arguments":{"text":")" + text + R"("}}})";
    }

    QList<QJsonObject> sent;
    McpServer server;
};

} // namespace

class TestMcpServer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesOnARevision()
    {
        Fixture fixture;
        const auto revisionFor = [&](const QByteArray &asked) {
            return fixture
                .ask(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":")" + asked
                     + R"("}})")[u"result"][u"protocolVersion"]
                .toString();
        };
        QCOMPARE(revisionFor("2025-06-18"), u"2025-06-18"_s);
        QCOMPARE(revisionFor("2024-11-05"), u"2024-11-05"_s);
        QCOMPARE(revisionFor("1999-01-01"), u"2025-11-25"_s);
        QVERIFY(fixture.ask(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").isEmpty());
        QVERIFY(fixture.ask(R"({"jsonrpc":"2.0","id":0,"method":"ping"})")[u"result"].toObject().isEmpty());
        QCOMPARE(fixture.sent.first()[u"id"].toInt(-1), 0);
    }

    void listsItsTools()
    {
        Fixture fixture;
        const QJsonValue tool =
            fixture.ask(R"({"jsonrpc":"2.0","id":"x","method":"tools/list"})")[u"result"][u"tools"][0];
        QCOMPARE(tool[u"name"].toString(), u"echo"_s);
        QCOMPARE(tool[u"inputSchema"][u"type"].toString(), u"object"_s);
        QCOMPARE(tool[u"annotations"][u"readOnlyHint"].toBool(), true);
        QCOMPARE(fixture.sent.first()[u"id"].toString(), u"x"_s);
    }

    void callsATool()
    {
        Fixture fixture;
        const QJsonValue result = fixture.ask(Fixture::call("7", "hello"))[u"result"];
        QCOMPARE(result[u"content"][0][u"text"].toString(), u"hello"_s);
        QCOMPARE(result[u"structuredContent"][u"length"].toInt(), 5);
        QCOMPARE(result[u"isError"].toBool(true), false);
        // What the tool cannot do, the model is told, so that it can do better.
        const QJsonValue failed = fixture.ask(Fixture::call("8", "fail"))[u"result"];
        QCOMPARE(failed[u"isError"].toBool(), true);
        QCOMPARE(failed[u"content"][0][u"text"].toString(), u"It failed."_s);
        const QJsonValue wrong = fixture.ask(
            R"({"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","arguments":{"text":1}}})")
                                     [u"result"];
        QCOMPARE(wrong[u"isError"].toBool(), true);
        QCOMPARE(
            fixture.ask(R"({"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"x"}})")[u"error"][u"code"]
                .toInt(),
            -32602);
    }

    void answersWhateverComesIn_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("{\"a\":") << -32700;
        QTest::newRow("a number") << QByteArray("5") << -32700;
        QTest::newRow("an empty object") << QByteArray("{}") << -32600;
        QTest::newRow("an empty batch") << QByteArray("[]") << -32600;
        QTest::newRow("a batch of numbers") << QByteArray("[1]") << -32600;
        QTest::newRow("a method that is no text") << QByteArray(R"({"id":1,"method":5})") << -32600;
        QTest::newRow("an unknown method") << QByteArray(R"({"id":1,"method":"fly"})") << -32601;
        QTest::newRow("parameters that are a list")
            << QByteArray(R"({"id":1,"method":"tools/call","params":[1]})") << -32602;
    }

    void answersWhateverComesIn()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const int, code);
        Fixture fixture;
        QCOMPARE(fixture.ask(line)[u"error"][u"code"].toInt(), code);
        QCOMPARE(fixture.sent.size(), 1);
    }

    void saysNothingToNotificationsAndAnswers()
    {
        Fixture fixture;
        for (const QByteArray line : {"", "   ", R"({"method":"notifications/unknown"})", R"({"id":1,"result":{}})",
                                      R"({"id":1,"error":{"code":1}})", R"({"method":"notifications/cancelled"})"}) {
            fixture.server.receive(line);
            QCOMPARE(fixture.sent.size(), 0);
        }
    }

    void answersABatch()
    {
        Fixture fixture;
        fixture.server.receive("[" + Fixture::call("1", "a") + ",{\"id\":2,\"method\":\"ping\"}]");
        QCOMPARE(fixture.sent.size(), 2);
    }

    void cancelsACall()
    {
        Fixture fixture;
        fixture.server.receive(Fixture::call("\"w\"", "wait"));
        fixture.server.receive(Fixture::call("\"w\"", "again"));
        QCOMPARE(fixture.sent.first()[u"error"][u"code"].toInt(), -32600);
        fixture.sent.clear();
        // Calls run side by side.
        QCOMPARE(fixture.ask(Fixture::call("2", "meanwhile"))[u"id"].toInt(), 2);
        fixture.sent.clear();
        fixture.server.receive(R"({"method":"notifications/cancelled","params":{"requestId":"w"}})");
        QCoro::waitFor(fixture.server.idle());
        QCOMPARE(fixture.sent.size(), 0);
        fixture.server.receive(Fixture::call("3", "wait"));
        fixture.server.cancel();
        QCoro::waitFor(fixture.server.idle());
    }
};

QTEST_GUILESS_MAIN(TestMcpServer)
#include "tst_mcpserver.moc"
