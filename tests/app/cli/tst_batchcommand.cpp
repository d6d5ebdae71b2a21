// SPDX-License-Identifier: GPL-3.0-or-later
#include "batchprogram.h"
#include "support/scriptedbatches.h"

#include <QTimer>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Batch runs from the command line, against a server that counts what it is asked.
class TestBatchCommand final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunSaysItsIdThenHowItStandsAndEndsComplete()
    {
        CountingModel model;
        const CommandLine program;
        const auto ran = program.run(QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 30), u"--prompt"_s,
                                                 u"Say it."_s, u"--out"_s, program.path(u"out"_s), u"--json"_s}
                                     + model.options());
        QVERIFY2(ran.status == 0, ran.errors.constData());
        const QList<QJsonObject> objects = CommandLine::objects(ran.output);
        QCOMPARE(objects.first().keys(), QStringList{u"id"_s});
        const QJsonObject last = objects.last();
        QCOMPARE(last[u"state"].toString(), u"complete"_s);
        QCOMPARE(last[u"total"].toInt(), 30);
        QCOMPARE(last[u"done"].toInt(), 30);
        QCOMPARE(last[u"failed"].toInt(-1), 0);
        QCOMPARE(last[u"queued"].toInt(-1), 0);
        QCOMPARE(last[u"running"].toInt(-1), 0);
        QCOMPARE(model.total(), 30);
        const QStringList files = filesIn(program.path(u"out"_s), u"*.answer.md"_s);
        QCOMPARE(files.size(), 30);
        for (const QString &file : files) {
            const QString item = QFileInfo(file).fileName().section(u'.', 0, 0);
            QCOMPARE(contentOf(file), u"Answer to %1.\n"_s.arg(item).toUtf8());
        }
        QCOMPARE(QJsonDocument::fromJson(contentOf(program.path(u"out/run.json"_s))).object()[u"prompt"].toString(),
                 u"Say it."_s);
        const auto shown = program.run({u"batch"_s, u"show"_s, objects.first()[u"id"].toString(), u"--json"_s});
        QCOMPARE(CommandLine::objects(shown.output).value(0), last);
    }

    void anInterruptPausesAndSaysHowToGoOn()
    {
        CountingModel model(std::chrono::milliseconds(50));
        const CommandLine program;
        QProcess process;
        program.start(process, QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 400), u"--prompt"_s,
                                           u"Say it."_s, u"--jobs"_s, u"4"_s}
                                   + model.options());
        QVERIFY(QTest::qWaitFor([&] { return model.total() > 10; }, 20'000));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const auto ran = waitFor(process);
        QCOMPARE(ran.status, 130);
        const QString errors = QString::fromUtf8(ran.errors);
        const QString id = QRegularExpression(u"quintet batch resume ([0-9a-f]{32})"_s).match(errors).captured(1);
        QVERIFY2(!id.isEmpty(), qPrintable(errors));
        const QJsonObject shown =
            CommandLine::objects(program.run({u"batch"_s, u"show"_s, id, u"--json"_s}).output).value(0);
        QCOMPARE(shown[u"state"].toString(), u"paused"_s);
        QCOMPARE(shown[u"running"].toInt(-1), 0);
        // What was under way was waited for: nothing is paid for twice.
        QCOMPARE(shown[u"done"].toInt(), model.total());
        QCOMPARE(program.run({u"batch"_s, u"resume"_s, id}).status, 0);
        QCOMPARE(model.total(), 400);
    }

    void aDryRunAsksNothing()
    {
        CountingModel model;
        const CommandLine program;
        const auto ran = program.run(QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 9), u"--prompt"_s,
                                                 u"Say it."_s, u"--dry-run"_s, u"--json"_s}
                                     + model.options());
        QVERIFY2(ran.status == 0, ran.errors.constData());
        QCOMPARE(CommandLine::objects(ran.output).value(0)[u"items"].toInt(), 9);
        QVERIFY(CommandLine::objects(ran.output).value(0)[u"prompt_tokens"].toInt() > 9);
        QCOMPARE(model.total(), 0);
        QVERIFY(program.run({u"batch"_s, u"list"_s, u"--json"_s}).output.isEmpty());
    }

    void whatNeedsAModelFailsBeforeItStarts()
    {
        const CommandLine program;
        const auto ran = program.run({u"batch"_s, u"run"_s, folderOfItems(program, 2), u"--task"_s, u"translate"_s,
                                      u"--language"_s, u"French"_s, u"--endpoint"_s, u"builtin"_s, u"--json"_s});
        QCOMPARE(ran.status, 1);
        QCOMPARE(CommandLine::objects(ran.output).value(0)[u"error"][u"kind"].toString(), u"needsModel"_s);
        QVERIFY(program.run({u"batch"_s, u"list"_s, u"--json"_s}).output.isEmpty());
    }

    void badUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addRow("nothing") << QStringList{} << 2;
        QTest::addRow("no source") << QStringList{u"run"_s, u"--task"_s, u"keywords"_s} << 2;
        QTest::addRow("no task") << QStringList{u"run"_s, u"/"_s} << 2;
        QTest::addRow("unknown task") << QStringList{u"run"_s, u"/"_s, u"--task"_s, u"juggle"_s} << 2;
        QTest::addRow("unknown variable") << QStringList{u"run"_s, u"/"_s, u"--prompt"_s, u"{{colour}}"_s} << 2;
        QTest::addRow("unknown form") << QStringList{u"run"_s,      u"/"_s,        u"--task"_s,
                                                     u"keywords"_s, u"--format"_s, u"doc"_s}
                                      << 2;
        QTest::addRow("labels missing") << QStringList{u"run"_s, u"/"_s, u"--task"_s, u"classify"_s} << 2;
        QTest::addRow("source missing") << QStringList{u"run"_s, u"/no/such/folder"_s, u"--task"_s, u"keywords"_s} << 1;
        QTest::addRow("unknown run") << QStringList{u"show"_s, u"abcdef123456"_s} << 1;
    }

    void badUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const auto ran = CommandLine().run(QStringList{u"batch"_s} + arguments);
        QCOMPARE(ran.status, status);
        QVERIFY(!ran.errors.isEmpty());
        QVERIFY(ran.output.isEmpty());
    }

    void aServerThatIsNotThereEndsWithThreeAndTheRunCanBeResumed()
    {
        const CommandLine program;
        const auto ran = program.run({u"batch"_s, u"run"_s, folderOfItems(program, 20), u"--prompt"_s, u"Say it."_s,
                                      u"--base-url"_s, u"http://127.0.0.1:9/v1"_s, u"--model"_s, u"m"_s, u"--json"_s});
        QCOMPARE(ran.status, 3);
        const QString id = CommandLine::objects(ran.output).first()[u"id"].toString();
        CountingModel model;
        const auto resumed = program.run(QStringList{u"batch"_s, u"resume"_s, id, u"--json"_s} + model.options());
        QVERIFY2(resumed.status == 0, resumed.errors.constData());
        QCOMPARE(CommandLine::objects(resumed.output).last()[u"done"].toInt(), 20);
    }

    void aBatchThatWouldPassTheBudgetExitsWithFour()
    {
        CountingModel model;
        ScriptedBatches batches(model.server);
        const CommandLine program;
        QCOMPARE(program.run({u"usage"_s, u"budget"_s, u"--day-tokens"_s, u"50"_s}).status, 0);
        const auto ran = program.run(QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 9), u"--prompt"_s,
                                                 u"Say it."_s, u"--provider-batch"_s, u"--json"_s}
                                     + model.options());
        QCOMPARE(ran.status, 4);
        QCOMPARE(model.server.count("POST"), 0);
        QCOMPARE(CommandLine::objects(ran.output).last()[u"queued"].toInt(), 9);
    }

    void requestsAreWrittenForAnOfflineEngineAndItsAnswersImported()
    {
        CountingModel model;
        const CommandLine program;
        const QString requests = program.path(u"requests.jsonl"_s);
        const auto written = program.run(QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 7), u"--prompt"_s,
                                                     u"Say it."_s, u"--to-jsonl"_s, requests, u"--json"_s}
                                         + model.options());
        QVERIFY2(written.status == 0, written.errors.constData());
        const QString id = CommandLine::objects(written.output).first()[u"id"].toString();
        QByteArray answers;
        for (const QJsonObject &request : CommandLine::objects(contentOf(requests))) {
            const QJsonObject choice{{u"index"_s, 0},
                                     {u"message"_s, QJsonObject{{u"content"_s, u"Offline."_s}}},
                                     {u"finish_reason"_s, u"stop"_s}};
            const QJsonObject response{{u"status_code"_s, 200},
                                       {u"body"_s, QJsonObject{{u"choices"_s, QJsonArray{choice}}}}};
            answers += QJsonDocument(QJsonObject{{u"custom_id"_s, request[u"custom_id"]}, {u"response"_s, response}})
                           .toJson(QJsonDocument::Compact)
                       + '\n';
        }
        const auto imported =
            program.run({u"batch"_s, u"import"_s, id, program.file(u"answers.jsonl"_s, answers), u"--json"_s});
        QVERIFY2(imported.status == 0, imported.errors.constData());
        QCOMPARE(CommandLine::objects(imported.output).last()[u"done"].toInt(), 7);
        QCOMPARE(model.total(), 0);
    }

    void resultsGoToOneTableOrStandardOutput()
    {
        CountingModel model;
        const CommandLine program;
        const QString table =
            program.file(u"people.csv"_s, "name,note\nAda,\"<one>, quoted\"\nBob,\"<two>\nnext line\"\n");
        const auto ran = program.run(
            QStringList{u"batch"_s, u"run"_s, table, u"--prompt"_s, u"About {{row.name}}: {{row.note}}"_s, u"--quiet"_s}
            + model.options());
        QVERIFY2(ran.status == 0, ran.errors.constData());
        QCOMPARE(ran.output, "name,note,result,error\r\nAda,\"<one>, quoted\",Answer to one.,\r\n"
                             "Bob,\"<two>\nnext line\",Answer to two.,\r\n");
        QVERIFY(ran.errors.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBatchCommand)
#include "tst_batchcommand.moc"
