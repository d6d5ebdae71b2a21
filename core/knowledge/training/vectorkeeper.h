// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "knowledge/embedder.h"
#include "knowledge/index/latentmodel.h"
#include "knowledge/retrieval/vectorsource.h"
#include "knowledge/store/collectionstore.h"
#include "knowledge/store/readingthread.h"
#include "knowledge/training/graphkeeper.h"

#include <QThreadPool>

namespace quintet::knowledge {

/// How far the vectors are.
struct VectorProgress {
    enum Stage { Learning, Placing, Measuring, Linking };

    Stage stage = Learning;
    qint64 done = 0; ///< passages, or questions tried
    qint64 total = 0;

    bool operator==(const VectorProgress &) const = default;
};

/// Keeps the vectors of a collection up to date: learns a space from its passages and learns again when they are a
/// quarter more, gives new passages their vectors, and measures how much the vectors may count. With a model of an
/// endpoint it asks that for vectors instead. While a new space is made, the old one serves; whatever stops it, the
/// next run goes on or starts afresh, and a search never sees vectors of two spaces. Lives on the engine thread.
class VectorKeeper final {
public:
    /// Of the lease that whoever brings the vectors of a collection up to date holds.
    static QString leaseName() { return QStringLiteral("vectors"); }

    /// `source` is the one that searches use, on the thread of `reading`; a graph at `graphPath` is kept from
    /// `graphFrom` passages on.
    VectorKeeper(store::Database &database, ReadingThread &reading, std::shared_ptr<VectorSource> source,
                 Embedder &embedder, Clock &clock, QString graphPath, qsizetype graphFrom)
        : m_database(database),
          m_reading(reading),
          m_source(std::move(source)),
          m_embedder(embedder),
          m_clock(clock),
          m_graph(reading, std::move(graphPath), graphFrom)
    {
    }

    /// Does what is to be done; nothing where another process does it, or nothing is.
    Task<Result<void>> run(std::function<void(const VectorProgress &)> onProgress, CancelToken token);

private:
    struct State {
        CollectionSettings settings;
        CollectionSums sums;
        std::vector<SpaceRow> spaces;
    };

    Task<Result<void>> runLeased(CancelToken token);
    Task<Result<State>> state();
    Task<Result<qint64>> learn(State state, CancelToken token);
    Task<Result<LatentModel>> train(State state, CancelToken token);
    Task<Result<qint64>> begin(State state, CancelToken token);
    Task<Result<void>> place(qint64 space, State state, CancelToken token);
    Task<Result<VectorBatch>> vectorsFor(std::shared_ptr<LatentModel> model, qint64 after, CancelToken token);
    Task<Result<VectorBatch>> embeddingsFor(State state, qint64 after, CancelToken token);
    Task<Result<void>> measure(SpaceRow space, CancelToken token);
    Task<Result<void>> sweep(qint64 keep, CancelToken token);
    Task<Result<void>> link(qint64 space, CancelToken token);
    void tell(VectorProgress::Stage stage, qint64 done, qint64 total) const;

    store::Database &m_database;
    ReadingThread &m_reading;
    std::shared_ptr<VectorSource> m_source;
    Embedder &m_embedder;
    Clock &m_clock;
    GraphKeeper m_graph;
    QThreadPool m_pool;
    std::function<void(const VectorProgress &)> m_onProgress;
};

} // namespace quintet::knowledge
