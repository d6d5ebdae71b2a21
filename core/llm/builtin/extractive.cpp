// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/extractive.h"

#include "llm/builtin/outline.h"
#include "llm/builtin/sentencevectors.h"
#include "text/codepoints.h"
#include "text/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace quintet::llm::builtin {

namespace {

constexpr int fewestConsidered = 400; ///< sentences that redundancy is looked at for
constexpr double alike = 0.5;         ///< cosine above which two sentences say the same
constexpr double abstractFills = 0.65;
constexpr int wordsNotWorthFilling = 4;
/// A budget below that is for one sentence, and has room for a long one: the best that fits ten words is seldom the one
/// that says what a text is about.
constexpr int oneSentence = 20;
constexpr int longSentence = 40;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("builtin", sentence);
}

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

/// How much of a budget is used, and whether a sentence still fits.
class Budget final {
public:
    explicit Budget(int words) : m_words(words), m_slack(std::max(6, words / 10)) { }

    bool fits(int words) const
    {
        if (m_used + words <= m_words)
            return true;
        const int over = m_used + words - m_words;
        return over <= m_slack && over < m_words - m_used;
    }

    void take(int words) { m_used += words; }
    bool isFull() const { return m_words - m_used < wordsNotWorthFilling; }
    int used() const { return m_used; }

private:
    int m_words;
    int m_slack;
    int m_used = 0;
};

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
        if (m_budget.used() >= m_words * abstractFills)
            return true;
        m_picked.clear();
        m_budget = Budget(m_words);
        return false;
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
        const double n = double(std::min<size_t>(m_outline.candidates.size(), 120));
        double found = std::exp(-index / (0.12 * n));
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
        const size_t wanted = std::min(order.size(), size_t(std::max(fewestConsidered, m_words / 3)));
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
        while (!m_budget.isFull() && !token.stop_requested()) {
            const std::ptrdiff_t choice = next(considered, scores, most, gone);
            if (choice < 0)
                break;
            const int candidate = considered[size_t(choice)];
            gone[size_t(choice)] = 1;
            m_budget.take(wordsOf(candidate));
            m_picked.push_back(candidate);
            m_vectors.raiseToCosine(candidate, considered, most);
        }
        // A budget below every sentence still gives one.
        if (m_picked.empty() && !considered.empty())
            m_picked.push_back(considered[size_t(std::distance(scores.begin(), std::ranges::max_element(scores)))]);
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
    std::vector<int> m_picked;
};

struct Piece {
    text::Span span;
    bool cut = false;
};

/// The beginning of a stretch, up to a number of words, ended where a clause does if one ends in its last third.
text::Span beginning(QStringView text, text::Span span, int words)
{
    const QStringView stretch = span.of(text);
    const bool spaced = text::countWords(stretch) * 3 > stretch.size() / 8 && stretch.contains(u' ');
    qsizetype end = 0;
    qsizetype clause = 0;
    int seen = 0;
    if (!spaced) {
        end = std::min<qsizetype>(stretch.size(), qsizetype(words) * 8 / 5);
    } else {
        for (end = 0; end < stretch.size(); ++end) {
            if (!stretch[end].isSpace())
                continue;
            if (++seen >= words)
                break;
            if (end > 0 && QStringView(u",;:–—").contains(stretch[end - 1]) && seen * 3 >= words * 2)
                clause = end - 1;
        }
        end = clause > 0 && end < stretch.size() ? clause : end;
    }
    if (end < stretch.size() && end > 0 && stretch[end].isLowSurrogate())
        --end;
    return {span.start, span.start + end};
}

/// For texts without a sentence of the usual kind: all of a short one, or the beginning of an endless one.
std::vector<Piece> whatIsThere(QStringView text, const Outline &outline, int budget)
{
    std::vector<Piece> pieces;
    int total = 0;
    const Budget room(budget);
    for (const text::Sentence &sentence : outline.sentences) {
        const auto kind = outline.blocks[size_t(sentence.block)].kind;
        const Form form = formOf(sentence.span.of(text));
        const bool heading = kind == text::BlockKind::Heading || kind == text::BlockKind::Title;
        const bool prose =
            form.mostlyLetters && !form.manyNumbers && !form.isTableRow && (form.endsWhole || form.words > 12);
        if (heading || !prose)
            continue;
        if (room.fits(total + form.words)) {
            pieces.push_back({sentence.span});
            total += form.words;
        } else if (pieces.empty()) {
            const auto start = beginning(text, sentence.span, budget);
            return {{start, start.end < sentence.span.end}};
        }
    }
    if (pieces.empty() && outline.blocks.size() == 1 && text::countWords(text) <= std::min(budget, 12))
        pieces.push_back({outline.blocks.front().span});
    return pieces;
}

KeySentence quoted(QStringView text, const text::CodePointMap &map, text::Span span, bool markdown)
{
    return {readable(span.of(text), markdown), map.codePoint(span.start), map.codePoint(span.end)};
}

} // namespace

QString Quotation::text() const
{
    QString joined;
    for (const KeySentence &sentence : sentences) {
        const bool wide = !joined.isEmpty() && text::isWide(joined.back().unicode());
        if (!joined.isEmpty() && !wide)
            joined += u' ';
        joined += sentence.text;
    }
    return joined;
}

Result<Quotation> quoteKeySentences(const QString &text, const QuoteOptions &options, CancelToken token)
{
    if (std::ranges::all_of(text, [](QChar c) { return c.isSpace(); }))
        return failure(ErrorKind::BadInput, tr("There is no text to summarize: it is empty. Give a text."));
    QuoteOptions bounded = options;
    bounded.words = std::clamp(options.words, 1, 1'000'000);
    const Outline outline = outlineOf(text, bounded, token);
    std::vector<int> picked;
    if (!token.stop_requested())
        picked = Picker(text, outline, bounded.words).pick(token);
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    const text::CodePointMap map(text);
    Quotation quotation{.sentences = {}, .kind = outline.kind, .language = outline.language};
    for (const int index : picked)
        quotation.sentences.push_back(quoted(text, map, outline.candidates[size_t(index)].span, outline.markdown));
    // A page that is its title alone, as one of contents is without them, says nothing.
    const bool isTitleAlone = !options.title.isEmpty() && text.simplified() == options.title.simplified();
    if (quotation.sentences.empty() && !isTitleAlone) {
        for (const Piece &piece : whatIsThere(text, outline, bounded.words)) {
            quotation.sentences.push_back(quoted(text, map, piece.span, outline.markdown));
            if (piece.cut)
                quotation.sentences.back().text += QStringLiteral(" …");
        }
    }
    if (quotation.sentences.empty())
        return failure(ErrorKind::NeedsModel, tr("The built-in engine summarizes by quoting sentences, and found none "
                                                 "in this text: it looks like a table, code or a list. "
                                                 "Give a text in sentences, or connect a model."));
    return quotation;
}

} // namespace quintet::llm::builtin
