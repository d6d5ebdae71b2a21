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

constexpr std::chrono::milliseconds turnLength(5);

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

/// Makes the collection `name` at `to` of what lies at `temporary`, or of nothing; it is seen there when it is whole.
Result<void> place(const QString &temporary, const QString &to, const QString &name)
{
    Result<void> done = store::migrate(temporary, collectionSchema()).and_then([&] { return rename(temporary, name); });
    if (done && !QFile::rename(temporary, to))
        done = failure(ErrorKind::Storage, tr("The collection cannot be put into %1.").arg(QFileInfo(to).path()));
    removeFiles(temporary);
    return done;
}

Result<void> make(const QString &to, const QString &name)
{
    const QString folder = QFileInfo(to).path();
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::Storage, tr("The folder %1 cannot be made. Check its rights.").arg(folder));
    return place(to + QStringLiteral(".new"), to, name);
}

/// Puts a copy of the collection at `path` to `to`, under a name that none of `names` is.
Result<void> copy(const QString &path, const QString &to, const QStringList &names)
{
    if (!QFileInfo(path).isFile())
        return failure(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path)));
    const Result<QString> own = nameIn(path);
    if (!own)
        return failure(ErrorKind::Corrupt, tr("%1 is no collection of Quintet's.").arg(QDir::toNativeSeparators(path)),
                       own.error().detail);
    const QString wanted = own->isEmpty() ? QFileInfo(path).completeBaseName() : *own;
    QString name = wanted;
    for (int i = 2; names.contains(name); ++i)
        name = QStringLiteral("%1 %2").arg(wanted).arg(i);
    const QString folder = QFileInfo(to).path();
    const QString temporary = to + QStringLiteral(".new");
    if (!QDir().mkpath(folder) || !QFile::copy(path, temporary))
        return failure(ErrorKind::Storage, tr("The collection cannot be copied to %1. Free space, check rights.")
                                               .arg(QDir::toNativeSeparators(folder)));
    QFile::setPermissions(temporary, QFile::ReadOwner | QFile::WriteOwner);
    return place(temporary, to, name);
}

} // namespace

/// Says for as long as it lives that something is being done to a collection which is not to meet with anything else.
class Library::Turn final {
public:
    Turn(QSet<QString> &busy, const QString &what) : m_busy(busy), m_what(what) { m_busy.insert(what); }
    ~Turn() { m_busy.remove(m_what); }
    Q_DISABLE_COPY_MOVE(Turn)

private:
    QSet<QString> &m_busy;
    QString m_what;
};

/// Waits until nobody has a turn with `what`.
Task<void> Library::turnOf(QString what)
{
    while (m_busy.contains(what))
        co_await m_parts.clock.sleep(turnLength, {});
}

Task<Result<std::shared_ptr<Collection>>> Library::open(QString id)
{
    co_await turnOf(id);
    if (const auto known = m_open.constFind(id); known != m_open.cend())
        co_return std::shared_ptr<Collection>(*known);
    const Turn turn(m_busy, id);
    auto collection = co_await Collection::open(pathOf(id), m_parts);
    if (collection)
        m_open.insert(id, *collection);
    co_return collection;
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

QHash<QString, QString> Library::names() const
{
    QHash<QString, QString> names;
    for (const auto &[id, named] : m_names.asKeyValueRange())
        names.insert(id, named.name);
    return names;
}

Task<Result<std::vector<CollectionInfo>>> Library::list()
{
    co_await learnNames();
    std::vector<CollectionInfo> infos;
    for (const QString &id : m_names.keys()) {
        const auto collection = co_await open(id);
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

/// Of the names that were learnt last.
Result<QString> Library::idOf(const QString &name) const
{
    if (m_names.contains(name))
        return name;
    if (const QString id = names().key(name); !id.isEmpty())
        return id;
    return std::unexpected(unknown(name));
}

Error Library::unknown(const QString &name) const
{
    QStringList known = names().values();
    known.sort();
    if (known.isEmpty())
        return Error(ErrorKind::BadInput,
                     tr("There is no collection yet. Make one with: quintet knowledge add NAME FOLDER"));
    return Error(ErrorKind::BadInput,
                 tr("There is no collection %1; there are: %2.").arg(name, known.join(QStringLiteral(", "))));
}

Task<Result<std::shared_ptr<Collection>>> Library::find(QString name)
{
    co_await learnNames();
    const auto id = idOf(name);
    if (!id)
        co_return std::unexpected(id.error());
    auto collection = co_await open(*id);
    if (collection || QFile::exists(pathOf(*id)))
        co_return collection;
    co_await learnNames(); // it was removed meanwhile
    co_return std::unexpected(unknown(name));
}

Task<Result<std::shared_ptr<Collection>>> Library::create(QString name)
{
    if (name.trimmed().isEmpty() || name.contains(u'\n'))
        co_return failure(ErrorKind::BadInput, tr("A collection needs a name of one line."));
    co_await turnOf({});
    const Turn turn(m_busy, {});
    co_await learnNames();
    if (names().values().contains(name))
        co_return failure(ErrorKind::BadInput, tr("There is a collection %1 already.").arg(name));
    const QString id = makeId();
    if (const Result<void> made = co_await onPool([to = pathOf(id), name] { return make(to, name); }); !made)
        co_return std::unexpected(made.error());
    co_return co_await open(id);
}

Task<Result<void>> Library::remove(QString name)
{
    co_await learnNames();
    const auto id = idOf(name); // also of one that cannot be opened any more
    if (!id)
        co_return std::unexpected(id.error());
    co_await turnOf(*id);
    const Turn turn(m_busy, *id);
    const bool isGone = co_await onPool([open = m_open.take(*id), path = pathOf(*id)] {
        if (open)
            open->settle();
        removeFiles(path);
        return !QFile::exists(path);
    });
    if (!isGone)
        co_return failure(ErrorKind::Storage, tr("%1 cannot be removed. Check its rights.").arg(pathOf(*id)));
    co_return Result<void>();
}

Task<Result<std::shared_ptr<Collection>>> Library::import(QString path)
{
    co_await turnOf({});
    const Turn turn(m_busy, {});
    co_await learnNames();
    const QString id = makeId();
    const Result<void> copied =
        co_await onPool([path, to = pathOf(id), names = names().values()] { return copy(path, to, names); });
    if (!copied)
        co_return std::unexpected(copied.error());
    co_return co_await open(id);
}

Task<Result<std::vector<Hit>>> Library::search(Query query, CancelToken token)
{
    if (query.text.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("The question is empty."));
    QStringList wanted = query.collections;
    if (wanted.isEmpty()) {
        co_await learnNames();
        wanted = m_names.keys();
    }
    const auto begun = m_parts.clock.monotonic();
    std::vector<Hit> hits;
    for (const QString &name : std::as_const(wanted)) {
        const auto collection = co_await find(name);
        if (!collection)
            co_return std::unexpected(collection.error());
        Query rest = query;
        if (query.patience) { // which is of the whole question
            const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(m_parts.clock.monotonic() - begun);
            rest.patience = std::max(std::chrono::milliseconds(0), *query.patience - spent);
        }
        const auto found = co_await (*collection)->search(rest, token);
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
    const auto found = co_await find(collection);
    if (!found)
        co_return std::unexpected(found.error());
    co_return co_await (*found)->passagesBehind(after, query);
}

} // namespace quintet::knowledge
