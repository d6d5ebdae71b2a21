// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/picker.h"

#include "llm/builtin/sentencevectors.h"

#include <QHash>
#include <QSet>

#include <cmath>
#include <numeric>

namespace quintet::llm::builtin {

namespace {

constexpr int fewestConsidered = 400; ///< sentences that redundancy is looked at for
constexpr int mostConsidered = 2000;
constexpr int ofOnePattern = 4;
constexpr int wordsOfOpening = 7; ///< "It was decided that the" opens sentences that say very different things
constexpr qsizetype longestOpening = 60;
constexpr int longText = 400; ///< sentences; the start of a longer one says ever less of what is in it

constexpr double alike = 0.5; ///< cosine above which two sentences say the same
constexpr double abstractFills = 0.65;
/// A budget below that is for one sentence, and has room for a long one: the best that fits ten words is seldom the one
/// that says what a text is about.
constexpr int oneSentence = 20;
constexpr int longSentence = 40;

double positionWeight(TextKind kind)
{
    switch (kind) {
    case TextKind::Abstract:
    case TextKind::Paper:
    case TextKind::Headed: return 0.3;
    case TextKind::Plain: return 0.15;
    case TextKind::TitledShort: return 0.8;
    case TextKind::Spoken: return 0.05;
    }
    return 0.15;
}

/// The first words of a sentence, by which those made after one pattern are known: "See the manual page of ...".
QStringView openingOf(QStringView sentence)
{
    qsizetype end = 0;
    for (int spaces = 0; end < sentence.size() && end < longestOpening; ++end) {
        if (sentence[end].isSpace() && ++spaces == wordsOfOpening)
            break;
    }
    return sentence.first(end);
}

/// Scores the candidates of an outline and picks from them.
class Picker final {
public:
    Picker(QStringView text, const Outline &outline, int words)
        : m_text(text),
          m_outline(outline),
          m_words(words),
          m_budget(words),
          m_vectors(outline.languages)
    {
    }

    /// Indices of candidates in the order of the text.
    std::vector<int> pick(const CancelToken &token)
    {
        if (m_outline.kind == TextKind::Abstract && pickAbstract())
            return sorted();
        if (!score(token))
            return {};
        pickByRelevance(token);
        return sorted();
    }

private:
    QStringView words(int candidate) const { return m_outline.candidates[size_t(candidate)].span.of(m_text); }
    int wordsOf(int candidate) const { return m_outline.candidates[size_t(candidate)].form.words; }
    Role roleOf(const Candidate &candidate) const { return m_outline.sections[size_t(candidate.section)].role; }

    std::vector<int> sorted()
    {
        std::ranges::sort(m_picked);
        return m_picked;
    }

    /// What the author wrote to be read in place of the text, in order; false if that leaves much room.
    bool pickAbstract()
    {
        for (size_t i = 0; i < m_outline.candidates.size(); ++i) {
            const Candidate &candidate = m_outline.candidates[i];
            if (roleOf(candidate) != Role::Abstract)
                continue;
            if (!m_budget.fits(candidate.form.words))
                break;
            m_budget.take(candidate.form.words);
            m_picked.push_back(int(i));
        }
        return m_budget.used() >= m_words * abstractFills;
    }

    bool score(const CancelToken &token)
    {
        for (size_t i = 0; i < m_outline.candidates.size(); ++i) {
            if (i % 1024 == 0 && token.stop_requested())
                return false;
            if (m_outline.markdown)
                m_vectors.add(readable(words(int(i)), true));
            else
                m_vectors.add(words(int(i)));
            ++m_openings[openingOf(words(int(i)))];
        }
        m_vectors.weigh();
        const auto centralities = m_vectors.centralities();
        const auto titleShares = m_vectors.sharesOf(m_outline.title);
        m_scores.resize(m_outline.candidates.size());
        const double weight = positionWeight(m_outline.kind);
        for (size_t i = 0; i < m_scores.size(); ++i) {
            const Candidate &candidate = m_outline.candidates[i];
            double score = 0.5 * double(centralities[i]) + weight * position(int(i)) + 0.1 * double(titleShares[i]);
            score -= candidate.form.isQuestion ? 0.1 : 0;
            // An item leans on its list; a paragraph stands for itself.
            score *= candidate.inList ? 0.8 : 1;
            m_scores[i] = float(score * (saysWhatItIs(i) ? 1 : lengthFactor(candidate.form)) + opening(i));
        }
        return true;
    }

    /// The first sentences of a manual or README say what the thing is, in few words.
    bool saysWhatItIs(size_t index) const { return index < 2 && m_outline.kind == TextKind::Headed; }

    double opening(size_t index) const
    {
        return m_outline.kind == TextKind::Headed && index < 4 ? 0.15 * std::exp(-double(index) / 1.5) : 0;
    }

    /// 0 to 1: how likely people are to say here what matters.
    double position(int index) const
    {
        const Candidate &candidate = m_outline.candidates[size_t(index)];
        const double total = double(m_outline.candidates.size());
        const double n = std::min(total, 120.0);
        double found = std::exp(-index / (0.12 * n)) * std::min(1.0, std::sqrt(longText / total));
        const bool named = m_outline.sections[size_t(candidate.section)].named;
        if (named)
            found = std::max(found, 0.5 * std::exp(-candidate.inSection / 2.0));
        switch (roleOf(candidate)) {
        case Role::Conclusion: return 1;
        case Role::Introduction:
            return m_outline.kind == TextKind::Abstract ? found : std::max(found, introduction(candidate));
        case Role::Methods: return candidate.section == m_outline.candidates.front().section ? found : found / 2;
        case Role::Abstract: return 1;
        case Role::Body:
        case Role::References:
        case Role::LeftOut: break;
        }
        return found;
    }

    /// That of a paper tells all of it what follows; elsewhere its first sentences do.
    double introduction(const Candidate &candidate) const
    {
        return 0.8 * (m_outline.kind == TextKind::Paper ? 1 : std::exp(-candidate.inSection / 4.0));
    }

    /// The best few hundred, whatever the length of the text, so that picking stays cheap.
    std::vector<int> best() const
    {
        std::vector<int> order(m_scores.size());
        for (size_t i = 0; i < order.size(); ++i)
            order[i] = int(i);
        const size_t wanted = std::min(order.size(), size_t(std::clamp(m_words / 3, fewestConsidered, mostConsidered)));
        const auto better = [this](int a, int b) {
            return m_scores[size_t(a)] != m_scores[size_t(b)] ? m_scores[size_t(a)] > m_scores[size_t(b)] : a < b;
        };
        std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(wanted), order.end(), better);
        order.resize(wanted);
        return order;
    }

    void pickByRelevance(const CancelToken &token)
    {
        const std::vector<int> considered = best();
        std::vector<float> most(considered.size(), 0);
        std::vector<double> scores;
        for (const int candidate : considered) {
            // Phrases are looked for in few sentences only: they can lift one, not find it.
            scores.push_back(double(m_scores[size_t(candidate)]) + (hasCue(words(candidate)) ? 0.05 : 0)
                             - (startsDangling(words(candidate)) ? danglingCost() : 0)
                             - (pointsElsewhere(words(candidate)) ? 0.1 : 0));
        }
        std::vector<char> gone(considered.size(), 0);
        for (const int candidate : m_picked) {
            m_vectors.raiseToCosine(candidate, considered, most);
            if (const auto known = std::ranges::find(considered, candidate); known != considered.end())
                gone[size_t(known - considered.begin())] = 1;
        }
        while (!m_budget.isFull() && !token.stop_requested()) {
            const std::ptrdiff_t choice = next(considered, scores, most, gone);
            if (choice < 0)
                break;
            const int candidate = considered[size_t(choice)];
            gone[size_t(choice)] = 1;
            dropPattern(openingOf(words(candidate)), considered, gone);
            m_budget.take(wordsOf(candidate));
            m_picked.push_back(candidate);
            m_vectors.raiseToCosine(candidate, considered, most);
        }
        if (considered.size() == mostConsidered)
            fillUp(token);
        // A budget below every sentence still gives one.
        if (m_picked.empty() && !considered.empty())
            m_picked.push_back(considered[size_t(std::distance(scores.begin(), std::ranges::max_element(scores)))]);
    }

    /// Of sentences that are made after one pattern, one is enough.
    void dropPattern(QStringView opening, const std::vector<int> &considered, std::vector<char> &gone) const
    {
        if (m_openings.value(opening) < ofOnePattern)
            return;
        for (size_t i = 0; i < considered.size(); ++i)
            gone[i] |= openingOf(words(considered[i])) == opening ? 1 : 0;
    }

    /// Takes what a very large budget has room for besides the best: by score alone, but nothing twice.
    void fillUp(const CancelToken &token)
    {
        std::vector<int> order(m_scores.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, std::ranges::greater(), [this](int i) { return m_scores[size_t(i)]; });
        QSet<QStringView> taken;
        for (const int candidate : m_picked)
            taken.insert(words(candidate));
        for (size_t i = 0; i < order.size() && !m_budget.isFull() && !token.stop_requested(); ++i) {
            if (!m_budget.fits(wordsOf(order[i])) || taken.contains(words(order[i])))
                continue;
            taken.insert(words(order[i]));
            m_budget.take(wordsOf(order[i]));
            m_picked.push_back(order[i]);
        }
    }

    double danglingCost() const { return m_outline.kind == TextKind::Spoken ? 0.05 : 0.12; }

    bool fits(int words) const
    {
        const bool isOnly = m_picked.empty() && m_words < oneSentence;
        return m_budget.fits(words) || (isOnly && words <= longSentence);
    }

    std::ptrdiff_t next(const std::vector<int> &considered, const std::vector<double> &scores,
                        const std::vector<float> &most, const std::vector<char> &gone) const
    {
        std::ptrdiff_t best = -1;
        double highest = 0;
        for (size_t i = 0; i < considered.size(); ++i) {
            if (gone[i] || double(most[i]) > alike || !fits(wordsOf(considered[i])))
                continue;
            const double value = 0.9 * scores[i] - 0.1 * double(most[i]);
            if (best < 0 || value > highest) {
                best = std::ptrdiff_t(i);
                highest = value;
            }
        }
        return best;
    }

    QStringView m_text;
    const Outline &m_outline;
    int m_words;
    Budget m_budget;
    SentenceVectors m_vectors;
    std::vector<float> m_scores;
    QHash<QStringView, int> m_openings; ///< how many candidates start like that
    std::vector<int> m_picked;
};

} // namespace

std::vector<int> pickKeySentences(QStringView text, const Outline &outline, int words, const CancelToken &token)
{
    return Picker(text, outline, words).pick(token);
}

} // namespace quintet::llm::builtin
