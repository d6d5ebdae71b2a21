// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/fusion.h"

#include <algorithm>
#include <cmath>

namespace quintet::knowledge {

namespace {

// Measured on manual pages: known items by their one-line description, and themes by their references to each other.
constexpr double exactShare = 0.8;
constexpr double sharpness = 8; // half the best BM25 lifts by next to nothing

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
    scaleToBest(passages, &Fused::exact);
    scaleToBest(passages, &Fused::keyword);
    scaleToBest(passages, &Fused::vector);
    const double share = std::clamp(weight, 0.0, 1.0);
    const bool hasExact = std::ranges::any_of(passages, [](const Fused &passage) { return passage.exact > 0; });
    for (Fused &passage : passages) {
        passage.score = (1 - share) * passage.keyword + share * passage.vector;
        if (hasExact)
            passage.score = (1 - exactShare) * passage.score + exactShare * std::pow(passage.exact, sharpness);
    }
    std::erase_if(passages, [](const Fused &passage) { return !(passage.score > 0); });
    std::ranges::sort(passages, [](const Fused &a, const Fused &b) {
        return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
    });
}

} // namespace quintet::knowledge
