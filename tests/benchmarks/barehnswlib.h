// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace quintet::bench {

/// hnswlib as it comes, with its own inner product, compiled for AVX2: what ours is measured beside.
class BareHnswlib final {
public:
    BareHnswlib(size_t dimensions, size_t capacity);
    ~BareHnswlib();

    void add(const float *vector, size_t label);
    void search(const float *vector, size_t most, size_t effort) const;

private:
    struct Parts;
    Parts *m_parts;
};

} // namespace quintet::bench
