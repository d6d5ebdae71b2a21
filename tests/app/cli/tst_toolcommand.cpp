// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestToolCommand final : public QObject {
    Q_OBJECT

private:
    CommandLine m_program;

    Ran tool(const QStringList &arguments) const { return m_program.run(QStringList{u"tool"_s} + arguments); }

private Q_SLOTS:
    void theToolsThatCanWorkAreListed()
    {
        const Ran alone = tool({u"list"_s, u"--json"_s});
        QCOMPARE(alone.status, 0);
        QStringList names;
        for (const QJsonObject &row : CommandLine::objects(alone.output)) {
            names << row[u"name"].toString();
            QCOMPARE(row[u"schema"][u"type"].toString(), u"object"_s);
        }
        QVERIFY(names.contains(u"calculate"_s));
        QVERIFY(!names.contains(u"query_database"_s));
        const Ran all = tool({u"list"_s, u"--database"_s, u"sample"_s});
        QCOMPARE(all.status, 0);
        QVERIFY(all.output.contains("query_database"));
    }

    void aQueryPrintsATableOrAnObject()
    {
        const QString call =
            u"{\"sql\": \"SELECT id, name FROM products WHERE id < ? ORDER BY id\", \"parameters\": [3]}"_s;
        const Ran table = tool({u"query_database"_s, call, u"--database"_s, u"sample"_s});
        QCOMPARE(table.status, 0);
        QCOMPARE(table.output, QByteArray("id  name\n1   Assam, 1 kg\n2   Darjeeling, 1 kg\n"));
        const Ran json = tool({u"query_database"_s, call, u"--database"_s, u"sample"_s, u"--json"_s});
        QCOMPARE(json.status, 0);
        const auto objects = CommandLine::objects(json.output);
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0][u"value"][u"rows"][1][u"name"].toString(), u"Darjeeling, 1 kg"_s);
    }

    void aCalculationPrintsItsValue()
    {
        const Ran ran = tool({u"calculate"_s, u"{\"expression\": \"12% of 250\"}"_s});
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.output, QByteArray("30\n"));
    }

    void whatWritesNeedsToBeAllowedAndIsUndone()
    {
        const QString folder = m_program.path(u"work"_s);
        QVERIFY(QDir().mkpath(folder));
        const QString call = u"{\"path\": \"a/b.txt\", \"content\": \"x\"}"_s;
        const Ran refused = tool({u"write_file"_s, call, u"--folder"_s, folder});
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.errors.contains("--allow write_file"));
        QVERIFY(!QFile::exists(folder + u"/a"_s));
        const Ran done =
            tool({u"write_file"_s, call, u"--folder"_s, folder, u"--allow"_s, u"write_file"_s, u"--json"_s});
        QCOMPARE(done.status, 0);
        QVERIFY(QFile::exists(folder + u"/a/b.txt"_s));
        const QString version = CommandLine::objects(done.output).value(0)[u"value"][u"version"].toString();
        const Ran undone = tool({u"undo_change"_s, u"{\"version\": \"%1\"}"_s.arg(version), u"--folder"_s, folder,
                                 u"--allow"_s, u"calculate, files.write"_s});
        QCOMPARE(undone.status, 0);
        QVERIFY(!QFile::exists(folder + u"/a/b.txt"_s));
    }

    void collectionsAreSearched()
    {
        const QString file = m_program.file(
            u"lending.md"_s, "# Lending\n\nTools are lent for one week. Who breaks a tool pays for it.\n");
        QCOMPARE(m_program.run({u"knowledge"_s, u"add"_s, u"Handbook"_s, file}).status, 0);
        const Ran found = tool({u"search_knowledge"_s, u"{\"query\": \"who pays for a broken tool\"}"_s, u"--json"_s});
        QCOMPARE(found.status, 0);
        const QJsonValue passage = CommandLine::objects(found.output).value(0)[u"value"][u"passages"][0];
        QCOMPARE(passage[u"collection"].toString(), u"Handbook"_s);
        QVERIFY(passage[u"text"].toString().contains(u"one week"_s));
        QCOMPARE(tool({u"list"_s, u"--collection"_s, u"Nothing"_s}).status, 1);
    }

    void aServersToolsNeedTwoAgreements()
    {
        const QString server = QCoreApplication::applicationDirPath() + u"/quintet-test-mcp"_s;
        const QString file =
            m_program.file(u"mcp.json"_s, "{\"mcpServers\":{\"test\":{\"command\":\"" + server.toUtf8() + "\"}}}");
        const QString call = u"{\"text\": \"hello\"}"_s;
        const Ran refused = tool({u"echo"_s, call, u"--mcp"_s, file});
        QCOMPARE(refused.status, 2); // there is no such tool yet
        QVERIFY(refused.errors.contains(server.toUtf8()));
        const Ran allowed = tool({u"echo"_s, call, u"--mcp"_s, file, u"--allow"_s, u"test"_s});
        QCOMPARE(allowed.output, QByteArray("hello\n"));
        // The server is known now; what it does still needs to be allowed.
        QCOMPARE(tool({u"list"_s, u"--mcp"_s, file}).status, 0);
        QCOMPARE(tool({u"echo"_s, call, u"--mcp"_s, file}).status, 1);
        const QString taken =
            m_program.file(u"taken.json"_s, "{\"calculate\":{\"command\":\"" + server.toUtf8() + "\"}}");
        QCOMPARE(tool({u"list"_s, u"--mcp"_s, taken, u"--allow"_s, u"calculate"_s}).status, 1);
    }

    void whatIsWrongIsSaidWithItsStatus_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addRow("no name") << QStringList{} << 2;
        QTest::addRow("unknown tool") << QStringList{u"fly"_s, u"{}"_s} << 2;
        QTest::addRow("no JSON") << QStringList{u"calculate"_s, u"1 + 1"_s} << 2;
        QTest::addRow("missing argument") << QStringList{u"calculate"_s, u"{}"_s} << 2;
        QTest::addRow("a write") << QStringList{u"query_database"_s, u"{\"sql\": \"DELETE FROM sales\"}"_s,
                                                u"--database"_s, u"sample"_s}
                                 << 1;
        QTest::addRow("no database") << QStringList{u"list"_s, u"--database"_s, u"/nowhere.db"_s} << 1;
    }

    void whatIsWrongIsSaidWithItsStatus()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, status);
        const Ran ran = tool(arguments + QStringList{u"--json"_s});
        QCOMPARE(ran.status, status);
        QVERIFY(!ran.errors.isEmpty());
        const auto objects = CommandLine::objects(ran.output);
        QCOMPARE(objects.size(), 1);
        QVERIFY(!objects[0][u"error"][u"message"].toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestToolCommand)
#include "tst_toolcommand.moc"
