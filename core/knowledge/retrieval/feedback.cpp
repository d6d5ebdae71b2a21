// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/feedback.h"

#include <QHash>

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr size_t expansion = 20;
constexpr double ownShare = 0.3;

} // namespace

double weightOf(const TermCount &count, double rarity, int tokens, const CollectionFigures &figures)
{
    const double frequency = count.body + 2.0 * count.heading;
    return rarity * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * tokens / figures.averageTokens));
}

std::vector<WeightedTerm> expanded(const QuestionTerms &question, const std::vector<ChunkTerms> &best,
                                   const std::vector<double> &scores,
                                   const std::vector<std::pair<TermId, qint64>> &frequencies,
                                   const CollectionFigures &figures)
{
    QHash<TermId, WeightedTerm> known;
    for (const auto &[id, chunks] : frequencies) {
        if (chunks >= 2)
            known.insert(id, {id, 0, figures.rarityOf(double(chunks))});
    }
    double whole = 0;
    for (const double score : scores)
        whole += score;
    for (size_t i = 0; i < best.size() && whole > 0; ++i) {
        for (const TermCount &count : best[i].counts) {
            if (const auto term = known.find(count.id); term != known.end())
                term->weight += scores[i] / whole * weightOf(count, term->rarity, best[i].tokens, figures);
        }
    }
    std::vector<WeightedTerm> strongest(known.cbegin(), known.cend());
    std::ranges::sort(strongest, [](const WeightedTerm &a, const WeightedTerm &b) {
        return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
    });
    strongest.resize(std::min(strongest.size(), expansion));
    std::erase_if(strongest, [](const WeightedTerm &term) { return term.weight <= 0; });
    double sum = 0;
    for (const WeightedTerm &term : strongest)
        sum += term.weight;
    for (WeightedTerm &term : strongest)
        term.weight *= (1 - ownShare) / sum;
    for (const QuestionTerm &own : question.terms) {
        const double weight = ownShare / double(question.terms.size());
        const auto also = std::ranges::find(strongest, own.term.id, &WeightedTerm::id);
        if (also != strongest.end())
            also->weight += weight;
        else
            strongest.push_back({own.term.id, weight, figures.rarityOf(double(own.chunks))});
    }
    return strongest;
}

double scoreOf(const ChunkTerms &passage, const std::vector<WeightedTerm> &question, const CollectionFigures &figures)
{
    double score = 0;
    for (const WeightedTerm &term : question) {
        if (const TermCount *count = find(passage.counts, term.id))
            score += term.weight * weightOf(*count, term.rarity, passage.tokens, figures);
    }
    return score;
}

} // namespace quintet::knowledge
