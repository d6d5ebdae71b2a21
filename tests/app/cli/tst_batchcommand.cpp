// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"
#include "support/scriptedbatches.h"
#include "support/scriptedserver.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Batch runs from the command line, against a server that counts what it is asked.
class TestBatchCommand final : public QObject {
    Q_OBJECT

private:
    /// A model that answers "Answer to ITEM." for the item that a prompt names as <ITEM>, and counts.
    struct CountingModel {
        explicit CountingModel(std::chrono::milliseconds latency = {})
        {
            server.on("/v1/models",
                      [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
            server.on("/v1/chat/completions", [this, latency](const Received &request) {
                const QString item = itemIn(request.body);
                ++asked[item];
                Script script = Script::eventStream();
                if (latency.count() > 0)
                    script.wait(latency);
                return answer(script, u"Answer to %1."_s.arg(item) + QString(padding, u'x'));
            });
        }

        static QString itemIn(const QByteArray &body)
        {
            static const QRegularExpression name(u"<(\\w+)>"_s);
            return name.match(QString::fromUtf8(body)).captured(1);
        }

        static Script answer(Script script, const QString &text)
        {
            const QJsonObject choice{
                {u"index"_s, 0}, {u"delta"_s, QJsonObject{{u"content"_s, text}}}, {u"finish_reason"_s, u"stop"_s}};
            script.event(QJsonDocument(QJsonObject{{u"model"_s, u"m"_s}, {u"choices"_s, QJsonArray{choice}}})
                             .toJson(QJsonDocument::Compact));
            script.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3}}");
            return script.event("[DONE]").end();
        }

        QStringList options() const { return {u"--base-url"_s, server.url(u"/v1"_s).toString(), u"--model"_s, u"m"_s}; }

        int total() const
        {
            int sum = 0;
            for (const int count : asked)
                sum += count;
            return sum;
        }

        ScriptedServer server;
        QHash<QString, int> asked; ///< how often each item was
        int padding = 0;           ///< characters behind each answer
    };

    static Ran waitFor(QProcess &process)
    {
        const bool hasEnded = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000)
                              && process.exitStatus() == QProcess::NormalExit;
        return {hasEnded ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static QString folderOfItems(const CommandLine &program, int count)
    {
        for (int i = 0; i < 7; ++i)
            QDir().mkpath(program.path(u"items/f%1"_s.arg(i)));
        for (int i = 0; i < count; ++i)
            program.file(u"items/f%1/item%2.txt"_s.arg(i % 7).arg(i), u"This is <item%1>.\n"_s.arg(i).toUtf8());
        return program.path(u"items"_s);
    }

    static QStringList filesIn(const QString &folder, const QString &pattern)
    {
        QStringList names;
        for (QDirIterator files(folder, {pattern}, QDir::Files, QDirIterator::Subdirectories); files.hasNext();)
            names << files.next();
        return names;
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

    /// The names of the items whose result is recorded.
    QSet<QString> recorded(const CommandLine &program, const QString &id) const
    {
        QSet<QString> names;
        for (const QJsonObject &item : CommandLine::objects(program.run({u"batch"_s, u"export"_s, id}).output)) {
            if (item[u"state"] == u"done"_s)
                names.insert(item[u"name"].toString().section(u'/', -1).section(u'.', 0, 0));
        }
        return names;
    }

    /// The batch on a disk of its own, which is too small at first: how the run stood then, and at the end.
    struct FullDisk {
        Ran before;
        Ran after;
        QStringList leftovers; ///< files on the disk, hidden ones included, when it was full
    };

    /// Runs `begin` with `disk` on a disk with `kilobytes` of room, then resumes with plenty; nothing where the system
    /// lets no such disk be made. What is on the disk stands in `kept` at the end.
    static std::optional<FullDisk> onAFullDisk(const CommandLine &program, const QString &disk, int kilobytes,
                                               const QStringList &begin, const QStringList &resume)
    {
        QDir().mkpath(disk);
        QDir().mkpath(program.path(u"kept"_s));
        const auto quoted = [](const QStringList &words) {
            QStringList all;
            for (QString word : words)
                all << u'\'' + word.replace(u'\'', u"'\\''"_s) + u'\'';
            return all.join(u' ');
        };
        const QString quintet = QStringLiteral(QUINTET_PROGRAMS "/quintet");
        const QString script =
            u"mount -t tmpfs -o size=%1k tmpfs \"$1\" || exit 77\n"
            "%2 > \"$2/before.out\" 2> \"$2/before.err\"; echo $? > \"$2/before.status\"\n"
            "(cd \"$1\" && find . -type f) > \"$2/leftovers\"\n"
            "mount -o remount,size=256m \"$1\" || exit 77\n"
            "id=$(head -n 1 \"$2/before.out\" | tr -d '{}\" ' | cut -d: -f2)\n"
            "%3 \"$id\" > \"$2/after.out\" 2> \"$2/after.err\"; echo $? > \"$2/after.status\"\n"
            "cp -R \"$1\"/. \"$2/kept\"\n"_s.arg(QString::number(kilobytes), quoted(QStringList{quintet} + begin),
                                                 quoted(QStringList{quintet} + resume));
        QProcess process;
        process.start(u"unshare"_s, {u"-Urm"_s, u"sh"_s, u"-c"_s, script, u"sh"_s, disk, program.path({})});
        if (!process.waitForStarted() || waitFor(process).status != 0)
            return std::nullopt;
        const auto ran = [&program](const QString &when) {
            return Ran{contentOf(program.path(when + u".status"_s)).trimmed().toInt(),
                       contentOf(program.path(when + u".out"_s)), contentOf(program.path(when + u".err"_s))};
        };
        return FullDisk{ran(u"before"_s), ran(u"after"_s),
                        QString::fromUtf8(contentOf(program.path(u"leftovers"_s))).split(u'\n')};
    }

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

    void killedAtAnyMomentItLosesAndRepeatsNothingThatWasRecorded()
    {
        const bool isLong = qEnvironmentVariableIsSet("QUINTET_TEST_LONG");
        const int kills = isLong ? 200 : 20;
        const int count = isLong ? 4'000 : 500;
        CountingModel model(std::chrono::milliseconds(5));
        const CommandLine program;
        const QStringList begin = QStringList{u"batch"_s,
                                              u"run"_s,
                                              folderOfItems(program, count),
                                              u"--prompt"_s,
                                              u"Say it."_s,
                                              u"--out"_s,
                                              program.path(u"out"_s),
                                              u"--json"_s,
                                              u"--no-cache"_s,
                                              u"--jobs"_s,
                                              u"8"_s}
                                  + model.options();
        QRandomGenerator random(8);
        QString id;
        QHash<QString, int> settled; // how often an item had been asked for when its result was seen recorded
        for (int i = 0; i < kills; ++i) {
            QProcess process;
            program.start(process, id.isEmpty() ? begin : QStringList{u"batch"_s, u"resume"_s, id, u"--json"_s});
            QByteArray output;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    output += process.readAllStandardOutput();
                    return !id.isEmpty() || output.contains('\n');
                },
                20'000));
            if (id.isEmpty())
                id = QJsonDocument::fromJson(output.split('\n').first()).object()[u"id"].toString();
            // In the midst of its work, and now and then while it begins.
            const int enough = i % 5 == 0 ? 0 : model.total() + random.bounded(1, 2 * count / kills);
            QVERIFY(QTest::qWaitFor([&] { return model.total() >= enough || process.state() == QProcess::NotRunning; },
                                    20'000));
            QTest::qWait(random.bounded(15));
            process.kill();
            waitFor(process);
            const QHash<QString, int> before = model.asked;
            const QSet<QString> done = recorded(program, id);
            for (const QString &item : done)
                QVERIFY2(before.value(item) >= 1, qPrintable(item));
            // Nobody works on it, and the next one may at once.
            const QJsonObject shown =
                CommandLine::objects(program.run({u"batch"_s, u"show"_s, id, u"--json"_s}).output).value(0);
            if (shown[u"state"] == u"complete"_s)
                break;
            QCOMPARE(shown[u"state"].toString(), u"paused"_s);
            // What stands recorded now is never asked for again.
            QCOMPARE(shown[u"done"].toInteger(), done.size());
            for (const QString &file : filesIn(program.path(u"out"_s), u"*.answer.md"_s))
                QCOMPARE(contentOf(file),
                         u"Answer to %1.\n"_s.arg(QFileInfo(file).fileName().section(u'.', 0, 0)).toUtf8());
            for (const QString &item : done) {
                if (!settled.contains(item))
                    settled.insert(item, before.value(item));
            }
        }
        const auto last = program.run({u"batch"_s, u"resume"_s, id, u"--json"_s});
        QVERIFY2(last.status == 0, last.errors.constData());
        QCOMPARE(CommandLine::objects(last.output).last()[u"state"].toString(), u"complete"_s);
        QCOMPARE(CommandLine::objects(last.output).last()[u"done"].toInt(), count);
        for (auto item = settled.cbegin(); item != settled.cend(); ++item)
            QVERIFY2(model.asked.value(item.key()) == item.value(), qPrintable(item.key()));
        QCOMPARE(recorded(program, id).size(), count);
        QCOMPARE(filesIn(program.path(u"out"_s), u"*.answer.md"_s).size(), count);
        // Only what was under way at a kill came twice, and is marked.
        int repeated = 0;
        for (const QJsonObject &item : CommandLine::objects(program.run({u"batch"_s, u"export"_s, id}).output)) {
            const QString name = item[u"name"].toString().section(u'/', -1).section(u'.', 0, 0);
            repeated += item[u"repeated"].toBool() ? 1 : 0;
            QVERIFY2(model.asked.value(name) == 1 || item[u"repeated"].toBool(), qPrintable(name));
        }
        QVERIFY2(repeated <= kills * 8, qPrintable(QString::number(repeated)));
    }

    void anOutputDiskThatIsFullPausesTheRunAndLosesNothing()
    {
        CountingModel model;
        model.padding = 3'000;
        const CommandLine program;
        const QString disk = program.path(u"disk"_s);
        const auto ran =
            onAFullDisk(program, disk, 320,
                        QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 200), u"--prompt"_s, u"Say it."_s,
                                    u"--out"_s, disk + u"/out"_s, u"--json"_s, u"--data-dir"_s, program.path(u"data"_s)}
                            + model.options(),
                        {u"batch"_s, u"resume"_s, u"--json"_s, u"--data-dir"_s, program.path(u"data"_s)});
        if (!ran)
            QSKIP("no disk can be made here");
        QVERIFY2(ran->before.status == 1, (ran->before.errors + ran->before.output).constData());
        QVERIFY2(ran->before.output.contains("\"storage\"") && ran->before.output.contains("cannot be written"),
                 ran->before.output.constData());
        for (const QString &name : ran->leftovers)
            QVERIFY2(name.isEmpty() || name.endsWith(u".answer.md") || name.endsWith(u"run.json"), qPrintable(name));
        QVERIFY2(ran->after.status == 0, (ran->after.errors + ran->after.output).constData());
        QCOMPARE(CommandLine::objects(ran->after.output).last()[u"done"].toInt(), 200);
        QCOMPARE(model.total(), 200); // nothing was paid for twice
        const QStringList files = filesIn(program.path(u"kept/out"_s), u"*.answer.md"_s);
        QCOMPARE(files.size(), 200);
        for (const QString &file : files)
            QVERIFY2(contentOf(file).startsWith("Answer to ") && contentOf(file).size() > 3'000, qPrintable(file));
    }

    void aDatabaseDiskThatIsFullPausesTheRunAndKeepsWhatIsRecorded()
    {
        CountingModel model;
        model.padding = 40'000;
        const CommandLine program;
        const QString disk = program.path(u"disk"_s);
        const auto ran = onAFullDisk(program, disk, 4'000,
                                     QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 200), u"--prompt"_s,
                                                 u"Say it."_s, u"--no-cache"_s, u"--jobs"_s, u"4"_s, u"--json"_s,
                                                 u"--data-dir"_s, disk + u"/data"_s}
                                         + model.options(),
                                     {u"batch"_s, u"resume"_s, u"--json"_s, u"--data-dir"_s, disk + u"/data"_s});
        if (!ran)
            QSKIP("no disk can be made here");
        QVERIFY2(ran->before.status == 1, (ran->before.errors + ran->before.output).constData());
        QVERIFY2(ran->before.output.contains("\"storage\""), ran->before.output.constData());
        QVERIFY2(ran->after.status == 0, (ran->after.errors + ran->after.output).constData());
        QCOMPARE(CommandLine::objects(ran->after.output).last()[u"done"].toInt(), 200);
        // What was answered but had no room was asked for again: what was under way, and marked.
        int repeated = 0;
        for (const QJsonObject &item : CommandLine::objects(
                 program
                     .run({u"batch"_s, u"export"_s, CommandLine::objects(ran->before.output).first()[u"id"].toString(),
                           u"--data-dir"_s, program.path(u"kept/data"_s)})
                     .output)) {
            const QString name = item[u"name"].toString().section(u'/', -1).section(u'.', 0, 0);
            QVERIFY(item[u"result"].toString().startsWith(u"Answer to %1."_s.arg(name)));
            QVERIFY2(model.asked.value(name) == 1 || item[u"repeated"].toBool(), qPrintable(name));
            repeated += item[u"repeated"].toBool() ? 1 : 0;
        }
        QVERIFY2(repeated <= 4, qPrintable(QString::number(repeated)));
        QVERIFY2(model.total() <= 204, qPrintable(QString::number(model.total())));
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
