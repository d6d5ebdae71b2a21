// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/embedder.h"
#include "knowledge/hit.h"
#include "knowledge/ingest/ingester.h"
#include "knowledge/library/check.h"
#include "knowledge/passagereader.h"
#include "knowledge/reranker.h"
#include "knowledge/store/documentstore.h"
#include "knowledge/store/passagestore.h"
#include "knowledge/training/vectorkeeper.h"

namespace quintet::knowledge {

/// What collections work with. All outlive them.
struct CollectionParts {
    document::Extractor &extractor;
    Embedder &embedder;
    Clock &clock;
    qsizetype graphFrom = 50'000; ///< passages; fewer are searched one by one, which is as fast
    Reranker *reranker = nullptr; ///< none: hits stay in the order in which they were found
};

/// A collection as a list of them shows it.
struct CollectionInfo {
    QString id;
    QString path; ///< of its file
    CollectionSettings settings;
    CollectionSums sums;
    std::vector<SourceRow> sources;
    std::optional<SpaceRow> space; ///< that serves
    qint64 fileSize = 0;

    bool operator==(const CollectionInfo &) const = default;
};

/// A collection that is open. Lives on the engine thread; whoever runs one of its tasks keeps it alive.
class Collection final {
public:
    /// Opens the file at `path`, on the pool since bringing it to the newest version can take long; its id is the
    /// file's name. BadInput where it is not there; else fails as store::Database::open() does.
    static Task<Result<std::shared_ptr<Collection>>> open(QString path, CollectionParts parts);

    QString id() const;
    QString path() const { return m_database->path(); }
    QString graphPath() const { return path() + QStringLiteral(".graph"); }

    Task<Result<CollectionInfo>> info();
    Task<Result<void>> save(CollectionSettings settings);

    /// Notes folders and files as sources: absolute paths. BadInput for one that is not there.
    Task<Result<void>> addSources(QStringList paths);

    /// Takes sources out, or files and folders below one, which then stay out. BadInput for a path that is not in it.
    Task<Result<void>> removePaths(QStringList paths);

    /// Reads what is new or changed; one at a time, others wait for their turn.
    Task<Result<IngestReport>> ingest(IngestWish wish, CancelToken token);

    /// Brings the vectors up to date.
    Task<Result<void>> keepVectors(std::function<void(const VectorProgress &)> onProgress, CancelToken token);

    Task<Result<std::vector<Hit>>> search(Query query, CancelToken token);

    /// Why a document, named by a part of its path, is not among the hits of a search: sentences, the reason first.
    Task<Result<QStringList>> whyNot(Query query, QString document, CancelToken token);

    /// As of PassageReader.
    Task<Result<PassagePage>> passagesBehind(qint64 after, QString query);

    Task<Result<std::vector<DocumentRow>>> documents();
    Task<Result<std::vector<PassageRow>>> passagesOf(QString document);

    /// To be read anew: what could not be read, or, with `all`, everything, also what did not change.
    Task<Result<void>> retry(bool all);

    Task<Result<void>> setEnabled(qint64 chunk, bool enabled);

    /// The first passages that were switched off.
    Task<Result<std::vector<PassageRow>>> switchedOff();

    /// Forgets what was read, and the vectors; the next ingest() reads all again.
    Task<Result<void>> clear();

    /// Looks through everything, mends what can be mended, and says what it found.
    Task<Result<CheckReport>> check(CancelToken token);

    /// Waits until its writer has opened the file and has nothing more to do: before the file goes, or it would make it
    /// anew.
    void settle();

    /// Writes a copy to `path`, which must not be there.
    Task<Result<void>> exportTo(QString path);

    /// Reads from this collection on its reading thread.
    template<typename T>
    Task<Result<T>> read(std::function<Result<T>(store::Connection &)> job)
    {
        return m_reading->read<T>(std::move(job));
    }

private:
    Collection(std::shared_ptr<store::Database> database, const CollectionParts &parts);
    Task<Result<void>> checkGraph(std::shared_ptr<CheckReport> report);
    Task<Result<std::vector<float>>> vectorOf(Query query, CancelToken token);
    Task<Result<QString>> rerankerOf(Query query);
    Task<Result<std::vector<Hit>>> found(Query query, CancelToken token);
    Task<Result<std::vector<Hit>>> reranked(std::vector<Hit> hits, Query query, QString reranker, CancelToken token);

    CollectionParts m_parts;
    std::shared_ptr<store::Database> m_database;
    std::shared_ptr<VectorSource> m_vectors;
    std::unique_ptr<ReadingThread> m_reading;
    bool m_isIngesting = false;
    bool m_isKeeping = false;
};

} // namespace quintet::knowledge
