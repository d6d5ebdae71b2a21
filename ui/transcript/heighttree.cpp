// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/heighttree.h"

#include <algorithm>
#include <bit>

namespace quintet::ui {

qint64 HeightTree::yOf(size_t index) const
{
    qint64 y = 0;
    for (size_t node = index; node > 0; node &= node - 1)
        y += m_sums[node - 1];
    return y;
}

size_t HeightTree::indexAt(qint64 y) const
{
    size_t node = 0;
    for (size_t step = std::bit_floor(m_sums.size()); step > 0; step /= 2) {
        if (node + step <= m_sums.size() && m_sums[node + step - 1] <= y) {
            node += step;
            y -= m_sums[node - 1];
        }
    }
    return m_sums.empty() ? 0 : std::min(node, m_sums.size() - 1);
}

void HeightTree::set(size_t index, int height)
{
    const int more = height - m_heights[index];
    m_heights[index] = height;
    if (more == 0)
        return;
    for (size_t node = index + 1; node <= m_sums.size(); node += node & -node)
        m_sums[node - 1] += more;
}

void HeightTree::append(int height)
{
    m_heights.push_back(height);
    const size_t node = m_heights.size();
    // What a new node stands for is there already but for itself.
    qint64 sum = height;
    for (size_t child = node - 1, stop = node & (node - 1); child > stop; child &= child - 1)
        sum += m_sums[child - 1];
    m_sums.push_back(sum);
}

void HeightTree::replace(size_t first, size_t removed, const std::vector<int> &heights)
{
    const std::vector<int> behind(m_heights.begin() + static_cast<std::ptrdiff_t>(first + removed), m_heights.end());
    truncate(first);
    for (const int height : heights)
        append(height);
    for (const int height : behind)
        append(height);
}

void HeightTree::clear()
{
    truncate(0);
}

void HeightTree::truncate(size_t size)
{
    m_heights.resize(size);
    m_sums.resize(size);
}

} // namespace quintet::ui
