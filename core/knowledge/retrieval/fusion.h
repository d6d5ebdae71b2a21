// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/hit.h"

namespace quintet::knowledge {

/// A passage that one of the legs found, with what each says of it.
struct Fused {
    qint64 chunk = 0;
    double exact = 0;   ///< by the question's own words; first as the leg gave it, after fuse() with the best at 1
    double keyword = 0; ///< the same for the question made richer
    double vector = 0;
    int keywordRank = 0; ///< from 1 on; 0: not found by that leg
    int vectorRank = 0;
    double coverage = 0;
    double score = 0;

    bool operator==(const Fused &) const = default;
};

/// A convex combination (Bruch, Gai and Ingber 2023): each leg's scores over its best, the vectors' with `weight`
/// (0 to 1). Where `exact` says something, what it puts close to its best is lifted before the others: feedback and
/// vectors find more on a theme, but lose the one passage that has the very words. The best first; among equals the
/// older passage. What no leg gives anything goes.
void fuse(std::vector<Fused> &passages, double weight);

} // namespace quintet::knowledge
