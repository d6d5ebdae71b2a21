// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// `quintet knowledge` as people call it.
class TestKnowledgeCommand final : public QObject {
    Q_OBJECT

private:
    CommandLine m_program;

    Ran run(const QStringList &arguments) const { return m_program.run(QStringList{u"knowledge"_s} + arguments); }

    static QList<QJsonObject> objects(const QByteArray &lines) { return CommandLine::objects(lines); }

private Q_SLOTS:
    void init()
    {
        QDir().mkpath(m_program.path(u"docs"_s));
        m_program.file(u"docs/refunds.md"_s,
                       "# Refund policy\n\nWe refund every purchase within 30 days of delivery.\n\n"
                       "## Licences\n\nLicences are refunded within 14 days.\n");
        m_program.file(u"docs/garden.txt"_s, "The garden is open from May to October.\n");
    }

    void aCollectionIsMadeAskedAndRemoved()
    {
        const Ran added = run({u"add"_s, u"Shop"_s, m_program.path(u"docs"_s), u"--json"_s});
        QCOMPARE(added.status, 0);
        QCOMPARE(objects(added.output).value(0)[u"read"].toInt(), 2);
        QCOMPARE(objects(run({u"add"_s, u"Shop"_s, m_program.path(u"docs"_s), u"--json"_s}).output)
                     .value(0)[u"unchanged"]
                     .toInt(),
                 2);

        const Ran found = run({u"search"_s, u"Shop"_s, u"refund of licences"_s, u"--json"_s});
        QCOMPARE(found.status, 0);
        const QJsonObject hit = objects(found.output).value(0);
        QCOMPARE(hit[u"rank"].toInt(), 1);
        QCOMPARE(hit[u"document"].toString(), m_program.path(u"docs/refunds.md"_s));
        QVERIFY(hit.contains(u"score") && hit.contains(u"start") && hit.contains(u"end") && !hit.contains(u"query_id"));
        const QByteArray whole = m_program.run({u"extract"_s, m_program.path(u"docs/refunds.md"_s)}).output;
        QCOMPARE(QString::fromUtf8(whole).mid(hit[u"start"].toInt(), hit[u"end"].toInt() - hit[u"start"].toInt()),
                 hit[u"text"].toString());

        const Ran answered = run({u"ask"_s, u"Shop"_s, u"Within how many days are licences refunded?"_s, u"--json"_s});
        QCOMPARE(answered.status, 0);
        const QJsonObject answer = objects(answered.output).value(0);
        QVERIFY2(answer[u"answer"].toString().contains(u"14 days"), qPrintable(answer[u"answer"].toString()));
        const QJsonObject citation = answer[u"citations"].toArray().first().toObject();
        QVERIFY(citation[u"verified"].toBool());
        QCOMPARE(QString::fromUtf8(whole).mid(citation[u"start"].toInt(),
                                              citation[u"end"].toInt() - citation[u"start"].toInt()),
                 citation[u"quote"].toString());

        QCOMPARE(objects(run({u"list"_s, u"--json"_s}).output).value(0)[u"name"].toString(), u"Shop"_s);
        QVERIFY(run({u"show"_s, u"Shop"_s}).output.contains("garden.txt"));
        const Ran checked = run({u"check"_s, u"Shop"_s, u"--json"_s});
        QCOMPARE(checked.status, 0);
        QVERIFY(objects(checked.output).value(0)[u"sound"].toBool());

        QCOMPARE(run({u"export"_s, u"Shop"_s, m_program.path(u"shop.file"_s)}).status, 0);
        QCOMPARE(run({u"export"_s, u"Shop"_s, m_program.path(u"shop.file"_s)}).status, 1);
        QCOMPARE(run({u"remove"_s, u"Shop"_s}).status, 0);
        QCOMPARE(run({u"search"_s, u"Shop"_s, u"refund"_s}).status, 1);
        QCOMPARE(run({u"import"_s, m_program.path(u"shop.file"_s)}).status, 0);
        QVERIFY(!objects(run({u"search"_s, u"Shop"_s, u"refund"_s, u"--json"_s}).output).isEmpty());
        QCOMPARE(run({u"remove"_s, u"Shop"_s, m_program.path(u"docs/garden.txt"_s)}).status, 0);
        QVERIFY(run({u"search"_s, u"Shop"_s, u"garden"_s, u"--json"_s}).output.isEmpty());
        QCOMPARE(run({u"rebuild"_s, u"Shop"_s}).status, 0);
        QVERIFY(!run({u"search"_s, u"Shop"_s, u"refund"_s, u"--json"_s}).output.isEmpty());
        QCOMPARE(run({u"remove"_s, u"Shop"_s}).status, 0);
    }

    void manyQueriesAreAnsweredInOneProcess()
    {
        QCOMPARE(run({u"add"_s, u"Many"_s, m_program.path(u"docs"_s)}).status, 0);
        const QString queries =
            m_program.file(u"queries.jsonl"_s, "{\"id\":\"a\",\"query\":\"refund\"}\n\n{\"id\":7,\"query\":\"garden in "
                                               "May\"}\n{\"id\":\"c\",\"query\":\"zebra\"}\n");
        const Ran ran = run(
            {u"search"_s, u"Many"_s, u"--queries"_s, queries, u"--json"_s, u"-k"_s, u"1"_s, u"--mode"_s, u"keyword"_s});
        QCOMPARE(ran.status, 0);
        const auto rows = objects(ran.output);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0][u"query_id"].toString(), u"a"_s);
        QCOMPARE(rows[1][u"query_id"].toInt(), 7);
    }

    void theWholeIsGoneOverWhenItIsAskedFor()
    {
        QCOMPARE(run({u"add"_s, u"Whole"_s, m_program.path(u"docs"_s)}).status, 0);
        const Ran hinted = run({u"ask"_s, u"Whole"_s, u"Summarize all documents"_s});
        QVERIFY2(hinted.errors.contains("--whole"), hinted.errors.constData());
        const Ran whole = run({u"ask"_s, u"Whole"_s, u"Summarize all documents"_s, u"--whole"_s, u"--json"_s});
        QCOMPARE(whole.status, 0);
        QVERIFY2(whole.errors.contains("passages of 2 documents"), whole.errors.constData());
        const QJsonObject answer = objects(whole.output).value(0);
        QSet<QString> documents;
        for (const QJsonValue citation : answer[u"citations"].toArray())
            documents << citation[u"document"].toString();
        QCOMPARE(documents.size(), 2);
        QCOMPARE(run({u"remove"_s, u"Whole"_s}).status, 0);
    }

    void wrongCallsSayWhat()
    {
        QCOMPARE(run({u"dance"_s}).status, 2);
        QCOMPARE(run({u"add"_s, u"OnlyAName"_s}).status, 2);
        QCOMPARE(run({u"search"_s, u"None"_s, u"x"_s, u"--mode"_s, u"magic"_s}).status, 2);
        const Ran missing = run({u"add"_s, u"New"_s, m_program.path(u"not there"_s)});
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.errors.contains("not there"));
        QVERIFY(!run({u"list"_s, u"--json"_s}).output.contains("\"New\""));
        QCOMPARE(run({u"ask"_s, u"None"_s, u"anything"_s}).status, 1);
        QCOMPARE(run({u"import"_s, m_program.path(u"docs/garden.txt"_s)}).status, 1);
    }

    void anUnreadableFileLeavesTheOthersIn()
    {
        m_program.file(u"docs/broken.pdf"_s, "%PDF-1.7 broken");
        const Ran ran = run({u"add"_s, u"Part"_s, m_program.path(u"docs"_s), u"--json"_s});
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.errors.contains("broken.pdf"));
        QVERIFY(!run({u"search"_s, u"Part"_s, u"garden"_s, u"--json"_s}).output.isEmpty());
        QFile::remove(m_program.path(u"docs/broken.pdf"_s));
    }

    void aWatchedCollectionFollowsItsFiles()
    {
        QProcess watching;
        m_program.start(watching, {u"knowledge"_s, u"add"_s, u"Live"_s, m_program.path(u"docs"_s), u"--watch"_s});
        QVERIFY(watching.waitForStarted());
        QByteArray said;
        const auto hasSaid = [&](const char *words) {
            said += watching.readAllStandardError();
            return said.contains(words);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasSaid("Watching"), 20'000);
        m_program.file(u"docs/news.txt"_s, "The orangery has a new roof.\n");
        QTRY_VERIFY_WITH_TIMEOUT(!run({u"search"_s, u"Live"_s, u"orangery"_s, u"--json"_s}).output.isEmpty(), 20'000);
        ::kill(pid_t(watching.processId()), SIGINT);
        QVERIFY(watching.waitForFinished(10'000));
        QCOMPARE(watching.exitCode(), 130);
        QFile::remove(m_program.path(u"docs/news.txt"_s));
    }
};

QTEST_GUILESS_MAIN(TestKnowledgeCommand)
#include "tst_knowledgecommand.moc"
