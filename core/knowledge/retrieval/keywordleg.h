// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/retrieval/feedback.h"

namespace quintet::knowledge {

/// Finds passages by the words of a question.
class KeywordLeg final {
public:
    static constexpr int candidates = 300;

    KeywordLeg(PassageStore &passages, const CollectionFigures &figures) : m_passages(passages), m_figures(figures) { }

    /// The best passages by BM25. Of the question's words, the rarest are looked for, as many as have few enough
    /// passages together that the index is quick about them.
    Result<std::vector<ScoredChunk>> find(const QuestionTerms &question, const PassageFilter &filter);

    /// The question with what the first ten of `found` say beside it; `terms` holds the terms of these, at least.
    Result<std::vector<WeightedTerm>> enrich(const QuestionTerms &question, const std::vector<ScoredChunk> &found,
                                             const std::vector<ChunkTerms> &terms);

private:
    PassageStore &m_passages;
    CollectionFigures m_figures;
};

/// What is asked of FTS5: some terms, any of which will do, phrases that must be there and terms that must not. Empty
/// where there is nothing to ask.
QString expressionFor(const QuestionTerms &question);

} // namespace quintet::knowledge
