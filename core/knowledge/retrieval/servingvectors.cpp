// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/servingvectors.h"

#include "knowledge/store/collectionstore.h"

namespace quintet::knowledge {

namespace {

constexpr int rowsAtOnce = 20'000;

} // namespace

Result<void> ServingVectors::refresh(store::Connection &connection)
{
    VectorStore store(connection);
    const auto serving = store.serving();
    const auto removed = CollectionStore(connection).number(QStringLiteral("removed"));
    if (!serving || !removed)
        return std::unexpected(serving ? removed.error() : serving.error());
    const bool isSame = *serving && m_space && (*serving)->id == m_space->id;
    // What is gone is left out when passages are read; only where it is much, it is worth a fresh start.
    const bool isStale = (*removed - m_removed) * 10 > m_table.size();
    m_space = *serving;
    if (!m_space) {
        m_table = VectorTable();
        return {};
    }
    if (!isSame || isStale) {
        m_table = VectorTable(m_space->dimensions);
        m_removed = *removed;
    }
    for (;;) {
        const auto batch = store.vectorsBehind(m_space->id, m_table.lastChunk(), rowsAtOnce, m_space->dimensions);
        if (!batch)
            return std::unexpected(batch.error());
        m_table.add(batch->chunks, batch->values);
        if (batch->chunks.size() < size_t(rowsAtOnce))
            return {};
    }
}

} // namespace quintet::knowledge
