// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/fusion.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

void scaleToBest(std::vector<Fused> &passages, double Fused::*score)
{
    double best = 0;
    for (const Fused &passage : passages)
        best = std::max(best, passage.*score);
    for (Fused &passage : passages)
        passage.*score = best > 0 ? std::max(0.0, passage.*score) / best : 0;
}

} // namespace

void fuse(std::vector<Fused> &passages, double weight)
{
    scaleToBest(passages, &Fused::keyword);
    scaleToBest(passages, &Fused::vector);
    const double share = std::clamp(weight, 0.0, 1.0);
    for (Fused &passage : passages)
        passage.score = (1 - share) * passage.keyword + share * passage.vector;
    std::erase_if(passages, [](const Fused &passage) { return !(passage.score > 0); });
    std::ranges::sort(passages, [](const Fused &a, const Fused &b) {
        return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
    });
}

} // namespace quintet::knowledge
