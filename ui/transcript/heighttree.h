// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <cstddef>
#include <vector>

namespace quintet::ui {

/// Heights one below the other, in whole pixels: where each starts and which one is at a place, in logarithmic time
/// (a Fenwick tree). Invariant: yOf(size()) is the sum of all.
class HeightTree final {
public:
    size_t size() const { return m_heights.size(); }
    int height(size_t index) const { return m_heights[index]; }
    qint64 total() const { return yOf(size()); }

    /// Where `index` starts: the sum of all before it.
    qint64 yOf(size_t index) const;

    /// The one that `y` lies in: the last that starts at or above it, of those with a height.
    size_t indexAt(qint64 y) const;

    void set(size_t index, int height);
    void append(int height);

    /// Puts `heights` in place of `removed` from `first` on; linear in what comes from `first` on.
    void replace(size_t first, size_t removed, const std::vector<int> &heights);
    void clear();

private:
    void truncate(size_t size);

    std::vector<int> m_heights;
    std::vector<qint64> m_sums; ///< of the tree, m_sums[i - 1] for node i
};

} // namespace quintet::ui
