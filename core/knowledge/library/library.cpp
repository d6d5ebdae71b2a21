// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/library.h"

#include "base/id.h"

#include <QCoreApplication>
#include <QDir>

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

/// Names by id; a file that cannot be read goes by its id.
Result<QHash<QString, QString>> Library::names() const
{
    QHash<QString, QString> names;
    for (const QFileInfo &file : QDir(m_folder).entryInfoList({QStringLiteral("*.db")}, QDir::Files)) {
        const Result<QString> name = nameIn(file.filePath());
        names.insert(file.completeBaseName(), name && !name->isEmpty() ? *name : file.completeBaseName());
    }
    return names;
}

Task<Result<std::vector<CollectionInfo>>> Library::list()
{
    const auto names = this->names();
    if (!names)
        co_return std::unexpected(names.error());
    std::vector<CollectionInfo> infos;
    for (const QString &id : names->keys()) {
        const auto collection = open(id);
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

Result<std::shared_ptr<Collection>> Library::find(const QString &name)
{
    return names().and_then([&](const QHash<QString, QString> &names) -> Result<std::shared_ptr<Collection>> {
        if (names.contains(name))
            return open(name);
        if (const QString id = names.key(name); !id.isEmpty())
            return open(id);
        QStringList known = names.values();
        known.sort();
        if (known.isEmpty())
            return failure(ErrorKind::BadInput, tr("There is no collection yet. Make one with: quintet knowledge add "
                                                   "NAME FOLDER"));
        return failure(ErrorKind::BadInput,
                       tr("There is no collection %1; there are: %2.").arg(name, known.join(QStringLiteral(", "))));
    });
}

Result<std::shared_ptr<Collection>> Library::create(const QString &name)
{
    const auto names = this->names();
    if (!names)
        return std::unexpected(names.error());
    if (name.trimmed().isEmpty() || name.contains(u'\n'))
        return failure(ErrorKind::BadInput, tr("A collection needs a name of one line."));
    if (names->values().contains(name))
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
    const auto names = this->names();
    if (!names)
        return std::unexpected(names.error());
    // Also one that cannot be opened any more.
    const QString id = names->contains(name) ? name : names->key(name);
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
    const auto names = this->names();
    if (!names)
        return std::unexpected(names.error());
    if (!QFileInfo(path).isFile())
        return failure(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path)));
    const Result<QString> own = nameIn(path);
    if (!own)
        return failure(ErrorKind::Corrupt, tr("%1 is no collection of Quintet's.").arg(QDir::toNativeSeparators(path)),
                       own.error().detail);
    QString name = own->isEmpty() ? QFileInfo(path).completeBaseName() : *own;
    for (int i = 2; names->values().contains(name); ++i)
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
        const auto names = this->names();
        if (!names)
            co_return std::unexpected(names.error());
        wanted = names->keys();
    }
    std::vector<Hit> hits;
    for (const QString &name : std::as_const(wanted)) {
        const auto collection = find(name);
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
    const auto found = find(collection);
    if (!found)
        co_return std::unexpected(found.error());
    co_return co_await (*found)->passagesBehind(after, query);
}

} // namespace quintet::knowledge
