// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup/keptfiles.h"
#include "backup/restoring.h"
#include "store/database.h"
#include "store/snapshot.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <KTar>

using namespace quintet;
using namespace quintet::backup;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Of everything under a folder: path -> content.
QMap<QString, QByteArray> everythingIn(const QString &folder)
{
    QMap<QString, QByteArray> all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        all[path] = contentOf(path);
    }
    return all;
}

} // namespace

/// Everything in one file and back, whatever happens in between.
class TestBackup final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_paths = {m_folder->filePath(u"data"_s), m_folder->filePath(u"config/quintet.ini"_s)};
        m_file = m_folder->filePath(u"everything.quintet"_s);
        QVERIFY(QDir().mkpath(m_paths.dataFolder));
        write(m_paths.settingsFile, "[window]\npage=chat\n");
        write(m_paths.dataFolder + u"/drafts/summarize.json"_s, "{\"text\":\"a draft\"}");
        write(m_paths.dataFolder + u"/former-versions/1/ü.txt"_s, "former");
        write(m_paths.dataFolder + u"/collections/a.db.graph"_s, "made anew");
        write(m_paths.dataFolder + u"/holiday.jpg"_s, "the user's own");
        open();
        setNote(u"as it was"_s);
        makeCollection();
    }

    void cleanup() { m_database.reset(); }

    void whatWasBackedUpComesBack()
    {
        const auto written = writeBackup(m_paths, m_file, {}, {}); // while the database is open
        QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
        QCOMPARE(written->files, 5);
        QVERIFY(!written->hasKeys);
        setNote(u"changed since"_s);
        write(m_paths.settingsFile, "[window]\npage=agent\n");
        QFile::remove(m_paths.dataFolder + u"/drafts/summarize.json"_s);
        write(m_paths.dataFolder + u"/drafts/new.json"_s, "since");

        const auto content = prepareRestoring(m_paths, m_file, {}, {});
        QVERIFY2(content, qPrintable(content ? QString() : content.error().message));
        QCOMPARE(content->summary, (Summary{content->summary.created, written->version, 5, written->bytes, false}));
        QCOMPARE(note(), u"changed since"_s); // nothing happened yet
        m_database.reset();
        QCOMPARE(finishRestoring(m_paths).value(), true);
        QCOMPARE(finishRestoring(m_paths).value(), false);

        open();
        QCOMPARE(note(), u"as it was"_s);
        QCOMPARE(contentOf(m_paths.settingsFile), "[window]\npage=chat\n");
        QCOMPARE(contentOf(m_paths.dataFolder + u"/drafts/summarize.json"_s), "{\"text\":\"a draft\"}");
        QVERIFY(!QFile::exists(m_paths.dataFolder + u"/drafts/new.json"_s));
        QCOMPARE(contentOf(m_paths.dataFolder + u"/former-versions/1/ü.txt"_s), "former");
        QCOMPARE(contentOf(m_paths.dataFolder + u"/holiday.jpg"_s), "the user's own");
        QVERIFY(QFile::exists(m_paths.dataFolder + u"/collections/a.db"_s));
        // What was there before is kept.
        const QStringList before = QDir(m_paths.dataFolder).entryList({u"before-restore-*"_s}, QDir::Dirs);
        QCOMPARE(before.size(), 1);
        const QString kept = m_paths.dataFolder + u'/' + before.first();
        QCOMPARE(contentOf(kept + u"/settings/quintet.ini"_s), "[window]\npage=agent\n");
        QCOMPARE(contentOf(kept + u"/data/drafts/new.json"_s), "since");
        QVERIFY(QFile::exists(kept + u"/data/quintet.db"_s));
    }

    void keysTravelLockedOrNotAtAll()
    {
        const QString secret = u"sk-a-very-secret-key"_s;
        const auto sealed = seal({{u"endpoint/openai"_s, secret}}, u"pässword"_s);
        QVERIFY(sealed);
        QVERIFY(!sealed->contains("secret"));
        QVERIFY(writeBackup(m_paths, m_file, *sealed, {}));
        const auto without = prepareRestoring(m_paths, m_file, {}, {});
        QVERIFY(without && without->summary.hasKeys && without->keys.isEmpty());
        const auto with = prepareRestoring(m_paths, m_file, u"pässword"_s, {});
        QCOMPARE(with.value().keys, (Keys{{u"endpoint/openai"_s, secret}}));
        const auto wrong = prepareRestoring(m_paths, m_file, u"password"_s, {});
        QCOMPARE(wrong.error().kind, ErrorKind::BadInput);
        QVERIFY(!isRestoringPrepared(m_paths));
        for (const QByteArray &content : everythingIn(m_paths.dataFolder))
            QVERIFY(!content.contains("very-secret"));
    }

    void sealedKeysThatWereTouchedAreRefused()
    {
        const QByteArray sealed = seal({{u"a"_s, u"b"_s}}, u"p"_s).value();
        for (qsizetype at = 0; at < sealed.size(); at += 7) {
            QByteArray touched = sealed;
            touched[at] = char(touched[at] ^ 1);
            QVERIFY(!unseal(touched, u"p"_s));
        }
        QVERIFY(!unseal(sealed.chopped(1), u"p"_s));
        QVERIFY(!unseal({}, u"p"_s));
        QCOMPARE(unseal(sealed, u"p"_s).value().value(u"a"_s), u"b"_s);
    }

    void aDamagedOrForeignFileChangesNothing_data()
    {
        QTest::addColumn<QString>("harm");
        for (const char *harm : {"cut", "flipped", "text", "foreign", "escaping", "missing"})
            QTest::newRow(harm) << QString::fromLatin1(harm);
    }
    void aDamagedOrForeignFileChangesNothing()
    {
        QFETCH(QString, harm);
        QVERIFY(writeBackup(m_paths, m_file, {}, {}));
        QByteArray bytes = contentOf(m_file);
        if (harm == u"cut"_s)
            write(m_file, bytes.first(bytes.size() / 2));
        else if (harm == u"flipped"_s)
            bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 0x55), write(m_file, bytes);
        else if (harm == u"text"_s)
            write(m_file, "not a backup");
        else if (harm == u"foreign"_s || harm == u"escaping"_s)
            writeArchive(harm == u"escaping"_s);
        else
            QFile::remove(m_file);
        const auto before = everythingIn(m_paths.dataFolder);
        const auto content = prepareRestoring(m_paths, m_file, {}, {});
        QVERIFY(!content);
        QVERIFY(content.error().kind == ErrorKind::BadInput || content.error().kind == ErrorKind::Corrupt);
        QVERIFY(!isRestoringPrepared(m_paths));
        QCOMPARE(everythingIn(m_paths.dataFolder), before);
        QVERIFY(!QFile::exists(m_folder->filePath(u"escaped"_s)));
        QCOMPARE(finishRestoring(m_paths).value(), false);
    }

    void nothingMovesWhileSomebodyWorksWithIt()
    {
        QVERIFY(writeBackup(m_paths, m_file, {}, {}));
        QVERIFY(prepareRestoring(m_paths, m_file, {}, {}));
        QTRY_VERIFY(store::isDatabaseInUse(m_paths.database()));
        const auto refused = finishRestoring(m_paths);
        QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
        QCOMPARE(eraseEverything(m_paths).error().kind, ErrorKind::Unavailable);
        QCOMPARE(note(), u"as it was"_s);
        forgetRestoring(m_paths);
        QCOMPARE(finishRestoring(m_paths).value(), false);
    }

    void whatWasKilledOnItsWayGoesOn_data()
    {
        QTest::addColumn<int>("moved");
        for (int moved = 0; moved <= 5; ++moved)
            QTest::newRow(qPrintable(QString::number(moved))) << moved;
    }
    /// As a kill after so many files would leave it.
    void whatWasKilledOnItsWayGoesOn()
    {
        QFETCH(int, moved);
        QVERIFY(writeBackup(m_paths, m_file, {}, {}));
        setNote(u"changed since"_s);
        m_database.reset();
        QVERIFY(prepareRestoring(m_paths, m_file, {}, {}));
        const QString before =
            m_paths.dataFolder + u'/' + QString::fromUtf8(contentOf(m_paths.dataFolder + u"/restore/ready"_s));
        const auto files = keptFiles(m_paths);
        for (int i = 0; i < moved && i < int(files.size()); ++i) {
            QVERIFY(QDir().mkpath(QFileInfo(before + u'/' + files[size_t(i)].name).absolutePath()));
            QVERIFY(QFile::rename(files[size_t(i)].path, before + u'/' + files[size_t(i)].name));
        }
        QCOMPARE(finishRestoring(m_paths).value(), true);
        open();
        QCOMPARE(note(), u"as it was"_s);
        QCOMPARE(keptFiles(m_paths).size(), files.size());
        QVERIFY(QFile::exists(before + u"/data/quintet.db"_s));
    }

    void aJournalGoesWithItsDatabase()
    {
        QVERIFY(writeBackup(m_paths, m_file, {}, {}));
        m_database.reset();
        QVERIFY(prepareRestoring(m_paths, m_file, {}, {}));
        // Of a database that SQLite cannot open any more, the journal stays.
        write(m_paths.database(), QByteArray(8192, 'x'));
        write(m_paths.database() + u"-wal"_s, "a journal");
        QCOMPARE(finishRestoring(m_paths).value(), true);
        QVERIFY(!QFile::exists(m_paths.database() + u"-wal"_s));
        open();
        QCOMPARE(note(), u"as it was"_s);
    }

    void aBackupThatIsStoppedLeavesNoFile()
    {
        CancelSource source;
        write(m_file, "a former backup");
        const auto stopped =
            writeBackup(m_paths, m_file, {}, source.get_token(), [&source](qint64, qint64) { source.request_stop(); });
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(contentOf(m_file), "a former backup");
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot),
                 (QStringList{u"config"_s, u"data"_s}));
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        const auto refused = writeBackup(m_paths, m_folder->filePath(u"no such folder/x"_s), {}, {});
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY(refused.error().message.contains("no such folder"_L1));
    }

    void erasingLeavesOnlyWhatIsNotQuintets()
    {
        m_database.reset();
        QVERIFY(eraseEverything(m_paths));
        QCOMPARE(everythingIn(m_folder->path()).keys(), QStringList{m_paths.dataFolder + u"/holiday.jpg"_s});
    }

    void whatCouldNotBeErasedIsErasedAtTheNextStart()
    {
        QTRY_VERIFY(store::isDatabaseInUse(m_paths.database()));
        QVERIFY(!eraseEverything(m_paths));
        eraseAtNextStart(m_paths);
        QVERIFY(isErasingAsked(m_paths));
        m_database.reset();
        QVERIFY(eraseEverything(m_paths));
        QVERIFY(!isErasingAsked(m_paths));
        QCOMPARE(everythingIn(m_folder->path()).keys(), QStringList{m_paths.dataFolder + u"/holiday.jpg"_s});
    }

    void onlyProperNamesAreUnpacked()
    {
        for (const QString &name : {u"data/quintet.db"_s, u"data/collections/a.db"_s, u"settings/quintet.ini"_s})
            QVERIFY(isProperName(name));
        for (const QString &name : {u"data/../x"_s, u"/etc/passwd"_s, u"data/collections/../../x"_s, u"settings/a/b"_s,
                                    u"data/other"_s, u"data/collections//x"_s, u"data/quintet.db-wal"_s, u""_s})
            QVERIFY2(!isProperName(name), qPrintable(name));
    }

private:
    void open()
    {
        auto database = store::Database::open(m_paths.database(), store::mainSchema());
        QVERIFY(database);
        m_database = std::move(*database);
    }

    void setNote(const QString &text)
    {
        auto connection = store::Connection::open(m_paths.database());
        QVERIFY(connection && connection->execute(u"CREATE TABLE IF NOT EXISTS note (text TEXT)"_s)
                && connection->execute(u"DELETE FROM note"_s)
                && connection->execute(u"INSERT INTO note VALUES (?)"_s, {text}));
    }

    QString note()
    {
        auto connection = store::Connection::open(m_paths.database());
        return connection ? connection->value(u"SELECT text FROM note"_s).value_or(QVariant()).toString() : QString();
    }

    void makeCollection()
    {
        auto connection = store::Connection::open(m_paths.dataFolder + u"/collections/a.db"_s);
        QVERIFY(connection && connection->execute(u"CREATE TABLE IF NOT EXISTS chunk (text TEXT)"_s));
    }

    void writeArchive(bool escapes)
    {
        KTar tar(m_file, u"application/gzip"_s);
        QVERIFY(tar.open(QIODevice::WriteOnly));
        tar.writeFile(u"data/../../escaped"_s, "x");
        if (escapes) {
            tar.writeFile(u"backup.json"_s, R"({"format":"quintet-backup","version":1,"files":[{"name":)"
                                            R"("data/../../escaped","size":1,"sha256":"00"}]})");
        }
        tar.close();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Paths m_paths;
    QString m_file;
    std::unique_ptr<store::Database> m_database;
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
