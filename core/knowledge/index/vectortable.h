// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/index/nearest.h"

#include <span>
#include <vector>

namespace quintet::knowledge {

/// Unit vectors in memory, searched one by one: exact, and fast enough up to some hundred thousand. Reading is safe
/// from any thread while nobody adds.
class VectorTable final {
public:
    explicit VectorTable(int dimensions = 0) : m_dimensions(size_t(dimensions)) { }

    int dimensions() const { return int(m_dimensions); }
    qsizetype size() const { return qsizetype(m_chunks.size()); }

    /// The last passage added, 0 if there is none. Passages are added in the order of their ids.
    qint64 lastChunk() const { return m_chunks.empty() ? 0 : m_chunks.back(); }

    /// `values` holds `dimensions` numbers for each of `chunks`.
    void add(std::span<const qint64> chunks, std::span<const float> values);

    /// The vector of a passage, or an empty span.
    std::span<const float> of(qint64 chunk) const;

    qint64 chunkAt(qsizetype row) const { return m_chunks[size_t(row)]; }
    std::span<const float> at(qsizetype row) const
    {
        return std::span(m_values).subspan(size_t(row) * m_dimensions, m_dimensions);
    }

    /// The `most` nearest to `vector` among those behind the passage `behind`, the nearest first; among equals the
    /// older passage.
    std::vector<Near> nearest(std::span<const float> vector, int most, const MayBeFound &mayBeFound = {},
                              qint64 behind = 0) const;

private:
    size_t m_dimensions;
    std::vector<qint64> m_chunks;
    std::vector<float> m_values;
};

/// Brings `vector` to length 1; false for one that has none.
bool normalize(std::span<float> vector);

} // namespace quintet::knowledge
