// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/datasource.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::agent;
using namespace Qt::StringLiterals;

/// Against a PostgreSQL server of its own, started here as an unprivileged user from the programs that are installed,
/// or from the folder that QUINTET_TEST_POSTGRESQL names.
class TestPostgres final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{QDir::tempPath() + u"/quintet-pg-XXXXXX"_s};
    QString m_programs;
    QProcess m_server;

    static QString programs()
    {
        if (const QString folder = qEnvironmentVariable("QUINTET_TEST_POSTGRESQL"); !folder.isEmpty())
            return folder;
        const QDir versions(u"/usr/lib/postgresql"_s);
        for (const QString &version :
             versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
            if (QFile::exists(versions.filePath(version + u"/bin/initdb"_s)))
                return versions.filePath(version + u"/bin"_s);
        }
        return {};
    }

    /// The server refuses to run as root.
    static void leavePrivileges()
    {
        if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
            ::_exit(126);
    }

    bool runs(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setChildProcessModifier(leavePrivileges);
        process.setWorkingDirectory(m_folder.path());
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(m_programs + u'/' + program, arguments);
        return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit
               && process.exitCode() == 0;
    }

    QString url(const QString &user) const
    {
        return u"postgresql:///postgres?host=%1&user=%2"_s.arg(m_folder.path(), user);
    }

    /// As the superuser, straight through: what sets the scene.
    bool executed(const QString &sql) const
    {
        QProcess single;
        single.setChildProcessModifier(leavePrivileges);
        single.start(m_programs + u"/psql"_s, {u"-X"_s, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-h"_s,
                                               m_folder.path(), u"-U"_s, u"boss"_s, u"-c"_s, sql, u"postgres"_s});
        return single.waitForFinished(30'000) && single.exitCode() == 0;
    }

    Result<Grid> asked(const QString &sql, const QJsonArray &parameters = {}, const QString &user = u"reader"_s) const
    {
        const auto source = dataSourceFor(url(user));
        return (*source)->query({.sql = sql, .parameters = parameters, .time = std::chrono::seconds(4)}, {});
    }

    QString peopleNow() const
    {
        const auto grid = asked(u"SELECT string_agg(name, ',' ORDER BY id) FROM people"_s);
        return grid ? grid->rows[0][0].toString() : grid.error().message;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_programs = programs();
        if (m_programs.isEmpty())
            QSKIP("No PostgreSQL server is installed; set QUINTET_TEST_POSTGRESQL to the folder of its programs.");
        if (::geteuid() == 0)
            QCOMPARE(::chown(QFile::encodeName(m_folder.path()).constData(), 65534, 65534), 0);
        QVERIFY(runs(u"initdb"_s, {u"-D"_s, m_folder.filePath(u"data"_s), u"-U"_s, u"boss"_s, u"-A"_s, u"trust"_s,
                                   u"-E"_s, u"UTF8"_s, u"--locale=C"_s, u"-N"_s}));
        m_server.setChildProcessModifier(leavePrivileges);
        m_server.setStandardErrorFile(QProcess::nullDevice());
        m_server.start(m_programs + u"/postgres"_s, {u"-D"_s, m_folder.filePath(u"data"_s), u"-k"_s, m_folder.path(),
                                                     u"-h"_s, QString(), u"-F"_s, u"-c"_s, u"jit=off"_s});
        QTRY_VERIFY_WITH_TIMEOUT(runs(u"pg_isready"_s, {u"-q"_s, u"-h"_s, m_folder.path()}), 30'000);
        QVERIFY(executed(
            u"CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, pay numeric(10,2), born date, ok boolean, "
            u"raw bytea);"
            "CREATE TABLE pets (id serial, owner int REFERENCES people);"
            "CREATE SEQUENCE numbers;"
            "INSERT INTO people VALUES (1, 'Ada', 12.50, '1815-12-10', true, '\\x0102'), (2, 'Bob', NULL, NULL, false, "
            "NULL);"
            "CREATE FUNCTION sneaky() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM people RETURNING id';"
            "CREATE FUNCTION sly() RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER AS "
            "'BEGIN EXECUTE ''DELETE FROM people''; RETURN 1; END';"
            "CREATE ROLE reader LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO reader;"
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO reader; GRANT CREATE ON SCHEMA public TO reader;"
            "CREATE ROLE runner LOGIN IN ROLE pg_execute_server_program;"
            "CREATE ROLE indirect LOGIN IN ROLE runner;"
            "CREATE ROLE filer LOGIN IN ROLE pg_read_server_files;"_s));
    }

    void cleanupTestCase()
    {
        m_server.terminate();
        if (m_server.state() != QProcess::NotRunning && !m_server.waitForFinished(10'000))
            m_server.kill();
    }

    void rowsComeWithTheirTypes()
    {
        const auto grid = asked(u"SELECT * FROM people ORDER BY id"_s);
        QVERIFY2(grid, qPrintable(grid ? QString() : grid.error().message));
        QCOMPARE(grid->columns, (QStringList{u"id"_s, u"name"_s, u"pay"_s, u"born"_s, u"ok"_s, u"raw"_s}));
        QCOMPARE(grid->rows[0], (QJsonArray{1, u"Ada"_s, 12.5, u"1815-12-10"_s, true, u"(2 bytes)"_s}));
        QCOMPARE(grid->rows[1], (QJsonArray{2, u"Bob"_s, QJsonValue(), QJsonValue(), false, QJsonValue()}));
    }

    void parametersAreBoundAndCounted()
    {
        QCOMPARE(asked(u"SELECT name FROM people WHERE id = $1"_s, {2})->rows[0][0].toString(), u"Bob"_s);
        QCOMPARE(asked(u"SELECT $1::text, $2::int, $3::boolean"_s, {u"'; DROP TABLE people; --"_s, QJsonValue(), true})
                     ->rows[0],
                 (QJsonArray{u"'; DROP TABLE people; --"_s, QJsonValue(), true}));
        QVERIFY(!asked(u"SELECT $1::int"_s));
        QVERIFY(!asked(u"SELECT 1"_s, {1}));
    }

    void tablesAndColumnsAreDescribed()
    {
        const auto source = dataSourceFor(url(u"reader"_s));
        const auto tables = (*source)->tables({});
        QVERIFY2(tables, qPrintable(tables ? QString() : tables.error().message));
        QCOMPARE(tables->rows.size(), 2uz);
        QCOMPARE(tables->rows[0], (QJsonArray{u"people"_s, u"table"_s, u"id, name, pay, born, ok, raw"_s}));
        const auto columns = (*source)->columns(u"pets"_s, {});
        QVERIFY2(columns, qPrintable(columns ? QString() : columns.error().message));
        QCOMPARE(columns->rows[1], (QJsonArray{u"owner"_s, u"integer"_s, true, false, u"people"_s}));
        QVERIFY(!(*source)->columns(u"nobody"_s, {}));
    }

    void nothingWrites_data()
    {
        QTest::addColumn<QString>("sql");
        const QString file = m_folder.filePath(u"made"_s);
        for (
            const QString &sql : QStringList{
                u"INSERT INTO people VALUES (3, 'Eve')"_s,
                u"INSERT INTO people VALUES (3, 'Eve') RETURNING id"_s,
                u"DELETE FROM people RETURNING *"_s,
                u"UPDATE people SET name = 'x' RETURNING *"_s,
                u"WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone"_s,
                u"COMMIT; BEGIN READ WRITE; INSERT INTO people VALUES (3, 'Eve'); COMMIT"_s,
                u"SELECT 1; DELETE FROM people"_s,
                u"SELECT 1; COMMIT; DELETE FROM people"_s,
                u"COMMIT"_s,
                u"ROLLBACK AND CHAIN"_s,
                u"END"_s,
                u"SET TRANSACTION READ WRITE"_s,
                u"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"_s,
                u"SET transaction_read_only = off"_s,
                u"SELECT set_config('transaction_read_only', 'off', false)"_s,
                u"WITH off AS MATERIALIZED (SELECT set_config('transaction_read_only', 'off', false)) DELETE FROM people RETURNING 1"_s,
                u"SELECT \"set_config\"('transaction_read_only', 'off', false)"_s,
                u"SELECT pg_catalog . set_config /* ( */ ('transaction_read_only', 'off', false)"_s,
                u"SELECT U&\"set\\005fconfig\"('transaction_read_only', 'off', false)"_s,
                u"DO $$ BEGIN DELETE FROM people; END $$"_s,
                u"DO $$ BEGIN COMMIT; DELETE FROM people; END $$"_s,
                u"CALL sneaky()"_s,
                u"SELECT sneaky()"_s,
                u"SELECT SNEAKY()"_s,
                u"SELECT sly()"_s,
                u"SELECT query_to_xml('DELETE FROM people RETURNING 1', true, false, '')"_s,
                u"SELECT nextval('numbers')"_s,
                u"SELECT setval('numbers', 99)"_s,
                u"COPY people TO PROGRAM 'touch %1'"_s.arg(file),
                u"COPY people TO '%1'"_s.arg(file),
                u"COPY people FROM PROGRAM 'echo 3'"_s,
                u"COPY people TO STDOUT"_s,
                u"COPY people FROM STDIN"_s,
                u"SELECT pg_read_file('/etc/passwd')"_s,
                u"SELECT lo_import('/etc/passwd')"_s,
                u"SELECT lo_create(0)"_s,
                u"SELECT pg_terminate_backend(pg_backend_pid())"_s,
                u"SELECT pg_advisory_lock(1)"_s,
                u"SELECT pg_notify('a', 'b')"_s,
                u"NOTIFY a"_s,
                u"LISTEN a"_s,
                u"SELECT pg_sleep(100)"_s,
                u"SELECT dblink_exec('dbname=postgres', 'DELETE FROM people')"_s,
                u"CREATE TABLE t (x int)"_s,
                u"CREATE TEMP TABLE t (x int)"_s,
                u"SELECT * INTO t FROM people"_s,
                u"CREATE TABLE t AS SELECT 1"_s,
                u"TRUNCATE people"_s,
                u"LOCK people IN ACCESS EXCLUSIVE MODE"_s,
                u"SELECT * FROM people FOR UPDATE"_s,
                u"PREPARE p AS DELETE FROM people"_s,
                u"DECLARE c CURSOR WITH HOLD FOR SELECT 1"_s,
                u"EXPLAIN ANALYZE DELETE FROM people"_s,
                u"SET ROLE boss"_s,
                u"RESET ALL"_s,
                u"DISCARD ALL"_s,
                u"VACUUM"_s,
                u"LOAD 'dblink'"_s,
                u"ALTER ROLE reader SUPERUSER"_s,
                u""_s,
                u"-- nothing"_s})
            QTest::addRow("%s", qPrintable(sql)) << sql;
    }

    void nothingWrites()
    {
        QFETCH(const QString, sql);
        const auto grid = asked(sql);
        QVERIFY2(!grid, "it was carried out");
        QVERIFY(!grid.error().message.isEmpty());
        QCOMPARE(peopleNow(), u"Ada,Bob"_s);
        QVERIFY(!QFile::exists(m_folder.filePath(u"made"_s)));
        QCOMPARE(asked(u"SELECT is_called FROM numbers"_s)->rows[0][0].toBool(), false);
    }

    void accountsThatMayMoreAreRefused()
    {
        for (const QString &user : {u"boss"_s, u"runner"_s, u"indirect"_s, u"filer"_s}) {
            const auto grid = asked(u"SELECT 1"_s, {}, user);
            QVERIFY2(!grid, qPrintable(user));
            QCOMPARE(grid.error().kind, ErrorKind::Refused);
        }
        // Insisted on, they are asked, and what they write does still not stand.
        const auto source = dataSourceFor(url(u"boss"_s), {.takesPowerful = true});
        QVERIFY((*source)->query({.sql = u"SELECT 1"_s}, {}));
        QVERIFY(
            !(*source)->query({.sql = u"COPY people TO PROGRAM 'touch %1'"_s.arg(m_folder.filePath(u"made"_s))}, {}));
        QVERIFY(!QFile::exists(m_folder.filePath(u"made"_s)));
    }

    void whatIsTooMuchIsEnded_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addRow("endless recursion")
            << u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s;
        QTest::addRow("a product")
            << u"SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"_s;
    }

    void whatIsTooMuchIsEnded()
    {
        QFETCH(const QString, sql);
        const auto grid = asked(sql);
        QVERIFY(!grid);
        QCOMPARE(grid.error().kind, ErrorKind::BadInput);
    }

    void longResultsAreCut()
    {
        const auto grid = asked(u"SELECT generate_series(1, 100000000)"_s);
        QVERIFY2(grid, qPrintable(grid ? QString() : grid.error().message));
        QCOMPARE(grid->rows.size(), 100uz);
        QVERIFY(!grid->isWhole);
        // Refused, or cut, by how it arrives.
        const auto huge = asked(u"SELECT repeat('x', 500000000)"_s);
        QVERIFY(!huge || huge->rows[0][0].toString().size() < 5'000);
        QVERIFY(asked(u"SELECT repeat('x', 100000)"_s)->rows[0][0].toString().size() < 5'000);
    }

    void stoppingItStopsTheServersWork()
    {
        CancelSource source;
        const std::unique_ptr<QThread> stopper(QThread::create([&source] {
            QThread::msleep(500);
            source.request_stop();
        }));
        stopper->start();
        const auto database = dataSourceFor(url(u"reader"_s));
        const auto grid = (*database)->query(
            {.sql = u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s},
            source.get_token());
        stopper->wait();
        QVERIFY(!grid);
        QCOMPARE(grid.error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(
            asked(u"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'WITH RECURSIVE%'"_s)
                ->rows[0][0]
                .toInt(),
            0);
    }

    void aModelIsToldWhatIsWrong()
    {
        QVERIFY(asked(u"SELECT nme FROM people"_s).error().message.contains(u"nme"_s));
        QVERIFY(asked(u"SELEC 1"_s).error().message.contains(u"SELEC"_s));
    }

    void aServerThatIsNotThereIsSaid()
    {
        const auto source = dataSourceFor(u"postgresql:///x?host=/nowhere"_s);
        QVERIFY(source);
        QCOMPARE((*source)->tables({}).error().kind, ErrorKind::Network);
        QCOMPARE(asked(u"SELECT 1"_s, {}, u"stranger"_s).error().kind, ErrorKind::Network);
    }
};

QTEST_GUILESS_MAIN(TestPostgres)
#include "tst_postgres.moc"
