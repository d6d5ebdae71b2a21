// SPDX-License-Identifier: GPL-3.0-or-later
#include "batchprogram.h"

#include <QRandomGenerator>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Batch runs whose process is killed, or whose disk is full.
class TestBatchKill final : public QObject {
    Q_OBJECT

private:
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

    void whatIsRecordedIsInTheSumAtWhateverMomentItIsKilled()
    {
        CountingModel model(std::chrono::milliseconds(3));
        const CommandLine program;
        QString id;
        double perAnswer = 0;
        for (int i = 0; i < 4; ++i) {
            QProcess process;
            program.start(process, id.isEmpty()
                                       ? QStringList{u"batch"_s, u"run"_s, folderOfItems(program, 300), u"--prompt"_s,
                                                     u"Say it."_s, u"--out"_s, program.path(u"out"_s), u"--json"_s,
                                                     u"--no-cache"_s, u"--jobs"_s, u"8"_s}
                                             + model.pricedOptions()
                                       : QStringList{u"batch"_s, u"resume"_s, id, u"--json"_s});
            QByteArray output;
            const int enough = model.total() + 60;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    output += process.readAllStandardOutput();
                    return (output.contains('\n') && model.total() >= enough)
                           || process.state() == QProcess::NotRunning;
                },
                20'000));
            if (id.isEmpty())
                id = QJsonDocument::fromJson(output.split('\n').first()).object()[u"id"].toString();
            if (i < 3)
                process.kill();
            waitFor(process);
            const auto items = CommandLine::objects(program.run({u"batch"_s, u"export"_s, id}).output);
            double results = 0;
            for (const QJsonObject &item : items) {
                results += item[u"usage"][u"cost_usd"].toDouble();
                perAnswer = std::max(perAnswer, item[u"usage"][u"cost_usd"].toDouble());
            }
            const auto shown = CommandLine::objects(program.run({u"batch"_s, u"show"_s, id, u"--json"_s}).output);
            const double sum = shown.value(0)[u"cost_usd"].toDouble();
            QVERIFY2(results > 0 && sum >= results - 1e-9, qPrintable(u"%1 of %2"_s.arg(results).arg(sum)));
            QVERIFY2(sum <= perAnswer * model.total() + 1e-9, qPrintable(QString::number(sum)));
            const auto usage = CommandLine::objects(program.run({u"usage"_s, u"--by"_s, u"run"_s, u"--json"_s}).output);
            QCOMPARE(usage.value(0)[u"cost_usd"].toDouble(), sum);
        }
        const QJsonObject report = QJsonDocument::fromJson(contentOf(program.path(u"out/run.json"_s))).object();
        const auto shown = CommandLine::objects(program.run({u"batch"_s, u"show"_s, id, u"--json"_s}).output);
        QCOMPARE(shown.value(0)[u"done"].toInt(), 300);
        QCOMPARE(report[u"usage"][u"cost_usd"].toDouble(), shown.value(0)[u"cost_usd"].toDouble());
        QCOMPARE(report[u"usage"][u"results_cost_usd"].toDouble(), 300 * perAnswer);
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
};

QTEST_GUILESS_MAIN(TestBatchKill)
#include "tst_batchkill.moc"
