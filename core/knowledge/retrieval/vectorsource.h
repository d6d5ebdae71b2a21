// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "knowledge/retrieval/servingvectors.h"
#include "knowledge/store/readingthread.h"
#include "store/database.h"

#include <QThreadPool>

namespace quintet::knowledge {

/// Keeps the vectors that serve at hand for a collection's reading thread. Where bringing them up to date takes long,
/// with the first search of a large collection and when it was learnt anew, it is done on a thread of its own, so that
/// a search can go without them meanwhile.
class VectorSource final {
public:
    /// From `graphFrom` passages on, there is a graph at `graphPath`, and reading takes long. `database` outlives it.
    VectorSource(const store::Database &database, QString graphPath, qsizetype graphFrom);
    ~VectorSource();
    Q_DISABLE_COPY_MOVE(VectorSource)

    /// The vectors up to date; without `waits`, where that takes long, those of before, or null.
    Result<const ServingVectors *> get(store::Connection &connection, bool waits);

    /// Has them read, where that takes long on its own thread; true once get() has those of the space that serves
    /// without waiting. Fails where they could not be read.
    Result<bool> prepare(store::Connection &connection);

    /// Waits on `reading`, where searches have their turn meanwhile, until prepare() says true, or as long as
    /// `patience` lasts; whether it did say so.
    static Task<Result<bool>> prepared(std::shared_ptr<VectorSource> source, ReadingThread &reading, Clock &clock,
                                       std::optional<std::chrono::milliseconds> patience, CancelToken token);

private:
    struct Loading;

    Result<void> adopt();
    void startLoading();

    const store::Database &m_database;
    QString m_graphPath;
    qsizetype m_graphFrom;
    std::unique_ptr<ServingVectors> m_vectors;
    std::shared_ptr<Loading> m_loading; ///< null where nothing is being loaded
    QThreadPool m_pool;
};

} // namespace quintet::knowledge
