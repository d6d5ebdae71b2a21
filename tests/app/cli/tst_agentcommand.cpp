// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"
#include "support/salesagent.h"

#include <QDate>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLocale>
#include <QTest>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

QStringList typesOf(const QList<QJsonObject> &lines)
{
    QStringList types;
    for (const QJsonObject &line : lines)
        types << line[u"type"].toString();
    return types;
}

QString lastMonth()
{
    return QDate::currentDate().addMonths(-1).toString(u"yyyy-MM"_s);
}

} // namespace

class TestAgentCommand final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aModelFindsTheSalesAndTheirGrowth()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        CommandLine line;
        const Ran ran = line.run({u"agent"_s, u"Find the total sales for last month and calculate growth"_s,
                                  u"--database"_s, u"sample"_s, u"--base-url"_s, server.url(u"/v1"_s).toString()});
        QCOMPARE(ran.status, 0);
        QCOMPARE(QString::fromUtf8(ran.output).trimmed(), u"Sales in %1 were 48210.4, growth 12 %."_s.arg(lastMonth()));
        QCOMPARE(model.turns, 5);
        QVERIFY(ran.errors.contains("query_database SELECT"));
    }

    void theTraceIsAnObjectALine()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        CommandLine line;
        const Ran ran = line.run({u"agent"_s, u"Find the total sales"_s, u"--database"_s, u"sample"_s, u"--base-url"_s,
                                  server.url(u"/v1"_s).toString(), u"--json"_s});
        QCOMPARE(ran.status, 0);
        const auto lines = CommandLine::objects(ran.output);
        QStringList expected{u"plan"_s};
        for (int i = 0; i < 4; ++i)
            expected << u"thought"_s << u"tool_call"_s << u"tool_result"_s;
        QCOMPARE(typesOf(lines), expected << u"answer"_s);
        QCOMPARE(lines[8][u"arguments"][u"sql"].toString().left(6), u"SELECT"_s);
        QCOMPARE(lines[9][u"value"][u"rows"][0][u"total"].toDouble(), 48210.4);
        QCOMPARE(lines.last()[u"usage"][u"prompt_tokens"].toInt(), 500);
        const QString id = lines.first()[u"run"].toString();
        // The same again, from what was kept.
        const Ran shown = line.run({u"agent"_s, u"show"_s, id, u"--json"_s});
        QCOMPARE(typesOf(CommandLine::objects(shown.output)), typesOf(lines));
        for (const QString &format : {u"jsonl"_s, u"md"_s, u"html"_s}) {
            const Ran exported = line.run({u"agent"_s, u"export"_s, id, u"--format"_s, format});
            QCOMPARE(exported.status, 0);
            QVERIFY(exported.output.contains("48210.4"));
        }
        QCOMPARE(line.run({u"agent"_s, u"export"_s, id, u"--format"_s, u"pdf"_s}).status, 2);
        // And without the model.
        const int turns = model.turns;
        const Ran replayed = line.run({u"agent"_s, u"replay"_s, id});
        QCOMPARE(QString::fromUtf8(replayed.output).trimmed(),
                 u"Sales in %1 were 48210.4, growth 12 %."_s.arg(lastMonth()));
        QCOMPARE(model.turns, turns);
    }

    void aReadyMadeTaskIsReplayedWithoutAModel()
    {
        CommandLine line;
        const Ran listed = line.run({u"agent"_s, u"list"_s, u"--json"_s});
        QVERIFY(listed.output.contains("\"monthly-sales\""));
        const QString expected = u"Total sales in %1: **48,210.40**, growth **+12.00 %** on %2 (43,044.10)."_s.arg(
            QLocale::c().toString(QDate::currentDate().addMonths(-1), u"MMMM yyyy"_s),
            QLocale::c().toString(QDate::currentDate().addMonths(-2), u"MMMM yyyy"_s));
        for (const QStringList &words :
             {QStringList{u"replay"_s, u"monthly-sales"_s}, QStringList{u"replay"_s, u"Monthly sales and growth"_s},
              QStringList{u"monthly-sales"_s, u"--endpoint"_s, u"builtin"_s}}) {
            const Ran ran = line.run(QStringList{u"agent"_s} + words);
            QCOMPARE(ran.status, 0);
            QCOMPARE(QString::fromUtf8(ran.output).trimmed(), expected);
        }
        const Ran trace = line.run({u"agent"_s, u"replay"_s, u"monthly-sales"_s, u"--json"_s});
        QCOMPARE(typesOf(CommandLine::objects(trace.output)).last(), u"answer"_s);
        QVERIFY(line.run({u"agent"_s, u"list"_s}).output.contains("finished"));
        for (const QString &name : {u"best-customers"_s, u"sales-by-category"_s})
            QCOMPARE(line.run({u"agent"_s, u"replay"_s, name}).status, 0);
    }

    void aTaskOfOnesOwnNeedsAModel()
    {
        CommandLine line;
        const Ran ran = line.run({u"agent"_s, u"Write a poem"_s, u"--endpoint"_s, u"builtin"_s, u"--json"_s});
        QCOMPARE(ran.status, 1);
        const auto lines = CommandLine::objects(ran.output);
        QCOMPARE(lines.last()[u"error"][u"kind"].toString(), u"needsModel"_s);
        QVERIFY(ran.errors.contains("quintet agent list") && ran.errors.contains("agent replay"));
        const QByteArray listed = line.run({u"agent"_s, u"list"_s, u"--json"_s}).output;
        QVERIFY(listed.contains("\"task\"") && !listed.contains("\"run\"")); // none was kept
    }

    void wrongCallsAreSaidSo()
    {
        CommandLine line;
        QCOMPARE(line.run({u"agent"_s}).status, 2);
        QCOMPARE(line.run({u"agent"_s, u"resume"_s}).status, 2);
        QCOMPARE(line.run({u"agent"_s, u"x"_s, u"--max-steps"_s, u"0"_s}).status, 2);
        QCOMPARE(line.run({u"agent"_s, u"show"_s, u"0123456789"_s}).status, 1);
        QCOMPARE(line.run({u"agent"_s, u"replay"_s, u"nothing of that name"_s}).status, 1);
    }

    void stepsAreLimited()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        CommandLine line;
        const QString url = server.url(u"/v1"_s).toString();
        const Ran ran = line.run({u"agent"_s, u"Find sales"_s, u"--database"_s, u"sample"_s, u"--base-url"_s, url,
                                  u"--max-steps"_s, u"2"_s, u"--json"_s});
        QCOMPARE(ran.status, 4);
        const auto lines = CommandLine::objects(ran.output);
        QCOMPARE(lines.last()[u"error"][u"kind"].toString(), u"budget"_s);
        const Ran resumed = line.run({u"agent"_s, u"resume"_s, lines.first()[u"run"].toString(), u"--base-url"_s, url});
        QCOMPARE(resumed.status, 0);
        QVERIFY(resumed.output.contains("48210.4"));
        QCOMPARE(model.turns, 5);
    }

    void writingIsDeniedUnlessAllowed()
    {
        CommandLine line;
        const QString folder = line.path(u"reports"_s);
        QVERIFY(QDir().mkpath(folder));
        const QStringList words{u"agent"_s, u"replay"_s, u"monthly-report"_s, u"--folder"_s, folder, u"--json"_s};
        const Ran denied = line.run(words);
        QCOMPARE(denied.status, 1);
        QVERIFY(typesOf(CommandLine::objects(denied.output)).contains(u"approval"_s));
        const QString report = folder + u"/sales-%1.md"_s.arg(lastMonth());
        QVERIFY(!QFile::exists(report));
        const Ran allowed = line.run(words + QStringList{u"--allow"_s, u"write_file"_s});
        QCOMPARE(allowed.status, 0);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Total 48,210.40, +12.0 %"));
        // Without a folder there is nothing to write in, which is said before anything is done.
        const Ran nowhere = line.run({u"agent"_s, u"replay"_s, u"monthly-report"_s});
        QCOMPARE(nowhere.status, 1);
        QVERIFY(nowhere.errors.contains("write_file") && !nowhere.errors.contains("query_database SELECT"));
    }

    void aRunThatWasKilledGoesOnWhereItWas()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        CommandLine line;
        const QString url = server.url(u"/v1"_s).toString();
        bool isStalled = false;
        server.on("/v1/chat/completions", [&](const Received &request) {
            const AgentRequest asked(request.body);
            ++model.turns;
            if (asked.results().size() == 3 && !isStalled) {
                isStalled = true;
                return Script::eventStream()
                    .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"I ca\"}}]}")
                    .stall();
            }
            return ScriptedAgent::streamOf(findSalesAndGrowth(asked));
        });
        QProcess process;
        line.start(process,
                   {u"agent"_s, u"Find sales"_s, u"--database"_s, u"sample"_s, u"--base-url"_s, url, u"--json"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isStalled, 30'000);
        ::kill(pid_t(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        const auto begun = CommandLine::objects(process.readAllStandardOutput());
        const QString id = begun.first()[u"run"].toString();
        const auto listed = CommandLine::objects(line.run({u"agent"_s, u"list"_s, u"--json"_s}).output);
        QCOMPARE(listed.last()[u"state"].toString(), u"stopped"_s);
        QCOMPARE(model.turns, 4);
        const Ran resumed = line.run({u"agent"_s, u"resume"_s, id.first(12), u"--base-url"_s, url});
        QCOMPARE(resumed.status, 0);
        QCOMPARE(QString::fromUtf8(resumed.output).trimmed(),
                 u"Sales in %1 were 48210.4, growth 12 %."_s.arg(lastMonth()));
        QCOMPARE(model.turns, 6); // what was cut off is asked again, and nothing else
        QCOMPARE(line.run({u"agent"_s, u"resume"_s, id}).status, 1);
    }

    void interruptingStopsCleanly()
    {
        ScriptedServer server;
        bool isAsked = false;
        server.on("/v1/models", [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
        server.on("/v1/chat/completions", [&isAsked](const Received &) {
            isAsked = true;
            return Script::eventStream().stall();
        });
        CommandLine line;
        QProcess process;
        line.start(process, {u"agent"_s, u"Wait"_s, u"--base-url"_s, server.url(u"/v1"_s).toString()});
        QTRY_VERIFY_WITH_TIMEOUT(isAsked, 30'000);
        process.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 10'000);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardError().contains("quintet agent resume"));
    }

    void anUnreachableServerIsSaidSo()
    {
        CommandLine line;
        const Ran ran =
            line.run({u"agent"_s, u"x"_s, u"--base-url"_s, u"http://127.0.0.1:1/v1"_s, u"--model"_s, u"m"_s});
        QCOMPARE(ran.status, 3);
    }

    void toolsAreChosenByName()
    {
        ScriptedServer server;
        QStringList offered;
        ScriptedAgent model(server, [&offered](const AgentRequest &request) -> ScriptedTurn {
            for (const QJsonValue tool : request.body()[u"tools"].toArray())
                offered << tool[u"function"][u"name"].toString();
            return {u"done"_s};
        });
        CommandLine line;
        const QString url = server.url(u"/v1"_s).toString();
        QCOMPARE(line.run({u"agent"_s, u"x"_s, u"--database"_s, u"sample"_s, u"--tools"_s, u"calculate,list_tables"_s,
                           u"--base-url"_s, url})
                     .status,
                 0);
        QVERIFY(offered.contains(u"list_tables"_s) && offered.contains(u"calculate"_s));
        QVERIFY(!offered.contains(u"query_database"_s));
        QCOMPARE(line.run({u"agent"_s, u"x"_s, u"--tools"_s, u"nonsense"_s, u"--base-url"_s, url}).status, 1);
    }
};

QTEST_GUILESS_MAIN(TestAgentCommand)
#include "tst_agentcommand.moc"
