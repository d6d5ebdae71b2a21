// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"

#include <span>

namespace quintet::knowledge {

/// Where terms point in a space learnt from a collection, sorted by term: what latent semantic analysis (Deerwester and
/// others 1990) leaves. Immutable: any thread.
struct LatentModel {
    int dimensions = 0;
    std::vector<TermId> terms;
    std::vector<float> directions; ///< `dimensions` numbers a term; weighted by the term's rarity already

    /// The direction of a term, or an empty span.
    std::span<const float> directionOf(TermId term) const;

    /// The unit vector of a passage; empty where none of its terms is known.
    std::vector<float> vectorOf(const TermCounts &counts) const;

    /// The unit vector of a question of these terms; empty where none is known.
    std::vector<float> vectorOfQuestion(const std::vector<TermId> &question) const;
};

} // namespace quintet::knowledge
