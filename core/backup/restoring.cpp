// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup/restoring.h"

#include "backup/keptfiles.h"
#include "store/database.h"
#include "store/migration.h"
#include "store/snapshot.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStorageInfo>

#include <KArchiveFile>
#include <KCompressionDevice>
#include <KTar>
#include <map>

namespace quintet::backup {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 256 * 1024;
constexpr qint64 roomForTheRest = 16 * 1024 * 1024;

/// Holds the name of the folder for what was there; being moved away, then being put in place.
QString readyMark(const Paths &paths)
{
    return paths.dataFolder + u"/restore/ready"_s;
}
QString clearedMark(const Paths &paths)
{
    return paths.dataFolder + u"/restore/cleared"_s;
}
QString eraseMark(const Paths &paths)
{
    return paths.dataFolder + u"/restore/erase"_s;
}
QString unpackedFolder(const Paths &paths)
{
    return paths.dataFolder + u"/restore/content"_s;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("backup", text);
}

Error notABackup(const QString &file)
{
    return {ErrorKind::BadInput, tr("%1 is no backup of Quintet.").arg(QDir::toNativeSeparators(file))};
}

Error damaged(const QString &file)
{
    return {
        ErrorKind::Corrupt,
        tr("The backup %1 is damaged, and nothing was changed. Use another one.").arg(QDir::toNativeSeparators(file))};
}

Error inUse()
{
    return {ErrorKind::Unavailable,
            tr("Another Quintet is open with this data (a window, a batch in a terminal or a server). Close it, then "
               "again.")};
}

struct Listed {
    qint64 size = 0;
    QByteArray sha256;
};

/// What the list at the end of the archive says.
struct List {
    Summary summary;
    std::map<QString, Listed> files;
};

Result<List> readList(const KArchiveDirectory *root, const QString &file)
{
    const KArchiveFile *entry = root ? root->file(u"backup.json"_s) : nullptr;
    constexpr qint64 longestList = 256 * 1024 * 1024;
    if (!entry || entry->size() > longestList)
        return std::unexpected(notABackup(file));
    const QJsonObject json = QJsonDocument::fromJson(entry->data()).object();
    if (json["format"_L1] != u"quintet-backup"_s)
        return std::unexpected(notABackup(file));
    if (json["version"_L1].toInt() > 1)
        return failure(ErrorKind::BadInput, tr("This backup was written by a newer Quintet. Update, then again."));
    List list;
    list.summary = {QDateTime::fromString(json["created"_L1].toString(), Qt::ISODate), json["quintet"_L1].toString(), 0,
                    0, root->file(u"keys.sealed"_s) != nullptr};
    for (const QJsonValue &value : json["files"_L1].toArray()) {
        const QString name = value["name"_L1].toString();
        const qint64 size = value["size"_L1].toInteger(-1);
        if (!isProperName(name) || size < 0)
            return std::unexpected(damaged(file));
        list.files[name] = {size, QByteArray::fromHex(value["sha256"_L1].toString().toLatin1())};
        list.summary.bytes += size;
    }
    list.summary.files = static_cast<int>(list.files.size());
    return list;
}

/// In the order in which they stand, so that the archive is unpacked once from its beginning to its end.
std::vector<std::pair<QString, const KArchiveFile *>> inOrder(const KArchiveDirectory *root, const List &list)
{
    std::vector<std::pair<QString, const KArchiveFile *>> entries;
    for (const auto &[name, listed] : list.files)
        entries.emplace_back(name, root->file(name));
    std::ranges::sort(entries, {}, [](const auto &entry) { return entry.second ? entry.second->position() : 0; });
    return entries;
}

/// Unpacks one archive and adds up how far it is.
class Unpacking final {
public:
    Unpacking(const Paths &paths, const QString &file, qint64 total, const CancelToken &token, const OnBytes &onBytes)
        : m_folder(unpackedFolder(paths)),
          m_file(file),
          m_total(total),
          m_token(token),
          m_onBytes(onBytes)
    {
    }

    Result<void> unpack(const QString &name, const KArchiveFile *entry, const Listed &listed)
    {
        if (!entry || entry->size() != listed.size || !entry->symLinkTarget().isEmpty())
            return std::unexpected(damaged(m_file));
        const QString path = m_folder + u'/' + name;
        const std::unique_ptr<QIODevice> content(entry->createDevice());
        QFile target(path);
        if (!QDir().mkpath(QFileInfo(path).absolutePath())
            || !target.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
            return std::unexpected(cannotUnpack(target.errorString()));
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (qint64 left = listed.size; left > 0;) {
            if (m_token.stop_requested())
                return std::unexpected(cancelledError());
            const QByteArray block = content->read(std::min(left, blockSize));
            if (block.isEmpty())
                return std::unexpected(damaged(m_file));
            if (target.write(block) != block.size())
                return std::unexpected(cannotUnpack(target.errorString()));
            hash.addData(block);
            left -= block.size();
            m_done += block.size();
            if (m_onBytes)
                m_onBytes(m_done, m_total);
        }
        if (!target.flush())
            return std::unexpected(cannotUnpack(target.errorString()));
        if (hash.result() != listed.sha256)
            return std::unexpected(damaged(m_file));
        return {};
    }

private:
    static Error cannotUnpack(const QString &why)
    {
        return {ErrorKind::Storage, tr("The backup cannot be unpacked: %1. Nothing was changed.").arg(why)};
    }

    QString m_folder;
    QString m_file;
    qint64 m_total;
    qint64 m_done = 0;
    CancelToken m_token;
    const OnBytes &m_onBytes;
};

Result<Content> unpackAll(const Paths &paths, const QString &file, const QString &password, const CancelToken &token,
                          const OnBytes &onBytes)
{
    KCompressionDevice device(file, KCompressionDevice::GZip);
    KTar tar(&device);
    if (!QFileInfo(file).isReadable() || !device.open(QIODevice::ReadOnly) || !tar.open(QIODevice::ReadOnly))
        return std::unexpected(notABackup(file));
    const KArchiveDirectory *root = tar.directory();
    const auto list = readList(root, file);
    if (!list)
        return std::unexpected(list.error());
    Content content{list->summary, {}};
    if (content.summary.hasKeys && !password.isEmpty()) {
        const auto keys = unseal(root->file(u"keys.sealed"_s)->data(), password);
        if (!keys)
            return std::unexpected(keys.error());
        content.keys = *keys;
    }
    if (QStorageInfo(paths.dataFolder).bytesAvailable() < content.summary.bytes + roomForTheRest) {
        return failure(ErrorKind::Storage,
                       tr("There is no room to unpack the backup: %1 MB are needed. Free some space, "
                          "then again.")
                           .arg((content.summary.bytes + roomForTheRest) / (1024 * 1024)));
    }
    Unpacking unpacking(paths, file, content.summary.bytes, token, onBytes);
    for (const auto &[name, entry] : inOrder(root, *list)) {
        if (auto unpacked = unpacking.unpack(name, entry, list->files.at(name)); !unpacked)
            return std::unexpected(unpacked.error());
    }
    return content;
}

Result<void> writeMark(const QString &path, const QByteArray &content)
{
    QSaveFile mark(path);
    if (mark.open(QIODevice::WriteOnly) && mark.write(content) == content.size() && mark.commit())
        return {};
    return failure(ErrorKind::Storage,
                   tr("The backup cannot be unpacked: %1. Nothing was changed.").arg(mark.errorString()));
}

Result<void> move(const QString &from, const QString &to)
{
    if (QDir().mkpath(QFileInfo(to).absolutePath()) && QFile::rename(from, to))
        return {};
    return failure(ErrorKind::Storage,
                   tr("%1 cannot be moved to %2. Check the rights of both folders, then start again.")
                       .arg(QDir::toNativeSeparators(from), QDir::toNativeSeparators(to)));
}

QStringList filesIn(const QString &folder)
{
    QStringList paths;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext())
        paths << all.next();
    return paths;
}

/// Each file that a backup would hold goes to the folder `before`; what is made anew by itself goes for good.
Result<void> clearAway(const Paths &paths, const QString &before)
{
    for (const KeptFile &file : keptFiles(paths)) {
        QString place = before + u'/' + file.name;
        while (QFile::exists(place)) // it was killed here, and this is what was written since
            place += u".later"_s;
        // A journal belongs to its database: beside another it would be played into that. It goes first, so that a kill
        // in between leaves neither alone.
        for (const QString &journal : {u"-wal"_s, u"-shm"_s}) {
            if (!file.isDatabase || !QFile::exists(file.path + journal))
                continue;
            if (auto moved = move(file.path + journal, place + journal); !moved)
                return moved;
        }
        if (auto moved = move(file.path, place); !moved)
            return moved;
    }
    QDir(paths.dataFolder + u"/collections"_s).removeRecursively();
    return {};
}

Result<void> putInPlace(const Paths &paths)
{
    const QDir content(unpackedFolder(paths));
    const QString settings = QFileInfo(paths.settingsFile).absolutePath();
    for (const QString &path : filesIn(content.path())) {
        const QString place = placeOf(content.relativeFilePath(path), paths.dataFolder, settings);
        QFile::remove(place); // what began to be written since
        if (auto moved = move(path, place); !moved)
            return moved;
    }
    return {};
}

Result<void> checkNotInUse(const Paths &paths)
{
    for (const KeptFile &file : keptFiles(paths)) {
        if (file.isDatabase && store::isDatabaseInUse(file.path))
            return std::unexpected(inUse());
    }
    return {};
}

} // namespace

Result<Content> prepareRestoring(const Paths &paths, const QString &file, const QString &password,
                                 const CancelToken &token, const OnBytes &onBytes)
{
    forgetRestoring(paths);
    auto content = unpackAll(paths, file, password, token, onBytes);
    const QString database = unpackedFolder(paths) + u"/data/quintet.db"_s;
    if (content && QFile::exists(database)) {
        // One of a newer version is refused now, while what there is still is.
        if (auto migrated = store::migrate(database, store::mainSchema()); !migrated)
            content = std::unexpected(migrated.error());
    }
    if (content) {
        const QString before =
            u"before-restore-%1"_s.arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd-hhmmss"_s));
        if (auto marked = writeMark(readyMark(paths), before.toUtf8()); !marked)
            content = std::unexpected(marked.error());
    }
    if (!content)
        forgetRestoring(paths);
    return content;
}

bool isRestoringPrepared(const Paths &paths)
{
    return QFile::exists(readyMark(paths)) || QFile::exists(clearedMark(paths));
}

void forgetRestoring(const Paths &paths)
{
    // Past that, what was there is away already.
    if (!QFile::exists(clearedMark(paths)))
        QDir(paths.dataFolder + u"/restore"_s).removeRecursively();
}

Result<bool> finishRestoring(const Paths &paths)
{
    if (!isRestoringPrepared(paths))
        return false;
    if (QFile ready(readyMark(paths)); ready.open(QIODevice::ReadOnly)) {
        const QString before = paths.dataFolder + u'/' + QString::fromUtf8(ready.readAll());
        const auto cleared = checkNotInUse(paths).and_then([&] { return clearAway(paths, before); }).and_then([&] {
            return move(readyMark(paths), clearedMark(paths));
        });
        if (!cleared)
            return std::unexpected(cleared.error());
    }
    if (auto placed = putInPlace(paths); !placed)
        return std::unexpected(placed.error());
    QDir(paths.dataFolder + u"/restore"_s).removeRecursively();
    return true;
}

void eraseAtNextStart(const Paths &paths)
{
    QDir().mkpath(paths.dataFolder + u"/restore"_s);
    static_cast<void>(writeMark(eraseMark(paths), {}));
}

bool isErasingAsked(const Paths &paths)
{
    return QFile::exists(eraseMark(paths));
}

Result<void> eraseEverything(const Paths &paths)
{
    if (auto free = checkNotInUse(paths); !free)
        return free;
    for (const QString &path : {paths.settingsFile, paths.pricesFile()})
        QFile::remove(path);
    const QDir data(paths.dataFolder);
    QStringList left;
    const QStringList folders = keptFolders() << u"set-aside"_s << u"restore"_s << u"crashes"_s
                                              << data.entryList({u"before-restore-*"_s}, QDir::Dirs);
    for (const QString &folder : folders) {
        if (data.exists(folder) && !QDir(data.filePath(folder)).removeRecursively())
            left << QDir::toNativeSeparators(data.filePath(folder));
    }
    for (const QString &file : data.entryList({u"quintet.db*"_s}, QDir::Files)) {
        if (!QFile::remove(data.filePath(file)))
            left << QDir::toNativeSeparators(data.filePath(file));
    }
    if (left.isEmpty())
        return {};
    return failure(ErrorKind::Storage, tr("This could not be removed: %1").arg(left.join(u", "_s)));
}

} // namespace quintet::backup
