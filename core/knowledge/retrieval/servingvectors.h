// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/index/vectorindex.h"
#include "knowledge/index/vectortable.h"
#include "knowledge/store/vectorstore.h"

namespace quintet::knowledge {

/// The vectors that serve, in memory; read when they are first needed, and what was added since with each use. For a
/// collection's reading thread alone.
class ServingVectors final {
public:
    /// From `graphFrom` passages on, the graph at `graphPath` is used where it fits.
    ServingVectors(QString graphPath, qsizetype graphFrom) : m_graphPath(std::move(graphPath)), m_graphFrom(graphFrom)
    {
    }

    /// Brings itself up to date.
    Result<void> refresh(store::Connection &connection);

    /// The space that serves; nothing until one does.
    const std::optional<SpaceRow> &space() const { return m_space; }

    const VectorTable &table() const { return m_table; }

    /// The `most` nearest, the nearest first: by the graph and what is newer than it, else exactly.
    std::vector<Near> nearest(std::span<const float> vector, int most, const MayBeFound &mayBeFound) const;

    bool hasGraph() const { return m_graph.has_value(); }

private:
    void takeGraph();

    QString m_graphPath;
    qsizetype m_graphFrom;
    std::optional<VectorIndex> m_graph;
    VectorIndex::Facts m_tried; ///< the graph that was loaded last, or could not be
    std::optional<SpaceRow> m_space;
    VectorTable m_table;
    qint64 m_removed = 0; ///< passages that had gone when the table was read
};

} // namespace quintet::knowledge
