// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/databasestore.h"
#include "agent/database/databasetools.h"
#include "support/resultof.h"

#include <QCryptographicHash>
#include <QDate>
#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::agent;
using namespace Qt::StringLiterals;

class TestSqlite final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_path;
    std::shared_ptr<const DataSource> m_source;

    /// Everything in the folder, by name and content.
    QByteArray state() const
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const QString &name : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name)) {
            QFile file(m_folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                return {};
            hash.addData(name.toUtf8());
            hash.addData(file.readAll());
        }
        return hash.result();
    }

    Result<Grid> asked(const QString &sql, const QJsonArray &parameters = {}) const
    {
        return m_source->query({.sql = sql, .parameters = parameters, .time = std::chrono::seconds(3)}, {});
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_path = m_folder.filePath(u"shop #1?mode=rwc&x=%41.db"_s);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"setup"_s);
            database.setDatabaseName(m_path);
            QVERIFY(database.open());
            QSqlQuery query(database);
            for (const char *sql :
                 {"CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, pay REAL, photo BLOB)",
                  "CREATE TABLE \"odd \"\" name\" (person INTEGER REFERENCES people (id))",
                  "INSERT INTO people VALUES (1, 'Ada', 36, 12.5, x'0102'), (2, 'Bob', NULL, 7, NULL)",
                  "CREATE VIEW old AS SELECT name FROM people WHERE age > 30"})
                QVERIFY(query.exec(QString::fromLatin1(sql)));
        }
        QSqlDatabase::removeDatabase(u"setup"_s);
        const auto source = dataSourceFor(m_path);
        QVERIFY(source);
        m_source = *source;
    }

    void rowsComeWithTheirTypes()
    {
        const auto grid = asked(u"SELECT name, age, pay, photo FROM people ORDER BY id"_s);
        QVERIFY2(grid, qPrintable(grid ? QString() : grid.error().message));
        QCOMPARE(grid->columns, (QStringList{u"name"_s, u"age"_s, u"pay"_s, u"photo"_s}));
        QCOMPARE(grid->rows[0], (QJsonArray{u"Ada"_s, 36, 12.5, u"(2 bytes)"_s}));
        QCOMPARE(grid->rows[1], (QJsonArray{u"Bob"_s, QJsonValue(), 7.0, QJsonValue()}));
        QVERIFY(grid->isWhole);
    }

    void parametersAreBoundAndCounted()
    {
        QCOMPARE(asked(u"SELECT name FROM people WHERE id = ?"_s, {2})->rows[0][0].toString(), u"Bob"_s);
        QCOMPARE(asked(u"SELECT ?, ?, ?"_s, {u"'; DROP TABLE people"_s, QJsonValue(), true})->rows[0],
                 (QJsonArray{u"'; DROP TABLE people"_s, QJsonValue(), 1}));
        QVERIFY(!asked(u"SELECT ?"_s));
        QVERIFY(!asked(u"SELECT 1"_s, {1}));
    }

    void tablesAndColumnsAreDescribed()
    {
        const auto tables = m_source->tables({});
        QVERIFY2(tables, qPrintable(tables ? QString() : tables.error().message));
        QCOMPARE(tables->rows.size(), 3uz);
        QCOMPARE(tables->rows[2], (QJsonArray{u"people"_s, u"table"_s, u"id, name, age, pay, photo"_s}));
        const auto columns = m_source->columns(u"odd \" name"_s, {});
        QVERIFY2(columns, qPrintable(columns ? QString() : columns.error().message));
        QCOMPARE(columns->rows[0], (QJsonArray{u"person"_s, u"INTEGER"_s, true, false, u"people.id"_s}));
        QVERIFY(!m_source->columns(u"nobody"_s, {}));

        DescribeTable describe(m_source);
        const auto told = test::resultOf(describe.call({{u"table"_s, u"people"_s}}, {}));
        QVERIFY(told);
        QVERIFY2(told->text.contains(u"Ada"_s), qPrintable(told->text));
    }

    void aBrokenViewHidesNothing()
    {
        const QString path = m_folder.filePath(u"broken.db"_s);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"broken"_s);
            database.setDatabaseName(path);
            QVERIFY(database.open());
            QSqlQuery query(database);
            for (const char *sql :
                 {"CREATE TABLE kept (a)", "CREATE TABLE gone (a)", "CREATE VIEW bad AS SELECT a FROM gone",
                  "PRAGMA legacy_alter_table = 1", "DROP TABLE gone"})
                QVERIFY(query.exec(QString::fromLatin1(sql)));
        }
        QSqlDatabase::removeDatabase(u"broken"_s);
        const auto tables = (*dataSourceFor(path))->tables({});
        QVERIFY2(tables, qPrintable(tables ? QString() : tables.error().message));
        QCOMPARE(tables->rows.size(), 2uz);
        QCOMPARE((*dataSourceFor(path))->columns(u"kept"_s, {})->rows.size(), 1uz);
    }

    void nothingWrites_data()
    {
        QTest::addColumn<QString>("sql");
        for (const char *sql : {"INSERT INTO people (name) VALUES ('Eve')",
                                "UPDATE people SET pay = 0",
                                "DELETE FROM people",
                                "REPLACE INTO people (id, name) VALUES (1, 'Eve')",
                                "DROP TABLE people",
                                "CREATE TABLE t (x)",
                                "CREATE TEMP TABLE t (x)",
                                "CREATE TEMP TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM people; END",
                                "ALTER TABLE people RENAME TO t",
                                "VACUUM",
                                "VACUUM INTO '%DIR%/copy.db'",
                                "REINDEX",
                                "ANALYZE",
                                "BEGIN IMMEDIATE",
                                "SAVEPOINT s",
                                "COMMIT",
                                "ATTACH '%DIR%/new.db' AS other",
                                "ATTACH DATABASE ':memory:' AS other",
                                "DETACH main",
                                "PRAGMA query_only = 0",
                                "PRAGMA writable_schema = 1",
                                "PRAGMA journal_mode = WAL",
                                "PRAGMA user_version = 7",
                                "PRAGMA wal_checkpoint(TRUNCATE)",
                                "PRAGMA temp_store_directory = '%DIR%'",
                                "PRAGMA trusted_schema = 1",
                                "PRAGMA hard_heap_limit = 1",
                                "SELECT * FROM pragma_user_version, pragma_journal_mode('WAL')",
                                "SELECT load_extension('%DIR%/evil.so')",
                                "SELECT writefile('%DIR%/x', 'y')",
                                "SELECT readfile('/etc/passwd')",
                                "SELECT edit('x', 'touch %DIR%/y')",
                                "SELECT fts3_tokenizer('simple', x'00')",
                                "WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone",
                                "WITH one AS (SELECT 1) INSERT INTO people (name) SELECT 'Eve' FROM one",
                                "WITH one AS (SELECT 1) DELETE FROM people",
                                "INSERT INTO people (name) VALUES ('Eve') RETURNING id",
                                "SELECT 1; DELETE FROM people",
                                "SELECT 1;;; DELETE FROM people",
                                "SELECT 1 -- \n; DELETE FROM people",
                                "/* ; */ DELETE FROM people /* SELECT */",
                                "--\nDELETE FROM people",
                                "EXPLAIN SELECT 1; DROP TABLE people",
                                "; DROP TABLE people",
                                "CREATE VIRTUAL TABLE t USING fts5(x)",
                                "CREATE VIRTUAL TABLE t USING dbstat",
                                "SELECT * FROM people; COMMIT; BEGIN IMMEDIATE; DELETE FROM people; COMMIT"})
            QTest::addRow("%s", sql) << QString::fromLatin1(sql);
    }

    void nothingWrites()
    {
        QFETCH(QString, sql);
        sql.replace(u"%DIR%"_s, m_folder.path());
        const QByteArray before = state();
        const auto grid = asked(sql);
        QVERIFY2(!grid, "it was carried out");
        QVERIFY(!grid.error().message.isEmpty());
        QCOMPARE(state(), before);
    }

    void explainingWritesNothing()
    {
        const QByteArray before = state();
        asked(u"EXPLAIN DELETE FROM people"_s);
        QCOMPARE(state(), before);
    }

    void whatIsTooMuchIsEnded_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("mayAnswer");
        const QString numbers = u"WITH RECURSIVE n (i) AS (SELECT 1 UNION %1 SELECT i + 1 FROM n) "_s;
        QTest::addRow("recursion") << numbers.arg(u"ALL"_s) + u"SELECT count(*) FROM n"_s << false;
        QTest::addRow("distinct recursion") << numbers.arg(QString()) + u"SELECT count(*) FROM n"_s << false;
        QTest::addRow("sorting") << numbers.arg(u"ALL"_s) + u"SELECT i, hex(zeroblob(9999)) h FROM n ORDER BY h"_s
                                 << false;
        QTest::addRow("putting together")
            << numbers.arg(u"ALL"_s) + u"SELECT group_concat(hex(zeroblob(9999))) FROM n"_s << false;
        QTest::addRow("a huge value") << u"SELECT zeroblob(1000000000)"_s << false;
        QTest::addRow("a huge text") << u"SELECT length(replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000))))"_s
                                     << false;
        QTest::addRow("a huge format") << u"SELECT printf('%1000000000d', 1)"_s << true;
        QTest::addRow("a slow pattern") << u"SELECT hex(zeroblob(4000000)) LIKE '%0%0%0%0%0%0%0%0%0%0%1'"_s << true;
        QTest::addRow("deep") << u"SELECT "_s + QString(5000, u'(') + u'1' + QString(5000, u')') << true;
        QTest::addRow("long") << u"SELECT '"_s + QString(200'000, u'x') + u'\'' << false;
    }

    void whatIsTooMuchIsEnded()
    {
        QFETCH(const QString, sql);
        QFETCH(const bool, mayAnswer);
        const auto grid = asked(sql);
        QVERIFY(grid ? mayAnswer : grid.error().kind == ErrorKind::BadInput);
    }

    void stoppingItStopsTheWork()
    {
        QueryDatabase tool(m_source);
        CancelSource source;
        QTimer::singleShot(200, this, [&source] { source.request_stop(); });
        const QString sql =
            u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s;
        const auto result = test::resultOf(tool.call({{u"sql"_s, sql}}, source.get_token()));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    }

    void longResultsAreCutWithAWayToReadOn()
    {
        QueryDatabase tool(m_source);
        const QString sql =
            u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 250) SELECT i FROM n"_s;
        int seen = 0;
        for (int skip = 0; skip < 300; skip += 100) {
            const auto part = test::resultOf(tool.call({{u"sql"_s, sql}, {u"skip"_s, skip}}, {}));
            QVERIFY(part);
            QCOMPARE(part->grid->rows[0][0].toInt(), skip + 1);
            QCOMPARE(part->grid->isWhole, skip == 200);
            QCOMPARE(part->text.contains(u"\"skip\": %1"_s.arg(skip + 100)), skip < 200);
            seen += int(part->grid->rows.size());
        }
        QCOMPARE(seen, 250);
        const auto wide = asked(u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 90) "
                                "SELECT hex(zeroblob(50000)) FROM n"_s);
        QVERIFY(wide);
        QVERIFY(!wide->isWhole);
        QVERIFY(wide->rows[0][0].toString().size() < 5'000);
    }

    void aModelIsToldWhatIsWrong()
    {
        QVERIFY(asked(u"SELECT nme FROM people"_s).error().message.contains(u"nme"_s));
        QVERIFY(asked(u""_s).error().message.contains(u"one SQL statement"_s));
        QVERIFY(asked(u"SELEC 1"_s).error().message.contains(u"SELEC"_s));
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        QFile file(m_folder.filePath(u"text.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        const auto source = dataSourceFor(file.fileName());
        QVERIFY(source);
        QCOMPARE((*source)->tables({}).error().kind, ErrorKind::Corrupt);
        QVERIFY(!dataSourceFor(m_folder.filePath(u"missing.db"_s)));
        QVERIFY(!dataSourceFor(m_folder.path()));
        QVERIFY(!dataSourceFor(u"/dev/zero"_s));
        QVERIFY(!QFile::exists(m_folder.filePath(u"missing.db"_s)));
    }

    void databasesAreKeptByNameAndTheirPasswordsElsewhere()
    {
        const QString settings = m_folder.filePath(u"settings.ini"_s);
        store::MemorySecrets secrets;
        DatabaseStore databases(settings, secrets);
        QVERIFY(test::resultOf(databases.put(u"Sales / north"_s, u"postgresql://ada:top%20secret@db.example/shop"_s)));
        QVERIFY(test::resultOf(databases.put(u"file"_s, m_path)));
        QVERIFY(!test::resultOf(databases.put(QString(), m_path)));
        QCOMPARE(databases.all(), (QMap<QString, QString>{{u"Sales / north"_s, u"postgresql://ada@db.example/shop"_s},
                                                          {u"file"_s, m_path}}));
        QCOMPARE(*test::resultOf(databases.password(u"Sales / north"_s)), u"top secret"_s);
        QFile file(settings);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret"));
        QVERIFY(test::resultOf(databases.remove(u"Sales / north"_s)));
        QCOMPARE(databases.all().keys(), QStringList{u"file"_s});
        QVERIFY(test::resultOf(databases.password(u"Sales / north"_s))->isEmpty());
    }

    void theSampleShopHasSalesUpToToday()
    {
        const auto source = dataSourceFor(u"sample"_s);
        QVERIFY(source);
        const auto months =
            (*source)->query({.sql = u"SELECT strftime('%Y-%m', sold_at) AS month, sum(amount) AS total "
                                     "FROM sales GROUP BY month ORDER BY month DESC"_s},
                             {});
        QVERIFY2(months, qPrintable(months ? QString() : months.error().message));
        const QDate today = QDate::currentDate();
        const auto totalOf = [&months](QDate day) {
            for (const QJsonArray &row : months->rows) {
                if (row[0].toString() == day.toString(u"yyyy-MM"_s))
                    return row[1].toDouble();
            }
            return 0.0;
        };
        QVERIFY(qAbs(totalOf(today.addMonths(-1)) - 48'210.40) < 0.001);
        QVERIFY(qAbs(totalOf(today.addMonths(-2)) - 43'044.10) < 0.001);
        QCOMPARE(months->rows.size(), totalOf(today) > 0 ? 14uz : 13uz);
        const auto late = (*source)->query(
            {.sql = u"SELECT count(*) FROM sales WHERE sold_at > ?"_s, .parameters = {today.toString(Qt::ISODate)}},
            {});
        QCOMPARE(late->rows[0][0].toInt(), 0);
        QVERIFY(!(*source)->query({.sql = u"DELETE FROM sales"_s}, {}));
    }
};

QTEST_GUILESS_MAIN(TestSqlite)
#include "tst_sqlite.moc"
