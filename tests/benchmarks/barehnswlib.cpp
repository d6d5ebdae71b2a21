// SPDX-License-Identifier: GPL-3.0-or-later
#include "barehnswlib.h"

#include <hnswlib/hnswlib.h>

namespace quintet::bench {

struct BareHnswlib::Parts {
    Parts(size_t dimensions, size_t capacity) : space(dimensions), graph(&space, capacity, 16, 200) { }

    hnswlib::InnerProductSpace space;
    hnswlib::HierarchicalNSW<float> graph;
};

BareHnswlib::BareHnswlib(size_t dimensions, size_t capacity) : m_parts(new Parts(dimensions, capacity)) { }

BareHnswlib::~BareHnswlib()
{
    delete m_parts;
}

void BareHnswlib::add(const float *vector, size_t label)
{
    m_parts->graph.addPoint(vector, label);
}

void BareHnswlib::search(const float *vector, size_t most, size_t effort) const
{
    m_parts->graph.setEf(effort);
    static_cast<void>(m_parts->graph.searchKnn(vector, most));
}

} // namespace quintet::bench
