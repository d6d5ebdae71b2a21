// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/collection.h"

#include "base/onpool.h"
#include "knowledge/retrieval/servingvectors.h"
#include "knowledge/store/checkstore.h"
#include "knowledge/store/chunkstore.h"
#include "knowledge/store/written.h"
#include "store/lease.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace quintet::knowledge {

namespace {

constexpr int mostSwitchedOff = 50;

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

bool isAtOrBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder + u'/');
}

/// Takes `path` out of the collection of `connection`.
Result<void> removePath(store::Connection &connection, const QString &path)
{
    CollectionStore collection(connection);
    DocumentStore documents(connection);
    const auto sources = collection.sources();
    const auto rows = documents.all();
    auto settings = collection.settings();
    if (!sources || !rows || !settings)
        return std::unexpected(!sources ? sources.error() : !rows ? rows.error() : settings.error());
    bool isKnown = false;
    for (const SourceRow &source : *sources) {
        if (!isAtOrBelow(source.path, path))
            continue;
        isKnown = true;
        if (auto removed = collection.removeSource(source.id); !removed)
            return removed;
    }
    bool isInside = false;
    for (const DocumentRow &row : *rows) {
        if (!isAtOrBelow(row.path, path))
            continue;
        isInside = true;
        if (auto removed = documents.remove(row.id); !removed)
            return removed;
    }
    if (!isKnown && !isInside)
        return failure(ErrorKind::BadInput, tr("%1 is not in this collection.").arg(QDir::toNativeSeparators(path)));
    if (isKnown)
        return {};
    settings->exclude << path; // or the next scan would bring it back
    return collection.save(*settings);
}

Result<void> addSource(store::Connection &connection, const QString &path, const QDateTime &now)
{
    CollectionStore collection(connection);
    auto settings = collection.settings();
    if (!settings)
        return std::unexpected(settings.error());
    if (settings->exclude.removeAll(path) > 0) {
        if (auto saved = collection.save(*settings); !saved)
            return saved;
    }
    return collection.addSource(path, now).transform([](qint64) { });
}

QStringList sentencesFor(const CheckFindings &findings)
{
    QStringList sentences;
    const auto add = [&sentences](qint64 count, const QString &text) {
        if (count > 0)
            sentences << text.arg(count);
    };
    add(qint64(findings.incomplete.size()), tr("%1 documents lacked passages; they are read again"));
    add(findings.strayVectors, tr("%1 vectors belonged to no passage"));
    add(findings.strayPassages, tr("%1 entries of the keyword index belonged to no passage"));
    add(qint64(findings.wrongSums.size()), tr("the sums of %1 terms were wrong"));
    if (findings.chunks || findings.tokens)
        sentences << tr("the sums of passages were wrong");
    return sentences;
}

/// Recall@10 of the graph on vectors of the collection itself.
double recallOf(const ServingVectors &vectors)
{
    constexpr qsizetype probes = 200;
    const VectorTable &table = vectors.table();
    const qsizetype step = std::max<qsizetype>(1, table.size() / probes);
    qsizetype found = 0;
    qsizetype wanted = 0;
    for (qsizetype row = 0; row < table.size(); row += step) {
        const auto exact = table.nearest(table.at(row), 10);
        const auto near = vectors.nearest(table.at(row), 10, {});
        // What is as near as the tenth is as good.
        const float least = exact.empty() ? 0 : exact.back().similarity - 1e-6F;
        wanted += qsizetype(exact.size());
        found += std::min<qsizetype>(qsizetype(exact.size()), std::ranges::count_if(near, [least](const Near &one) {
                                         return one.similarity >= least;
                                     }));
    }
    return wanted > 0 ? double(found) / double(wanted) : 1;
}

/// Sets `flag` for as long as it lives.
class Turn final {
public:
    explicit Turn(bool &flag) : m_flag(flag) { m_flag = true; }
    ~Turn() { m_flag = false; }
    Q_DISABLE_COPY_MOVE(Turn)

private:
    bool &m_flag;
};

} // namespace

Task<Result<std::shared_ptr<Collection>>> Collection::open(QString path, CollectionParts parts)
{
    auto database = co_await onPool([path]() -> Result<std::shared_ptr<store::Database>> {
        if (!QFile::exists(path))
            return failure(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path)));
        return store::Database::open(path, collectionSchema());
    });
    if (!database)
        co_return std::unexpected(database.error());
    co_return std::shared_ptr<Collection>(new Collection(std::move(*database), parts));
}

Collection::Collection(std::shared_ptr<store::Database> database, const CollectionParts &parts)
    : m_parts(parts),
      m_database(std::move(database)),
      m_vectors(std::make_shared<VectorSource>(*m_database, graphPath(), parts.graphFrom)),
      m_reading(std::make_unique<ReadingThread>(*m_database))
{
}

QString Collection::id() const
{
    return QFileInfo(path()).completeBaseName();
}

Task<Result<CollectionInfo>> Collection::info()
{
    return read<CollectionInfo>([id = id(), path = path()](store::Connection &connection) -> Result<CollectionInfo> {
        CollectionStore collection(connection);
        auto settings = collection.settings();
        auto sums = collection.sums();
        auto sources = collection.sources();
        auto space = VectorStore(connection).serving();
        if (!settings || !sums || !sources || !space)
            return std::unexpected(!settings  ? settings.error()
                                   : !sums    ? sums.error()
                                   : !sources ? sources.error()
                                              : space.error());
        return CollectionInfo{id, path, *settings, *sums, *sources, *space, QFileInfo(path).size()};
    });
}

Task<Result<void>> Collection::save(CollectionSettings settings)
{
    return valueOf(m_database->writer().write(
        [settings](store::Connection &connection) { return CollectionStore(connection).save(settings); }));
}

Task<Result<void>> Collection::addSources(QStringList paths)
{
    for (const QString &path : std::as_const(paths)) {
        if (!QFileInfo::exists(path))
            co_return failure(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path)));
    }
    co_return co_await valueOf(
        m_database->writer().write([paths, now = m_parts.clock.now()](store::Connection &connection) {
            Result<void> done;
            for (const QString &path : paths) {
                if (done = addSource(connection, path, now); !done)
                    break;
            }
            return done;
        }));
}

Task<Result<void>> Collection::removePaths(QStringList paths)
{
    return valueOf(m_database->writer().write([paths](store::Connection &connection) {
        Result<void> done;
        for (const QString &path : paths) {
            if (done = removePath(connection, path); !done)
                break;
        }
        return done;
    }));
}

Task<Result<IngestReport>> Collection::ingest(IngestWish wish, CancelToken token)
{
    while (m_isIngesting) {
        if (!co_await m_parts.clock.sleep(std::chrono::milliseconds(20), token))
            co_return std::unexpected(cancelledError());
    }
    const Turn turn(m_isIngesting);
    Ingester ingester(*m_database, *m_reading, m_parts.extractor, m_parts.clock);
    co_return co_await ingester.run(std::move(wish), token);
}

Task<Result<void>> Collection::keepVectors(std::function<void(const VectorProgress &)> onProgress, CancelToken token)
{
    while (m_isKeeping) {
        if (!co_await m_parts.clock.sleep(std::chrono::milliseconds(20), token))
            co_return std::unexpected(cancelledError());
    }
    const Turn turn(m_isKeeping);
    VectorKeeper keeper(*m_database, *m_reading, m_vectors, m_parts.embedder, m_parts.clock, graphPath(),
                        m_parts.graphFrom);
    co_return co_await keeper.run(std::move(onProgress), token);
}

Task<Result<std::vector<DocumentRow>>> Collection::documents()
{
    return read<std::vector<DocumentRow>>(
        [](store::Connection &connection) { return DocumentStore(connection).all(); });
}

Task<Result<std::vector<PassageRow>>> Collection::passagesOf(QString document)
{
    return read<std::vector<PassageRow>>(
        [document](store::Connection &connection) { return PassageStore(connection).passagesOf(document); });
}

Task<Result<void>> Collection::retry(bool all)
{
    return valueOf(m_database->writer().write(
        [all](store::Connection &connection) { return DocumentStore(connection).retry(all); }));
}

Task<Result<void>> Collection::setEnabled(qint64 chunk, bool enabled)
{
    return valueOf(m_database->writer().write(
        [chunk, enabled](store::Connection &connection) { return ChunkStore(connection).setEnabled(chunk, enabled); }));
}

Task<Result<std::vector<PassageRow>>> Collection::switchedOff()
{
    return read<std::vector<PassageRow>>(
        [](store::Connection &connection) { return PassageStore(connection).switchedOff(mostSwitchedOff); });
}

Task<Result<void>> Collection::clear()
{
    return valueOf(
        m_database->writer().write([](store::Connection &connection) { return ChunkStore(connection).clear(); }));
}

Task<Result<CheckReport>> Collection::check(CancelToken token)
{
    // A connection of its own: it takes long, and one that has searched before may compare with what it remembers.
    ReadingThread fresh(*m_database);
    const auto findings = co_await fresh.read<CheckFindings>(
        [](store::Connection &connection) { return CheckStore(connection).inspect(); });
    if (!findings)
        co_return std::unexpected(findings.error());
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    CheckReport report{.problems = findings->damages};
    if (report.problems.isEmpty()) {
        const auto sound = co_await written<bool>(
            m_database->writer(), [](store::Connection &connection) { return CheckStore(connection).isIndexSound(); });
        if (!sound)
            co_return std::unexpected(sound.error());
        if (!*sound)
            report.problems << tr("The keyword index is damaged.");
    }
    if (report.problems.isEmpty() && !findings->isClean()) {
        const auto repaired = co_await written<CheckFindings>(
            m_database->writer(), [](store::Connection &connection) { return CheckStore(connection).repair(); });
        if (!repaired)
            co_return std::unexpected(repaired.error());
        report.repaired = sentencesFor(*repaired);
    }
    const auto info = co_await this->info();
    const auto vectors =
        co_await read<qint64>([](store::Connection &connection) { return CheckStore(connection).vectors(); });
    if (!info || !vectors)
        co_return std::unexpected(info ? vectors.error() : info.error());
    report.documents = info->sums.documents;
    report.chunks = info->sums.chunks;
    report.vectors = *vectors;
    const auto shared = std::make_shared<CheckReport>(std::move(report));
    if (const auto checked = co_await checkGraph(shared); !checked)
        co_return std::unexpected(checked.error());
    co_return *shared;
}

/// A graph that is damaged is removed, and built anew with the next vectors; of one that is not, it is measured how
/// much of what an exact search finds it finds, too. While somebody is at it, it is left alone.
Task<Result<void>> Collection::checkGraph(std::shared_ptr<CheckReport> report)
{
    if (!QFile::exists(graphPath()))
        co_return Result<void>();
    ReadingThread fresh(*m_database);
    co_return co_await fresh.read<void>(
        [path = graphPath(), now = m_parts.clock.now(), report](store::Connection &connection) -> Result<void> {
            ServingVectors vectors(path, 0);
            if (const auto read = vectors.refresh(connection); !read)
                return read;
            if (vectors.hasGraph()) {
                report->recall = recallOf(vectors);
                return {};
            }
            return store::heldLeases(connection, VectorKeeper::leaseName(), now).transform([&](const auto &held) {
                if (!held.isEmpty()) {
                    report->leftOut << tr("the index of vectors, which is being built");
                    return;
                }
                VectorIndex::removeFiles(path);
                report->repaired << tr("the index of vectors was damaged or old; it is built anew");
            });
        });
}

void Collection::settle()
{
    m_database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
}

Task<Result<void>> Collection::exportTo(QString path)
{
    return read<void>([path](store::Connection &connection) { return CollectionStore(connection).copyTo(path); });
}

} // namespace quintet::knowledge
