// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/keywordleg.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 mostPostings = 60'000; // entries of the index that a search reads
constexpr qsizetype mostTerms = 48;
constexpr size_t feedbackPassages = 10;

QString quoted(const QString &term)
{
    return u'"' + term + u'"';
}

} // namespace

QString expressionFor(const QuestionTerms &question)
{
    QStringList alternatives;
    qint64 postings = 0;
    for (const QuestionTerm &term : question.terms) { // the rarest first
        postings += term.chunks;
        if (!alternatives.isEmpty() && (postings > mostPostings || alternatives.size() == mostTerms))
            break;
        alternatives << quoted(term.term.text);
    }
    QStringList parts = question.phrases;
    if (!alternatives.isEmpty())
        parts.prepend(u'(' + alternatives.join(u" OR "_s) + u')');
    QString expression = parts.join(u" AND "_s);
    if (!expression.isEmpty() && !question.withoutTexts.isEmpty()) {
        QStringList without;
        for (const QString &text : question.withoutTexts.first(std::min(question.withoutTexts.size(), mostTerms)))
            without << quoted(text);
        expression = u'(' + expression + u") NOT ("_s + without.join(u" OR "_s) + u')';
    }
    return expression;
}

Result<std::vector<ScoredChunk>> KeywordLeg::find(const QuestionTerms &question, const PassageFilter &filter)
{
    const QString expression = expressionFor(question);
    if (expression.isEmpty())
        return std::vector<ScoredChunk>();
    return m_passages.matching(expression, filter, candidates);
}

Result<std::vector<WeightedTerm>> KeywordLeg::enrich(const QuestionTerms &question,
                                                     const std::vector<ScoredChunk> &found,
                                                     const std::vector<ChunkTerms> &terms)
{
    std::vector<ChunkTerms> best;
    std::vector<double> scores;
    std::vector<TermId> ids;
    for (size_t i = 0; i < found.size() && best.size() < feedbackPassages; ++i) {
        const auto passage = std::ranges::find(terms, found[i].chunk, &ChunkTerms::chunk);
        if (passage == terms.end())
            continue;
        best.push_back(*passage);
        scores.push_back(std::max(0.0, found[i].score));
        for (const TermCount &count : passage->counts)
            ids.push_back(count.id);
    }
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    return m_passages.frequencies(ids).transform([&](const std::vector<std::pair<TermId, qint64>> &frequencies) {
        return expanded(question, best, scores, frequencies, m_figures);
    });
}

} // namespace quintet::knowledge
