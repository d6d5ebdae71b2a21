// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/retrieval/questionterms.h"

namespace quintet::knowledge {

/// How much a term says in a passage: BM25 with k1 1.2 and b 0.75, a title counting twice.
double weightOf(const TermCount &count, double rarity, int tokens, const CollectionFigures &figures);

/// A term to look for and how much it counts.
struct WeightedTerm {
    TermId id = 0;
    double weight = 0; ///< in the query
    double rarity = 0;
};

/// A question made richer by the terms of the passages that answer it best (Rocchio 1971 on vectors of BM25): the
/// question's own terms with three tenths of the weight, the twenty strongest of `best` with seven. `best` come with
/// their scores; `frequencies` are of all their terms.
std::vector<WeightedTerm> expanded(const QuestionTerms &question, const std::vector<ChunkTerms> &best,
                                   const std::vector<double> &scores,
                                   const std::vector<std::pair<TermId, qint64>> &frequencies,
                                   const CollectionFigures &figures);

/// How well a passage fits an expanded question.
double scoreOf(const ChunkTerms &passage, const std::vector<WeightedTerm> &question, const CollectionFigures &figures);

} // namespace quintet::knowledge
