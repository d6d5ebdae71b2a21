// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Collections and processes that are killed, or that are two.
class TestKnowledgeKill final : public QObject {
    Q_OBJECT

private:
    CommandLine m_program;

    Ran run(const QStringList &arguments) const { return m_program.run(QStringList{u"knowledge"_s} + arguments); }

    static QList<QJsonObject> objects(const QByteArray &lines) { return CommandLine::objects(lines); }

    /// Many small documents and some of hundreds of passages.
    void writeDocuments(const QString &folder, int count) const
    {
        QDir().mkpath(m_program.path(folder));
        QRandomGenerator random(9);
        const QByteArrayList words{"harbour", "violin",  "orchard", "ledger",  "granite", "lantern",
                                   "meadow",  "compass", "turbine", "saffron", "glacier", "pottery",
                                   "falcon",  "cellar",  "marble",  "willow"};
        for (int i = 0; i < count; ++i) {
            QByteArray text = "# Document " + QByteArray::number(i) + "\n\n";
            for (int sentence = 0; sentence < (i % 20 == 0 ? 3'000 : 12); ++sentence) {
                text += "Number " + QByteArray::number(i) + " says";
                for (int word = 0; word < 8; ++word)
                    text += ' ' + words.at(random.bounded(int(words.size())));
                text += ".\n";
            }
            m_program.file(folder + u"/%1.md"_s.arg(i), text);
        }
    }

    /// What a collection holds, apart from numbers that say when it came in.
    QByteArray contentOf(const QString &collection) const
    {
        QByteArrayList rows;
        for (QJsonObject row : objects(run({u"show"_s, collection, u"--json"_s}).output)) {
            for (const char *key : {"id", "name", "file_bytes", "vector_weight"})
                row.remove(QLatin1StringView(key));
            rows << QJsonDocument(row).toJson(QJsonDocument::Compact);
        }
        return rows.join('\n');
    }

    /// What is found in each of some documents. Between documents, passages of equal scores come in the order in which
    /// they were read.
    QByteArray answersOf(const QString &collection) const
    {
        QByteArray queries;
        for (int i = 0; i < 120; i += 5)
            queries +=
                "{\"id\": \"q\", \"query\": \"harbour glacier lantern file:/" + QByteArray::number(i) + ".md\"}\n";
        const QString file = m_program.file(u"queries.jsonl"_s, queries);
        const Ran ran = run(
            {u"search"_s, collection, u"--queries"_s, file, u"-k"_s, u"10"_s, u"--mode"_s, u"keyword"_s, u"--json"_s});
        QByteArray rows;
        for (const QJsonObject &row : objects(ran.output))
            rows += u"%1 %2 %3\n"_s.arg(row[u"document"].toString())
                        .arg(row[u"start"].toInt())
                        .arg(row[u"end"].toInt())
                        .toUtf8();
        return rows;
    }

private Q_SLOTS:
    void killedAtAnyMomentAnIngestionGoesOnToTheSameEnd()
    {
        writeDocuments(u"docs"_s, 120);
        const int rounds = qEnvironmentVariableIsSet("QUINTET_TEST_LONG") ? 100 : 20;
        QRandomGenerator random(4);
        int killed = 0;
        for (int round = 0; round < rounds; ++round) {
            // There is always something to be read anew, and something that has gone.
            for (int i = 0; i < 12; ++i)
                m_program.file(u"docs/%1.md"_s.arg(random.bounded(120)),
                               QByteArray("Round " + QByteArray::number(round) + " on glacier and lantern.\n")
                                   .repeated(i == 0 ? 4'000 : 20));
            QFile::remove(m_program.path(u"docs/%1.md"_s.arg(random.bounded(120))));
            QProcess adding;
            m_program.start(adding, {u"knowledge"_s, u"add"_s, u"Killed"_s, m_program.path(u"docs"_s)});
            QVERIFY(adding.waitForStarted());
            if (!adding.waitForFinished(40 + int(random.bounded(360)))) {
                ::kill(pid_t(adding.processId()), SIGKILL);
                ++killed;
            }
            QVERIFY(adding.state() == QProcess::NotRunning || adding.waitForFinished());
            // Whatever was written is whole.
            if (run({u"list"_s, u"--json"_s}).output.contains("Killed")) {
                const auto report = objects(run({u"check"_s, u"Killed"_s, u"--json"_s}).output).value(0);
                QVERIFY2(report[u"sound"].toBool() && report[u"repaired"].toArray().isEmpty(),
                         QJsonDocument(report).toJson().constData());
            }
        }
        QVERIFY(killed > 0);
        QCOMPARE(run({u"add"_s, u"Killed"_s, m_program.path(u"docs"_s)}).status, 0);
        QCOMPARE(run({u"add"_s, u"Whole"_s, m_program.path(u"docs"_s)}).status, 0);
        QCOMPARE(contentOf(u"Killed"_s), contentOf(u"Whole"_s));
        QCOMPARE(answersOf(u"Killed"_s), answersOf(u"Whole"_s));
        QVERIFY(!answersOf(u"Whole"_s).isEmpty());
    }

    void twoProcessesFillOneCollectionTogether()
    {
        writeDocuments(u"left"_s, 60);
        writeDocuments(u"right"_s, 60);
        m_program.file(u"right/only.md"_s, "The hippopotamus stands on the right.\n");
        QProcess first;
        QProcess second;
        m_program.start(first, {u"knowledge"_s, u"add"_s, u"Both"_s, m_program.path(u"left"_s)});
        QVERIFY(first.waitForStarted());
        QTRY_VERIFY(run({u"list"_s, u"--json"_s}).output.contains("\"Both\"") || first.state() == QProcess::NotRunning);
        m_program.start(second, {u"knowledge"_s, u"add"_s, u"Both"_s, m_program.path(u"right"_s)});
        QVERIFY(second.waitForStarted());
        QVERIFY(first.waitForFinished(60'000) && second.waitForFinished(60'000));
        QCOMPARE(first.exitCode(), 0);
        QCOMPARE(second.exitCode(), 0);
        const auto info = objects(run({u"show"_s, u"Both"_s, u"--json"_s}).output).value(0);
        QCOMPARE(info[u"documents"].toInt(), 121);
        QCOMPARE(info[u"pending"].toInt(), 0);
        QVERIFY(run({u"search"_s, u"Both"_s, u"hippopotamus"_s, u"--json"_s}).output.contains("only.md"));
        const auto report = objects(run({u"check"_s, u"Both"_s, u"--json"_s}).output).value(0);
        QVERIFY(report[u"sound"].toBool() && report[u"repaired"].toArray().isEmpty());
    }

    void aCollectionRestoredFromYesterdayCatchesUp()
    {
        writeDocuments(u"days"_s, 30);
        QCOMPARE(run({u"add"_s, u"Days"_s, m_program.path(u"days"_s)}).status, 0);
        QCOMPARE(run({u"export"_s, u"Days"_s, m_program.path(u"yesterday"_s)}).status, 0);
        m_program.file(u"days/3.md"_s, "Today this one speaks of an armadillo.\n");
        QVERIFY(QFile::remove(m_program.path(u"days/4.md"_s)));
        QCOMPARE(run({u"add"_s, u"Days"_s, m_program.path(u"days"_s)}).status, 0);
        const QByteArray today = contentOf(u"Days"_s);
        QCOMPARE(run({u"remove"_s, u"Days"_s}).status, 0);
        QCOMPARE(run({u"import"_s, m_program.path(u"yesterday"_s)}).status, 0);
        QCOMPARE(run({u"add"_s, u"Days"_s, m_program.path(u"days"_s)}).status, 0);
        QCOMPARE(contentOf(u"Days"_s), today);
        QVERIFY(run({u"search"_s, u"Days"_s, u"armadillo"_s, u"--json"_s}).output.contains("3.md"));
    }

    void renamedFilesAreNotReadAgain()
    {
        const int count = qEnvironmentVariableIsSet("QUINTET_TEST_LONG") ? 10'000 : 500;
        QDir().mkpath(m_program.path(u"names"_s));
        for (int i = 0; i < count; ++i)
            m_program.file(u"names/%1.txt"_s.arg(i), "Note " + QByteArray::number(i) + " on the otter.\n");
        QCOMPARE(run({u"add"_s, u"Names"_s, m_program.path(u"names"_s)}).status, 0);
        for (int i = 0; i < count; ++i)
            QVERIFY(
                QFile::rename(m_program.path(u"names/%1.txt"_s.arg(i)), m_program.path(u"names/other%1.txt"_s.arg(i))));
        const auto report =
            objects(run({u"add"_s, u"Names"_s, m_program.path(u"names"_s), u"--json"_s}).output).value(0);
        QCOMPARE(report[u"read"].toInt(), 0);
        QCOMPARE(report[u"known"].toInt(), count);
        QCOMPARE(report[u"removed"].toInt(), count);
    }

    void aDamagedFileIsAloneAndSaysSo()
    {
        m_program.file(u"one.txt"_s, "A text on the tapir.\n");
        QCOMPARE(run({u"add"_s, u"Sound"_s, m_program.path(u"one.txt"_s)}).status, 0);
        const auto info = objects(run({u"list"_s, u"--json"_s}).output).value(0);
        QVERIFY(!info.isEmpty());
        const QDir folder(m_program.path(u"data/collections"_s));
        m_program.file(u"data/collections/broken.db"_s, QByteArray(20'000, 'x'));
        const Ran broken = run({u"search"_s, u"broken"_s, u"tapir"_s});
        QCOMPARE(broken.status, 1);
        QVERIFY(broken.errors.contains("damaged"));
        QVERIFY(run({u"search"_s, u"Sound"_s, u"tapir"_s, u"--json"_s}).output.contains("one.txt"));
        QVERIFY(run({u"list"_s, u"--json"_s}).output.contains("Sound"));
        QCOMPARE(run({u"remove"_s, u"broken"_s}).status, 0);
        QVERIFY(!QFile::exists(folder.filePath(u"broken.db"_s)));
    }
};

QTEST_GUILESS_MAIN(TestKnowledgeKill)
#include "tst_knowledgekill.moc"
