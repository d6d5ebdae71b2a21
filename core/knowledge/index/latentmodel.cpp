// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/latentmodel.h"

#include "knowledge/index/vectortable.h"

#include <algorithm>
#include <cmath>

namespace quintet::knowledge {

std::span<const float> LatentModel::directionOf(TermId term) const
{
    const auto found = std::ranges::lower_bound(terms, term);
    if (found == terms.end() || *found != term)
        return {};
    return std::span(directions).subspan(size_t(found - terms.begin()) * size_t(dimensions), size_t(dimensions));
}

std::vector<float> LatentModel::vectorOf(const TermCounts &counts) const
{
    std::vector<float> vector(size_t(dimensions), 0.0F);
    for (const TermCount &count : counts) {
        const std::span<const float> direction = count.body > 0 ? directionOf(count.id) : std::span<const float>();
        const float weight = 1 + std::log(float(std::max(1U, count.body)));
        for (size_t i = 0; i < direction.size(); ++i)
            vector[i] += weight * direction[i];
    }
    return normalize(vector) ? vector : std::vector<float>();
}

std::vector<float> LatentModel::vectorOfQuestion(const std::vector<TermId> &question) const
{
    TermCounts counts;
    for (const TermId term : question)
        counts.push_back({term, 1, 0});
    return vectorOf(summedUp(std::move(counts)));
}

} // namespace quintet::knowledge
