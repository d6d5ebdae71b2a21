// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/lease.h"
#include "support/fakes.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::store;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestDatabase final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    QString newPath() { return m_folder.filePath(QStringLiteral("%1.db").arg(++m_count)); }

    /// A folder of migrations as a test wants it.
    Schema schemaOf(const QStringList &scripts)
    {
        const QString folder = m_folder.filePath(QStringLiteral("sql%1").arg(++m_count));
        QDir().mkpath(folder);
        for (qsizetype i = 0; i < scripts.size(); ++i)
            write(QStringLiteral("%1/%2_step.sql").arg(folder).arg(i + 1, 4, 10, QLatin1Char('0')),
                  scripts.at(i).toUtf8());
        return {folder, 0x51544554};
    }

    static QVariant valueIn(const QString &path, const QString &sql)
    {
        auto connection = Connection::open(path, Connection::Mode::ReadOnly);
        return connection ? connection->value(sql).value_or(QVariant()) : QVariant();
    }

private Q_SLOTS:
    void aNewFileGetsTheNewestVersion()
    {
        const QString path = newPath();
        const auto database = Database::open(path, mainSchema());
        QVERIFY2(database.has_value(), database ? "" : qPrintable(database.error().message));
        QVERIFY(valueIn(path, QStringLiteral("PRAGMA user_version")).toInt() >= 1);
        QCOMPARE(valueIn(path, QStringLiteral("PRAGMA application_id")).toUInt(), mainSchema().applicationId);
        QCOMPARE(valueIn(path, QStringLiteral("PRAGMA journal_mode")).toString(), QStringLiteral("wal"));
    }

    void anOlderFileIsBackedUpAndBroughtUpToDate()
    {
        const QString path = newPath();
        const QString create = QStringLiteral("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);");
        QVERIFY(migrate(path, schemaOf({create})));
        QVERIFY(migrate(path, schemaOf({create, QStringLiteral("ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'new';")})));
        QCOMPARE(valueIn(path, QStringLiteral("SELECT b FROM t")).toString(), QStringLiteral("new"));
        QCOMPARE(valueIn(path + QStringLiteral(".backup-v1"), QStringLiteral("SELECT a FROM t")).toInt(), 1);
    }

    void aMigrationThatFailsLeavesTheOldVersionWhole()
    {
        const QString path = newPath();
        const QString create = QStringLiteral("CREATE TABLE t (a INTEGER);");
        QVERIFY(migrate(path, schemaOf({create})));
        const auto result =
            migrate(path, schemaOf({create, QStringLiteral("INSERT INTO t VALUES (1); CREATE TABLE t (b);")}));
        QVERIFY(!result);
        QCOMPARE(valueIn(path, QStringLiteral("PRAGMA user_version")).toInt(), 1);
        QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM t")).toInt(), 0);
    }

    void aFileFromTheFutureIsRefusedAndKeepsEveryByte()
    {
        const QString path = newPath();
        QVERIFY(migrate(path, mainSchema()));
        {
            auto connection = Connection::open(path);
            QVERIFY(connection->executeScript("PRAGMA user_version = 99"));
        }
        const QByteArray before = contentOf(path);
        const auto database = Database::open(path, mainSchema());
        QVERIFY(!database);
        QCOMPARE(database.error().kind, ErrorKind::Storage);
        QVERIFY(database.error().message.contains(QStringLiteral("newer version")));
        QCOMPARE(contentOf(path), before);
    }

    void anotherProgramsFileIsRefusedAndKeepsEveryByte()
    {
        const QString path = newPath();
        {
            auto connection = Connection::open(path);
            QVERIFY(connection->executeScript("CREATE TABLE recipes (name TEXT)"));
        }
        const QByteArray before = contentOf(path);
        QCOMPARE(migrate(path, mainSchema()).error().kind, ErrorKind::Corrupt);
        QCOMPARE(contentOf(path), before);
    }

    void aDamagedFileIsRefusedAndKeepsEveryByte_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addRow("no database") << QByteArray(5000, 'x');
        QTest::addRow("cut off") << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\xff');
    }

    void aDamagedFileIsRefusedAndKeepsEveryByte()
    {
        QFETCH(QByteArray, content);
        const QString path = newPath();
        write(path, content);
        const auto database = Database::open(path, mainSchema());
        QVERIFY(!database);
        QCOMPARE(database.error().kind, ErrorKind::Corrupt);
        QVERIFY(database.error().message.contains(path));
        QCOMPARE(contentOf(path), content);
    }

    void aFullDiskIsAStorageErrorAndNothingIsHalfWritten()
    {
        const QString path = newPath();
        const auto database = Database::open(path, schemaOf({QStringLiteral("CREATE TABLE t (a BLOB);")}));
        // SQLite's own limit stands in for the disk's.
        QVERIFY(
            (*database)
                ->writer()
                .write([](Connection &connection) { return connection.executeScript("PRAGMA max_page_count = 20"); })
                .result());
        auto good = (*database)->writer().write(
            [](Connection &connection) { return connection.execute(QStringLiteral("INSERT INTO t VALUES ('kept')")); });
        QVERIFY(good.result());
        auto large = (*database)->writer().write([](Connection &connection) {
            return connection.execute(QStringLiteral("INSERT INTO t VALUES (zeroblob(1000000))"));
        });
        QVERIFY(!large.result());
        QCOMPARE(large.result().error().kind, ErrorKind::Storage);
        QVERIFY(large.result().error().message.contains(QStringLiteral("full")));
        QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM t")).toInt(), 1);
    }

    void whatIsBoundIsKeptAsWhatItIs()
    {
        auto connection = Connection::open(newPath());
        QVERIFY(connection->executeScript("CREATE TABLE t (a ANY) STRICT"));
        const QVariantList values{true,
                                  -1,
                                  qint64(1) << 60,
                                  0.5,
                                  QStringLiteral("ä"),
                                  QStringLiteral(""),
                                  QByteArray("\0x", 2),
                                  QByteArray(""),
                                  QVariant(),
                                  QVariant(QMetaType::fromType<qint64>()),
                                  QString(),
                                  QByteArray()};
        for (const QVariant &value : values)
            QVERIFY(connection->execute(QStringLiteral("INSERT INTO t VALUES (?)"), {value}));
        QStringList kept;
        QVERIFY(
            connection->select(QStringLiteral("SELECT typeof(a), quote(a) FROM t"), {}, [&kept](const QSqlQuery &row) {
                kept << row.value(0).toString() + u' ' + row.value(1).toString();
            }));
        QCOMPARE(kept.join(u'|'), QStringLiteral("integer 1|integer -1|integer 1152921504606846976|real 0.5|text 'ä'|"
                                                 "text ''|blob X'0078'|blob X''|null NULL|null NULL|null NULL|"
                                                 "null NULL"));
    }

    void aStatementThatIsGivenTooLittleOrTooMuchFails()
    {
        auto connection = Connection::open(newPath());
        QVERIFY(connection->executeScript("CREATE TABLE t (a, b)"));
        const QString insert = QStringLiteral("INSERT INTO t VALUES (?, ?)");
        QVERIFY(!connection->execute(insert, {1}));
        QVERIFY(!connection->execute(insert, {1, 2, 3}));
        QVERIFY(connection->execute(insert, {1, 2}));
        QVERIFY(connection->execute(insert + QLatin1StringView("; "), {3, 4}));
        QVERIFY(!connection->execute(insert + QLatin1StringView("; DELETE FROM t"), {5, 6})); // which nobody would run
        QCOMPARE(connection->value(QStringLiteral("SELECT count(*) FROM t")).value().toInt(), 2);
        const auto unknown = connection->execute(QStringLiteral("INSERT INTO unknown VALUES (1)"));
        QVERIFY(unknown.error().detail.contains(QStringLiteral("no such table: unknown")));
    }

    void aJobThatFailsTakesNoneOfTheOthersWithIt()
    {
        const QString path = newPath();
        const auto database =
            Database::open(path, schemaOf({QStringLiteral("CREATE TABLE t (a INTEGER PRIMARY KEY);")}));
        QList<QFuture<Result<void>>> futures;
        for (int i = 0; i < 100; ++i) {
            futures << (*database)->writer().write([i](Connection &connection) -> Result<void> {
                if (auto inserted = connection.execute(QStringLiteral("INSERT INTO t VALUES (?)"), {i}); !inserted)
                    return inserted;
                if (i % 10 == 3)
                    return failure(ErrorKind::BadInput, QStringLiteral("no threes"));
                return {};
            });
        }
        for (int i = 0; i < 100; ++i)
            QCOMPARE(futures[i].result().has_value(), i % 10 != 3);
        QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM t")).toInt(), 90);
    }

    void whatNobodyWaitsForIsWrittenBeforeTheNextAndByItself()
    {
        const QString path = newPath();
        const auto database = Database::open(path, schemaOf({QStringLiteral("CREATE TABLE t (a INTEGER);")}));
        const auto insert = [](Connection &connection) {
            return connection.execute(QStringLiteral("INSERT INTO t VALUES (1)"));
        };
        qint64 seen = 0;
        for (int i = 0; i < 100; ++i)
            (*database)->writer().writeSoon(insert);
        const auto count = [&seen](Connection &connection) {
            return connection.value(QStringLiteral("SELECT count(*) FROM t")).transform([&seen](const QVariant &value) {
                seen = value.toLongLong();
            });
        };
        QVERIFY((*database)->writer().write(count).result());
        QCOMPARE(seen, 100);
        (*database)->writer().writeSoon(insert);
        QTRY_COMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM t")).toInt(), 101);
    }

    void aWriterThatIsDestroyedFinishesWhatItWasGiven()
    {
        const QString path = newPath();
        {
            const auto database = Database::open(path, schemaOf({QStringLiteral("CREATE TABLE t (a INTEGER);")}));
            for (int i = 0; i < 500; ++i)
                (*database)->writer().write([](Connection &connection) {
                    return connection.execute(QStringLiteral("INSERT INTO t VALUES (1)"));
                });
        }
        QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM t")).toInt(), 500);
    }

    void aLeaseHasOneHolder()
    {
        const auto database = Database::open(newPath(), mainSchema());
        auto connection = Connection::open((*database)->path());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const ProcessIdentity self = thisProcess();
        const ProcessIdentity elsewhere{QStringLiteral("another computer"), 1, 1};
        const QString name = QStringLiteral("run/1");
        QCOMPARE(takeLease(*connection, name, elsewhere, now).value(), true);
        QCOMPARE(takeLease(*connection, name, self, now.addSecs(29)).value(), false);
        QCOMPARE(renewLease(*connection, name, elsewhere, now.addSecs(20)).value(), true);
        QCOMPARE(takeLease(*connection, name, self, now.addSecs(49)).value(), false);
        QCOMPARE(takeLease(*connection, name, self, now.addSecs(51)).value(), true);
        QCOMPARE(renewLease(*connection, name, elsewhere, now.addSecs(52)).value(), false);
        QVERIFY(releaseLease(*connection, name, self));
        QCOMPARE(takeLease(*connection, name, elsewhere, now.addSecs(53)).value(), true);
    }

    void aClockThatIsSetTakesNoLeaseFromThisProcess()
    {
        const auto database = Database::open(newPath(), mainSchema());
        auto connection = Connection::open((*database)->path());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QSet<QString> own{QStringLiteral("run/1")};
        QVERIFY(takeLease(*connection, QStringLiteral("run/1"), thisProcess(), now).value());
        QVERIFY(takeLease(*connection, QStringLiteral("run/2"), {QStringLiteral("elsewhere"), 1, 1}, now).value());
        QCOMPARE(heldLeases(*connection, QStringLiteral("run/"), now.addSecs(29)).value().size(), 2);
        QCOMPARE(heldLeases(*connection, QStringLiteral("run/"), now.addDays(1)).value(), own);
        QCOMPARE(heldLeases(*connection, QStringLiteral("run/"), now.addDays(-1)).value().size(), 2);
    }

    void theLeaseOfAProcessThatIsGoneIsFreeAtOnce()
    {
        const auto database = Database::open(newPath(), mainSchema());
        auto connection = Connection::open((*database)->path());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QProcess process;
        process.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        QVERIFY(process.waitForStarted());
        ProcessIdentity other = thisProcess();
        other.pid = process.processId();
        QFile stat(QStringLiteral("/proc/%1/stat").arg(other.pid));
        QVERIFY(stat.open(QIODevice::ReadOnly));
        const QByteArray line = stat.readAll();
        other.start = line.mid(line.lastIndexOf(')') + 2).split(' ').at(19).toLongLong();
        QCOMPARE(takeLease(*connection, QStringLiteral("x"), other, now).value(), true);
        QCOMPARE(takeLease(*connection, QStringLiteral("x"), thisProcess(), now).value(), false);
        process.kill();
        process.waitForFinished();
        QCOMPARE(takeLease(*connection, QStringLiteral("x"), thisProcess(), now).value(), true);
    }

    void aKeeperGivesItsLeaseBack()
    {
        const QString path = newPath();
        const auto database = Database::open(path, mainSchema());
        test::FakeClock clock;
        const QString name = QStringLiteral("watch");
        QVERIFY((*database)
                    ->writer()
                    .write([&](Connection &connection) {
                        return takeLease(connection, name, thisProcess(), clock.now()).transform([](bool) { });
                    })
                    .result());
        {
            const LeaseKeeper keeper(**database, clock, name);
            QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM lease")).toInt(), 1);
        }
        QVERIFY((*database)->writer().write([](Connection &) { return Result<void>(); }).result());
        QCOMPARE(valueIn(path, QStringLiteral("SELECT count(*) FROM lease")).toInt(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
