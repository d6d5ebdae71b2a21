// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "knowledge/index/vectorindex.h"
#include "knowledge/index/vectortable.h"
#include "knowledge/store/vectorstore.h"

namespace quintet::knowledge {

/// The vectors that serve, in memory; what was added since is read with each refresh(). One thread at a time.
class ServingVectors final {
public:
    /// From `graphFrom` passages on, the graph at `graphPath` is used where it fits.
    ServingVectors(QString graphPath, qsizetype graphFrom) : m_graphPath(std::move(graphPath)), m_graphFrom(graphFrom)
    {
    }

    /// What bringing it up to date would take.
    struct Lag {
        qint64 passages = 0;     ///< to be read, about; a new graph counts as all of them
        bool isSameSpace = true; ///< what is here can serve meanwhile
    };
    Result<Lag> lag(store::Connection &connection) const;

    /// Brings itself up to date; Cancelled where `token` was quicker.
    Result<void> refresh(store::Connection &connection, CancelToken token = {});

    /// The space that serves; nothing until one does.
    const std::optional<SpaceRow> &space() const { return m_space; }

    const VectorTable &table() const { return m_table; }

    /// The `most` nearest, the nearest first: by the graph and what is newer than it, else exactly.
    std::vector<Near> nearest(std::span<const float> vector, int most, const MayBeFound &mayBeFound) const;

    bool hasGraph() const { return m_graph.has_value(); }

private:
    bool isStale(qint64 removed) const;
    std::optional<VectorIndex::Facts> newGraph(qint64 lastGiven) const;
    void takeGraph(qint64 lastGiven);

    QString m_graphPath;
    qsizetype m_graphFrom;
    std::optional<VectorIndex> m_graph;
    VectorIndex::Facts m_tried; ///< the graph that was loaded last, or could not be
    std::optional<SpaceRow> m_space;
    VectorTable m_table;
    qint64 m_removed = 0; ///< passages that had gone when the table was read
};

} // namespace quintet::knowledge
