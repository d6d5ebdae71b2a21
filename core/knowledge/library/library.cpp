// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/library.h"

#include "base/id.h"
#include "base/onpool.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimeZone>

#include <algorithm>

namespace quintet::knowledge {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

Result<QString> nameIn(const QString &path)
{
    return store::Connection::open(path, store::Connection::Mode::ReadOnly).and_then([](store::Connection connection) {
        return CollectionStore(connection).settings().transform([](const CollectionSettings &settings) {
            return settings.name;
        });
    });
}

/// What changes whenever the collection does.
QByteArray stampOf(const QFileInfo &file)
{
    const QFileInfo log(file.filePath() + QStringLiteral("-wal"));
    QByteArray stamp;
    for (const QFileInfo &one : {file, log})
        stamp += QByteArray::number(one.size()) + ' '
                 + QByteArray::number(one.exists() ? one.lastModified(QTimeZone::UTC).toMSecsSinceEpoch() : 0) + ' ';
    return stamp;
}

/// Gives an open file a name; before anybody else uses it, so that waiting costs nothing.
Result<void> rename(const QString &path, const QString &name)
{
    return store::Connection::open(path).and_then([&name](store::Connection connection) {
        CollectionStore collection(connection);
        return collection.settings().and_then([&](CollectionSettings settings) {
            settings.name = name;
            return connection.transaction([&] { return collection.save(settings); });
        });
    });
}

void removeFiles(const QString &path)
{
    for (const char *ending : {"", "-wal", "-shm", ".lock", ".graph", ".graph.sums"})
        QFile::remove(path + QLatin1String(ending));
    // As it was before it was brought up to date.
    const QFileInfo file(path);
    for (const QString &backup : file.dir().entryList({file.fileName() + QStringLiteral(".backup-v*")}, QDir::Files))
        QFile::remove(file.dir().filePath(backup));
}

} // namespace

Result<std::shared_ptr<Collection>> Library::open(const QString &id)
{
    if (const auto known = m_open.constFind(id); known != m_open.cend())
        return *known;
    return Collection::open(pathOf(id), m_parts).transform([&](std::shared_ptr<Collection> collection) {
        m_open.insert(id, collection);
        return collection;
    });
}

/// Names by id; a file that cannot be read goes by its id. Those of files that did not change are not read again.
Library::Names Library::namesIn(const QString &folder, const Names &known)
{
    Names names;
    for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("*.db")}, QDir::Files)) {
        const QString id = file.completeBaseName();
        const QByteArray stamp = stampOf(file);
        const auto before = known.constFind(id);
        if (before != known.cend() && before->stamp == stamp) {
            names.insert(id, *before);
            continue;
        }
        const Result<QString> name = nameIn(file.filePath());
        // One that could not be read is looked at again.
        names.insert(id, {name && !name->isEmpty() ? *name : id, name ? stamp : QByteArray()});
    }
    return names;
}

Task<void> Library::learnNames()
{
    m_names = co_await onPool([folder = m_folder, known = m_names] { return namesIn(folder, known); });
}

QHash<QString, QString> Library::names()
{
    m_names = namesIn(m_folder, m_names);
    QHash<QString, QString> names;
    for (const auto &[id, named] : std::as_const(m_names).asKeyValueRange())
        names.insert(id, named.name);
    return names;
}

Task<Result<std::vector<CollectionInfo>>> Library::list()
{
    co_await learnNames();
    std::vector<CollectionInfo> infos;
    for (const QString &id : names().keys()) {
        const auto collection = co_await opened(id);
        if (!collection)
            continue; // says why when it is opened by name
        if (auto info = co_await (*collection)->info())
            infos.push_back(std::move(*info));
    }
    std::ranges::sort(infos, [](const CollectionInfo &a, const CollectionInfo &b) {
        return QString::localeAwareCompare(a.settings.name, b.settings.name) < 0;
    });
    co_return infos;
}

Result<QString> Library::idOf(const QString &name)
{
    if (!name.isEmpty() && !name.contains(u'/') && QFile::exists(pathOf(name)))
        return name;
    const QHash<QString, QString> names = this->names();
    if (const QString id = names.key(name); !id.isEmpty())
        return id;
    QStringList known = names.values();
    known.sort();
    if (known.isEmpty())
        return failure(ErrorKind::BadInput, tr("There is no collection yet. Make one with: quintet knowledge add "
                                               "NAME FOLDER"));
    return failure(ErrorKind::BadInput,
                   tr("There is no collection %1; there are: %2.").arg(name, known.join(QStringLiteral(", "))));
}

Result<std::shared_ptr<Collection>> Library::find(const QString &name)
{
    return idOf(name).and_then([this](const QString &id) { return open(id); });
}

/// As find(); what can take long, names and bringing a file to the newest version, is done on the pool.
Task<Result<std::shared_ptr<Collection>>> Library::opened(QString name)
{
    co_await learnNames();
    const auto id = idOf(name);
    if (!id)
        co_return std::unexpected(id.error());
    if (!m_open.contains(*id)) {
        const Result<void> migrated =
            co_await onPool([path = pathOf(*id)] { return store::migrate(path, collectionSchema()); });
        if (!migrated)
            co_return std::unexpected(migrated.error());
    }
    co_return open(*id);
}

Result<std::shared_ptr<Collection>> Library::create(const QString &name)
{
    const QHash<QString, QString> names = this->names();
    if (name.trimmed().isEmpty() || name.contains(u'\n'))
        return failure(ErrorKind::BadInput, tr("A collection needs a name of one line."));
    if (names.values().contains(name))
        return failure(ErrorKind::BadInput, tr("There is a collection %1 already.").arg(name));
    if (!QDir().mkpath(m_folder))
        return failure(ErrorKind::Storage, tr("The folder %1 cannot be made. Check its rights.").arg(m_folder));
    const QString id = makeId();
    return open(id).and_then([&](const std::shared_ptr<Collection> &collection) {
        return rename(pathOf(id), name).transform([&] { return collection; });
    });
}

Result<void> Library::remove(const QString &name)
{
    const QHash<QString, QString> names = this->names();
    // Also one that cannot be opened any more.
    const QString id = names.contains(name) ? name : names.key(name);
    if (id.isEmpty())
        return find(name).transform([](const auto &) { });
    if (const auto open = m_open.take(id))
        open->settle();
    removeFiles(pathOf(id));
    if (QFile::exists(pathOf(id)))
        return failure(ErrorKind::Storage, tr("%1 cannot be removed. Check its rights.").arg(pathOf(id)));
    return {};
}

Result<std::shared_ptr<Collection>> Library::import(const QString &path)
{
    const QHash<QString, QString> names = this->names();
    if (!QFileInfo(path).isFile())
        return failure(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path)));
    const Result<QString> own = nameIn(path);
    if (!own)
        return failure(ErrorKind::Corrupt, tr("%1 is no collection of Quintet's.").arg(QDir::toNativeSeparators(path)),
                       own.error().detail);
    QString name = own->isEmpty() ? QFileInfo(path).completeBaseName() : *own;
    for (int i = 2; names.values().contains(name); ++i)
        name = QStringLiteral("%1 %2").arg(own->isEmpty() ? QFileInfo(path).completeBaseName() : *own).arg(i);
    const QString id = makeId();
    const QString temporary = pathOf(id) + QStringLiteral(".new");
    if (!QDir().mkpath(m_folder) || !QFile::copy(path, temporary))
        return failure(ErrorKind::Storage, tr("The collection cannot be copied to %1. Free space, check rights.")
                                               .arg(QDir::toNativeSeparators(m_folder)));
    QFile::setPermissions(temporary, QFile::ReadOwner | QFile::WriteOwner);
    Result<void> done = store::migrate(temporary, collectionSchema()).and_then([&] { return rename(temporary, name); });
    if (done && !QFile::rename(temporary, pathOf(id)))
        done = failure(ErrorKind::Storage, tr("The collection cannot be put into %1.").arg(m_folder));
    removeFiles(temporary);
    if (!done)
        return std::unexpected(done.error());
    return open(id);
}

Task<Result<std::vector<Hit>>> Library::search(Query query, CancelToken token)
{
    if (query.text.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("The question is empty."));
    QStringList wanted = query.collections;
    if (wanted.isEmpty()) {
        co_await learnNames();
        wanted = names().keys();
    }
    std::vector<Hit> hits;
    for (const QString &name : std::as_const(wanted)) {
        const auto collection = co_await opened(name);
        if (!collection)
            co_return std::unexpected(collection.error());
        const auto found = co_await (*collection)->search(query, token);
        if (!found)
            co_return std::unexpected(found.error());
        // The best of a collection that knows little of it is not as good as the best of one that knows much.
        double most = 0;
        for (const Hit &hit : *found)
            most = std::max(most, hit.coverage);
        for (Hit hit : *found) {
            if (wanted.size() > 1)
                hit.score *= most;
            hits.push_back(std::move(hit));
        }
    }
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    std::ranges::stable_sort(hits, std::ranges::greater(), &Hit::score);
    hits.resize(std::min(hits.size(), size_t(std::max(0, query.count))));
    co_return hits;
}

Task<Result<PassagePage>> Library::passagesBehind(QString collection, qint64 after, QString query)
{
    const auto found = co_await opened(collection);
    if (!found)
        co_return std::unexpected(found.error());
    co_return co_await (*found)->passagesBehind(after, query);
}

} // namespace quintet::knowledge
