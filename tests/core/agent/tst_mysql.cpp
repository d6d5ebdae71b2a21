// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/datasource.h"

#include <QDir>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <grp.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::agent;
using namespace Qt::StringLiterals;

/// Against a MariaDB server of its own, started here as an unprivileged user from what is installed under /usr, or
/// under the folder that QUINTET_TEST_MARIADB names.
class TestMysql final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{QDir::tempPath() + u"/quintet-my-XXXXXX"_s};
    QString m_prefix = qEnvironmentVariable("QUINTET_TEST_MARIADB", u"/usr"_s);
    QProcess m_server;
    quint16 m_port = 0;

    /// The server refuses to run as root.
    static void leavePrivileges()
    {
        if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
            ::_exit(126);
    }

    QString socket() const { return m_folder.filePath(u"s"_s); }

    bool runs(const QString &program, const QStringList &arguments, const QString &input = {}) const
    {
        QProcess process;
        process.setChildProcessModifier(leavePrivileges);
        process.setWorkingDirectory(m_folder.path());
        process.setStandardOutputFile(QProcess::nullDevice());
        process.start(m_prefix + program, arguments);
        process.write(input.toUtf8());
        process.closeWriteChannel();
        const bool isFine =
            process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        if (!isFine && !input.isEmpty())
            qWarning("%s", process.readAllStandardError().constData());
        return isFine;
    }

    bool isUp() const
    {
        return runs(u"/bin/mariadb-admin"_s, {u"--no-defaults"_s, u"-S"_s, socket(), u"-u"_s, u"root"_s, u"ping"_s});
    }

    /// As root, straight through: what sets the scene.
    bool executed(const QString &sql) const
    {
        return runs(u"/bin/mariadb"_s, {u"--no-defaults"_s, u"-S"_s, socket(), u"-u"_s, u"root"_s}, sql);
    }

    QString url(const QString &user) const { return u"mysql://%1:pass@127.0.0.1:%2/shop"_s.arg(user).arg(m_port); }

    Result<Grid> asked(const QString &sql, const QJsonArray &parameters = {}, const QString &user = u"reader"_s) const
    {
        const auto source = dataSourceFor(url(user));
        return (*source)->query({.sql = sql, .parameters = parameters, .time = std::chrono::seconds(4)}, {});
    }

    QString peopleNow() const
    {
        const auto grid = asked(u"SELECT GROUP_CONCAT(name ORDER BY id) FROM people"_s);
        return grid ? grid->rows[0][0].toString() : grid.error().message;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(m_prefix + u"/sbin/mariadbd"_s))
            QSKIP("No MariaDB server is installed; set QUINTET_TEST_MARIADB to the folder that holds its sbin.");
        if (::geteuid() == 0)
            QCOMPARE(::chown(QFile::encodeName(m_folder.path()).constData(), 65534, 65534), 0);
        const QString data = u"--datadir="_s + m_folder.filePath(u"data"_s);
        QVERIFY(
            runs(u"/bin/mariadb-install-db"_s, {u"--no-defaults"_s, u"--basedir="_s + m_prefix, data,
                                                u"--auth-root-authentication-method=normal"_s, u"--skip-test-db"_s}));
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_port = free.serverPort();
        free.close();
        m_server.setChildProcessModifier(leavePrivileges);
        m_server.setStandardErrorFile(QProcess::nullDevice());
        m_server.start(m_prefix + u"/sbin/mariadbd"_s,
                       {u"--no-defaults"_s, u"--basedir="_s + m_prefix, data, u"--socket="_s + socket(),
                        u"--port=%1"_s.arg(m_port), u"--bind-address=127.0.0.1"_s,
                        u"--pid-file="_s + m_folder.filePath(u"pid"_s), u"--secure-file-priv="_s,
                        u"--innodb-buffer-pool-size=16M"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isUp(), 60'000);
        QVERIFY(
            executed(u"CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;"
                     "CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, pay DECIMAL(10,2), born "
                     "DATE, raw BLOB);"
                     "CREATE TABLE pets (id INT AUTO_INCREMENT PRIMARY KEY, owner INT, FOREIGN KEY (owner) REFERENCES "
                     "people (id));"
                     "CREATE SEQUENCE numbers;"
                     "INSERT INTO people VALUES (1, 'Ada', 12.50, '1815-12-10', x'0102'), (2, 'Bob', NULL, NULL, NULL);"
                     "CREATE FUNCTION sneaky() RETURNS INT MODIFIES SQL DATA RETURN NEXTVAL(numbers);"
                     "CREATE USER reader@'%' IDENTIFIED BY 'pass'; GRANT ALL ON shop.* TO reader@'%';"
                     "CREATE USER filer@'%' IDENTIFIED BY 'pass'; GRANT FILE ON *.* TO filer@'%'; GRANT SELECT ON "
                     "shop.* TO filer@'%';"
                     "CREATE USER boss@'%' IDENTIFIED BY 'pass'; GRANT ALL ON *.* TO boss@'%';"_s));
    }

    void cleanupTestCase()
    {
        m_server.terminate();
        if (m_server.state() != QProcess::NotRunning && !m_server.waitForFinished(20'000))
            m_server.kill();
    }

    void rowsComeWithTheirTypes()
    {
        const auto grid = asked(u"SELECT * FROM people ORDER BY id"_s);
        QVERIFY2(grid, qPrintable(grid ? QString() : grid.error().message));
        QCOMPARE(grid->columns, (QStringList{u"id"_s, u"name"_s, u"pay"_s, u"born"_s, u"raw"_s}));
        QCOMPARE(grid->rows[0], (QJsonArray{1, u"Ada"_s, 12.5, u"1815-12-10"_s, u"(2 bytes)"_s}));
        QCOMPARE(grid->rows[1], (QJsonArray{2, u"Bob"_s, QJsonValue(), QJsonValue(), QJsonValue()}));
    }

    void parametersAreBound()
    {
        QCOMPARE(asked(u"SELECT name FROM people WHERE id = ?"_s, {2})->rows[0][0].toString(), u"Bob"_s);
        QCOMPARE(asked(u"SELECT name FROM people WHERE name = ?"_s, {u"' OR 1 = 1 -- "_s})->rows.size(), 0uz);
        QVERIFY(!asked(u"SELECT 1"_s, {1}));
        QVERIFY(!asked(u"SELECT ?"_s));
    }

    void tablesAndColumnsAreDescribed()
    {
        const auto source = dataSourceFor(url(u"reader"_s));
        const auto tables = (*source)->tables({});
        QVERIFY2(tables, qPrintable(tables ? QString() : tables.error().message));
        QVERIFY(tables->rows.size() >= 2);
        const auto columns = (*source)->columns(u"pets"_s, {});
        QVERIFY2(columns, qPrintable(columns ? QString() : columns.error().message));
        QCOMPARE(columns->rows[1], (QJsonArray{u"owner"_s, u"int(11)"_s, true, false, u"people.id"_s}));
        QVERIFY(!(*source)->columns(u"nobody"_s, {}));
    }

    void nothingWrites_data()
    {
        QTest::addColumn<QString>("sql");
        const QString file = m_folder.filePath(u"made"_s);
        for (const QString &sql : QStringList{u"INSERT INTO people (id, name) VALUES (3, 'Eve')"_s,
                                              u"INSERT INTO people (id, name) VALUES (3, 'Eve') RETURNING id"_s,
                                              u"DELETE FROM people RETURNING id"_s,
                                              u"REPLACE INTO people (id, name) VALUES (1, 'Eve') RETURNING id"_s,
                                              u"UPDATE people SET name = 'x'"_s,
                                              u"WITH one AS (SELECT 1) DELETE FROM people"_s,
                                              u"SELECT 1; DELETE FROM people"_s,
                                              u"SELECT 1; COMMIT; DELETE FROM people"_s,
                                              u"COMMIT"_s,
                                              u"SET TRANSACTION READ WRITE"_s,
                                              u"SET autocommit = 1"_s,
                                              u"SELECT * FROM people INTO OUTFILE '%1'"_s.arg(file),
                                              u"SELECT name INTO DUMPFILE '%1' FROM people"_s.arg(file),
                                              u"SELECT name INTO @x FROM people LIMIT 1"_s,
                                              u"SELECT LOAD_FILE('/etc/passwd')"_s,
                                              u"SELECT load_file /**/ ('/etc/passwd')"_s,
                                              u"LOAD DATA INFILE '/etc/passwd' INTO TABLE people"_s,
                                              u"LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE people"_s,
                                              u"SELECT NEXTVAL(numbers)"_s,
                                              u"SELECT NEXT VALUE FOR numbers"_s,
                                              u"SELECT SETVAL(numbers, 99)"_s,
                                              u"SELECT sneaky()"_s,
                                              u"SELECT GET_LOCK('x', 1)"_s,
                                              u"SELECT SLEEP(100)"_s,
                                              u"SELECT BENCHMARK(1000000000, SHA2('x', 512))"_s,
                                              u"SELECT * FROM people FOR UPDATE"_s,
                                              u"CREATE TABLE t (x INT)"_s,
                                              u"CREATE TEMPORARY TABLE t (x INT)"_s,
                                              u"DROP TABLE people"_s,
                                              u"TRUNCATE people"_s,
                                              u"CALL nothing()"_s,
                                              u"DO SLEEP(1)"_s,
                                              u"BEGIN NOT ATOMIC DELETE FROM people; END"_s,
                                              u"PREPARE p FROM 'DELETE FROM people'"_s,
                                              u"EXECUTE IMMEDIATE 'DELETE FROM people'"_s,
                                              u"EXPLAIN ANALYZE DELETE FROM people"_s,
                                              u"ANALYZE DELETE FROM people"_s,
                                              u"SELECT 1 /*! ; DELETE FROM people */"_s,
                                              u"/*!50000 DELETE FROM people */"_s,
                                              u"/*M! DELETE FROM people */"_s,
                                              u"-- \nDELETE FROM people"_s,
                                              u"HANDLER people OPEN"_s,
                                              u"LOCK TABLES people WRITE"_s,
                                              u"FLUSH TABLES"_s,
                                              u"KILL 1"_s,
                                              u"GRANT ALL ON *.* TO reader"_s,
                                              u"SET PASSWORD = PASSWORD('x')"_s,
                                              u""_s})
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
    }

    void accountsThatMayMoreAreRefused()
    {
        QVERIFY(asked(u"SELECT 1"_s));
        for (const QString &user : {u"filer"_s, u"boss"_s}) {
            const auto grid = asked(u"SELECT 1"_s, {}, user);
            QVERIFY2(!grid, qPrintable(user));
            QCOMPARE(grid.error().kind, ErrorKind::Refused);
        }
        QVERIFY((*dataSourceFor(url(u"boss"_s), {.takesPowerful = true}))->query({.sql = u"SELECT 1"_s}, {}));
    }

    void whatIsTooMuchIsEnded()
    {
        const auto grid = asked(u"WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) "
                                "SELECT COUNT(*) FROM n a, n b, n c, n d"_s);
        QVERIFY(!grid);
        QCOMPARE(grid.error().kind, ErrorKind::BadInput);
    }

    void longResultsAreCut()
    {
        const auto grid = asked(u"SELECT seq FROM seq_1_to_100000"_s);
        QVERIFY2(grid, qPrintable(grid ? QString() : grid.error().message));
        QCOMPARE(grid->rows.size(), 100uz);
        QVERIFY(!grid->isWhole);
        QVERIFY(asked(u"SELECT REPEAT('x', 100000)"_s)->rows[0][0].toString().size() < 5'000);
    }

    void stoppingItStopsTheServersWork()
    {
        CancelSource source;
        const std::unique_ptr<QThread> stopper(QThread::create([&source] {
            QThread::msleep(500);
            source.request_stop();
        }));
        stopper->start();
        const auto grid =
            (*dataSourceFor(url(u"reader"_s)))
                ->query({.sql = u"SELECT COUNT(*) FROM seq_1_to_100000 a, seq_1_to_100000 b"_s}, source.get_token());
        stopper->wait();
        QVERIFY(!grid);
        QCOMPARE(grid.error().kind, ErrorKind::Cancelled);
    }

    void whatIsWrongIsSaid()
    {
        QVERIFY(asked(u"SELECT nme FROM people"_s).error().message.contains(u"nme"_s));
        QCOMPARE(asked(u"SELECT 1"_s, {}, u"stranger"_s).error().kind, ErrorKind::Unauthorized);
        QCOMPARE((*dataSourceFor(u"mysql://x@127.0.0.1:1/shop"_s))->tables({}).error().kind, ErrorKind::Network);
    }
};

QTEST_GUILESS_MAIN(TestMysql)
#include "tst_mysql.moc"
