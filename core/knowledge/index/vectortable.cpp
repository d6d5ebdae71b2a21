// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/vectortable.h"

#include "knowledge/index/dotproduct.h"

#include <algorithm>
#include <cmath>

namespace quintet::knowledge {

void VectorTable::add(std::span<const qint64> chunks, std::span<const float> values)
{
    Q_ASSERT(values.size() == chunks.size() * m_dimensions);
    m_chunks.insert(m_chunks.end(), chunks.begin(), chunks.end());
    m_values.insert(m_values.end(), values.begin(), values.end());
}

std::span<const float> VectorTable::of(qint64 chunk) const
{
    const auto found = std::ranges::lower_bound(m_chunks, chunk);
    if (found == m_chunks.end() || *found != chunk)
        return {};
    return at(found - m_chunks.begin());
}

std::vector<Near> VectorTable::nearest(std::span<const float> vector, int most, const MayBeFound &mayBeFound,
                                       qint64 behind) const
{
    if (vector.size() != m_dimensions || most <= 0)
        return {};
    const auto isNearer = [](const Near &a, const Near &b) {
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.chunk < b.chunk;
    };
    const DotProduct dot = dotProduct();
    std::vector<Near> heap; // the farthest of those kept on top
    heap.reserve(size_t(most) + 1);
    const auto first = size_t(std::ranges::upper_bound(m_chunks, behind) - m_chunks.begin());
    for (size_t row = first; row < m_chunks.size(); ++row) {
        const Near near{m_chunks[row], dot(vector.data(), m_values.data() + row * m_dimensions, m_dimensions)};
        const bool isFull = heap.size() == size_t(most);
        if ((isFull && !isNearer(near, heap.front())) || (mayBeFound && !mayBeFound(near.chunk)))
            continue;
        if (isFull) {
            std::ranges::pop_heap(heap, isNearer);
            heap.pop_back();
        }
        heap.push_back(near);
        std::ranges::push_heap(heap, isNearer);
    }
    std::ranges::sort(heap, isNearer);
    return heap;
}

bool normalize(std::span<float> vector)
{
    const float length = std::sqrt(dotProduct()(vector.data(), vector.data(), vector.size()));
    if (!(length > 1e-12F) || !std::isfinite(length))
        return false;
    for (float &value : vector)
        value /= length;
    return true;
}

} // namespace quintet::knowledge
