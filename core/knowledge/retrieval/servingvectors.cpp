// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/servingvectors.h"

#include "knowledge/store/collectionstore.h"
#include "knowledge/store/passagestore.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr int rowsAtOnce = 20'000;
constexpr int effort = 200; // finds 97 of a hundred and more on clustered vectors

} // namespace

Result<ServingVectors::Lag> ServingVectors::lag(store::Connection &connection) const
{
    VectorStore store(connection);
    const auto serving = store.serving();
    const auto removed = CollectionStore(connection).number(QStringLiteral("removed"));
    if (!serving || !removed)
        return std::unexpected(serving ? removed.error() : serving.error());
    if (!*serving)
        return Lag();
    const auto last = store.lastChunk((*serving)->id);
    const auto lastGiven = PassageStore(connection).lastGiven();
    if (!last || !lastGiven)
        return std::unexpected(last ? lastGiven.error() : last.error());
    // Ids are given one behind the other; few are missing between.
    if (!m_space || m_space->id != (*serving)->id)
        return Lag{*last, false};
    return Lag{newGraph(*lastGiven) || isStale(*removed) ? *last : *last - m_table.lastChunk(), true};
}

Result<void> ServingVectors::refresh(store::Connection &connection, CancelToken token)
{
    VectorStore store(connection);
    const auto serving = store.serving();
    const auto removed = CollectionStore(connection).number(QStringLiteral("removed"));
    if (!serving || !removed)
        return std::unexpected(serving ? removed.error() : serving.error());
    const bool isSame = *serving && m_space && (*serving)->id == m_space->id;
    const bool mustStartAfresh = !isSame || isStale(*removed);
    m_space = *serving;
    if (!m_space) {
        m_table = VectorTable();
        m_graph.reset();
        return {};
    }
    if (mustStartAfresh) {
        m_table = VectorTable(m_space->dimensions);
        m_graph.reset();
        m_tried = {};
        m_removed = *removed;
    }
    for (;;) {
        const auto batch = store.vectorsBehind(m_space->id, m_table.lastChunk(), rowsAtOnce, m_space->dimensions);
        if (!batch)
            return std::unexpected(batch.error());
        m_table.add(batch->chunks, batch->values);
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        if (batch->chunks.size() < size_t(rowsAtOnce))
            break;
    }
    return PassageStore(connection).lastGiven().transform([this](qint64 lastGiven) { takeGraph(lastGiven); });
}

/// What is gone is left out when passages are read; only where it is much, it is worth a fresh start.
bool ServingVectors::isStale(qint64 removed) const
{
    return (removed - m_removed) * 10 > m_table.size();
}

/// The graph that is there now and was not loaded yet. One with passages that never were is of another day.
std::optional<VectorIndex::Facts> ServingVectors::newGraph(qint64 lastGiven) const
{
    if (!m_space || m_table.size() < m_graphFrom)
        return std::nullopt;
    const auto facts = VectorIndex::factsOf(m_graphPath);
    const bool isNew = facts && facts->space == m_space->mark && facts->lastChunk <= lastGiven
                       && (facts->space != m_tried.space || facts->lastChunk != m_tried.lastChunk
                           || facts->vectors != m_tried.vectors);
    return isNew ? facts : std::nullopt;
}

/// Loads the graph when there is a new one; one that is damaged is left to whoever builds them.
void ServingVectors::takeGraph(qint64 lastGiven)
{
    const auto facts = newGraph(lastGiven);
    if (!facts)
        return;
    m_tried = *facts;
    auto loaded = VectorIndex::load(m_graphPath, m_space->mark);
    if (!loaded || loaded->dimensions() != m_space->dimensions)
        return;
    loaded->removeAllBut([this](qint64 chunk) { return !m_table.of(chunk).empty(); });
    m_graph.emplace(std::move(*loaded));
}

std::vector<Near> ServingVectors::nearest(std::span<const float> vector, int most, const MayBeFound &mayBeFound) const
{
    // Few may be found through a filter: a graph would search far and wide for them.
    if (!m_graph || mayBeFound)
        return m_table.nearest(vector, most, mayBeFound);
    std::vector<Near> near = m_graph->nearest(vector, most, std::max(effort, 2 * most));
    const auto newer = m_table.nearest(vector, most, {}, m_graph->lastChunk());
    near.insert(near.end(), newer.begin(), newer.end());
    std::ranges::sort(near, [](const Near &a, const Near &b) {
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.chunk < b.chunk;
    });
    near.resize(std::min(near.size(), size_t(most)));
    return near;
}

} // namespace quintet::knowledge
