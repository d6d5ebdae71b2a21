// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/retrieval/fusion.h"
#include "knowledge/store/passagestore.h"

namespace quintet::knowledge {

/// A passage that may become a hit.
struct Candidate {
    Fused fused;
    PassageRow row;
    TermCounts terms;
};

/// The `count` best of `candidates`, which come best first: one of those that say the same, those that nearly do
/// later (in the spirit of MMR: Carbonell and Goldstein 1998), and, where asked for, neighbours joined to one hit of up
/// to three passages.
std::vector<Hit> selectHits(const std::vector<Candidate> &candidates, int count, bool joinNeighbours);

/// The likeness() to a hit from which on a passage is put behind others.
inline constexpr double freeLikeness = 0.6;

/// How much of their terms two passages share, 0 to 1.
double likeness(const TermCounts &a, const TermCounts &b);

} // namespace quintet::knowledge
