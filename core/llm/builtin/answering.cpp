// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/answering.h"

#include "llm/builtin/asked.h"
#include "llm/builtin/outline.h"
#include "llm/builtin/prose.h"
#include "text/codepoints.h"
#include "text/language.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/vocabulary.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace quintet::llm::builtin {

namespace {

using text::Block;
using text::BlockKind;
using text::Span;

constexpr double nearbyShare = 0.3;                    // of what a sentence's neighbours, headings and title hold
constexpr double rankShare = 0.15;                     // lost by the last passage against the first
constexpr double rowShare = 0.85;                      // a row of a table says less to a reader than a sentence
constexpr double leastMatched = 0.25;                  // of the question's weight, before anything counts as an answer
constexpr double leastOfBest = 0.7;                    // of the best sentence's score
constexpr double sameWords = 0.8;                      // shared words that make two sentences one
constexpr double shareByFitness[] = {0.75, 1.05, 1.4}; // without, with another, with the number that was asked for
constexpr double questionShare = 0.2;                  // a question answers nothing
constexpr double scrapShare = 0.5;                     // of a line of code, or of a table of contents
constexpr double unknownGramShare = 0.15;
constexpr qsizetype shortest = 3; // words
constexpr qsizetype longest = 120;

/// A stretch that could be quoted, and what of the question it holds.
struct Unit {
    int passage = 0;
    Span span; ///< UTF-16 units of the passage
    bool markdown = false;
    bool isRow = false;            ///< of a table
    std::vector<int> terms;        ///< sorted, each once
    std::vector<int> contextTerms; ///< of its heading and the passage's title; sorted
    double form = 1;               ///< how well it could answer the question by its form
    double score = 0;
};

/// The terms of the passages by number, and in how many units each stands.
class Terms final {
public:
    explicit Terms(const QStringList &languages) : m_vocabulary(languages) { }

    std::vector<int> of(QStringView words)
    {
        std::vector<int> terms;
        text::forEachWord(words, [&](Span span, text::WordKind kind) {
            const int term = m_vocabulary.idOf(span.of(words), kind);
            if (term == text::Vocabulary::stopWord)
                return;
            terms.push_back(term);
            m_isGram.resize(size_t(m_vocabulary.size()));
            m_isGram[size_t(term)] = kind == text::WordKind::Bigram || kind == text::WordKind::Trigram;
        });
        std::ranges::sort(terms);
        const auto repeated = std::ranges::unique(terms);
        terms.erase(repeated.begin(), repeated.end());
        return terms;
    }

    void count(const std::vector<int> &terms)
    {
        ++m_units;
        m_unitsWith.resize(size_t(m_vocabulary.size()));
        for (const int term : terms)
            ++m_unitsWith[size_t(term)];
    }

    /// How much it says of a unit that it holds `term`: the rarer the more.
    double weightOf(int term) const
    {
        const int with = size_t(term) < m_unitsWith.size() ? m_unitsWith[size_t(term)] : 0;
        // Where words are not set apart, most neighbouring characters of a question are no word at all.
        const double share = with == 0 && m_isGram[size_t(term)] ? unknownGramShare : 1;
        return share * std::log(1 + (m_units - with + 0.5) / (with + 0.5));
    }

private:
    text::Vocabulary m_vocabulary;
    std::vector<int> m_unitsWith;
    std::vector<char> m_isGram;
    int m_units = 0;
};

bool isHeading(const Block &block)
{
    return block.kind == BlockKind::Heading || block.kind == BlockKind::Title;
}

/// The lines of a table, but rules such as |---|.
std::vector<Span> rowsOf(QStringView text, Span table)
{
    std::vector<Span> rows;
    for (qsizetype from = table.start; from < table.end;) {
        qsizetype to = text.indexOf(u'\n', from);
        to = to < 0 || to > table.end ? table.end : to;
        const Span row = text::trimmed(text, {from, to});
        if (std::ranges::any_of(row.of(text), [](QChar c) { return c.isLetterOrNumber(); }))
            rows.push_back(row);
        from = to + 1;
    }
    return rows;
}

class PassageReader final {
public:
    PassageReader(const AnswerWish &wish, Terms &terms) : m_wish(wish), m_terms(terms), m_asked(askedFor(wish.question))
    {
    }

    void read(int passage)
    {
        m_passage = passage;
        const QString &text = m_wish.passages[size_t(passage)].text;
        m_text = text;
        m_markdown = text::looksLikeMarkdown(text);
        m_title = m_wish.passages[size_t(passage)].title;
        m_context = m_terms.of(m_title);
        const std::vector<Block> blocks = m_markdown ? text::splitMarkdownBlocks(text) : text::splitBlocks(text);
        const auto sentences = text::splitSentences(text, blocks, {text::guessLanguage(text), m_markdown});
        size_t next = 0;
        for (size_t i = 0; i < blocks.size(); ++i) {
            if (isHeading(blocks[i]))
                m_context = m_terms.of(m_title + u' ' + blocks[i].span.of(m_text).toString());
            if (blocks[i].kind == BlockKind::Table) {
                for (const Span row : rowsOf(m_text, blocks[i].span))
                    add(row, true);
            }
            for (; next < sentences.size() && sentences[next].block == int(i); ++next) {
                if (!isHeading(blocks[i]) && blocks[i].kind != BlockKind::Table)
                    add(sentences[next].span, false);
            }
        }
    }

    std::vector<Unit> units() && { return std::move(m_units); }

private:
    void add(Span span, bool isRow)
    {
        const QString words = readable(span.of(m_text), m_markdown);
        const qsizetype count = text::countWords(words);
        if (count < shortest || count > longest)
            return;
        Unit unit{m_passage, span, m_markdown, isRow, m_terms.of(words), m_context};
        unit.form = m_asked == Asked::Anything ? 1 : shareByFitness[size_t(fitness(words, m_asked))];
        const Form form = formOf(words);
        if (form.isCode || !form.mostlyLetters)
            unit.form *= isRow ? 1 : scrapShare;
        if (form.isQuestion) {
            // It stands over its answer as a heading does.
            unit.form *= questionShare;
            m_context = m_terms.of(m_title + u' ' + words);
        }
        m_terms.count(unit.terms);
        m_units.push_back(std::move(unit));
    }

    const AnswerWish &m_wish;
    Terms &m_terms;
    Asked m_asked;
    int m_passage = 0;
    QStringView m_text;
    QString m_title;
    bool m_markdown = false;
    std::vector<int> m_context;
    std::vector<Unit> m_units;
};

QStringList languagesOf(const AnswerWish &wish)
{
    QString sample;
    for (const Passage &passage : wish.passages)
        sample += passage.text.left(2000) + u'\n';
    QStringList languages = text::guessLanguages(sample);
    // A question's own small words carry no matter either, whatever language the passages are in.
    for (const QString &language : text::guessLanguages(wish.question))
        languages.append(language);
    languages.removeDuplicates();
    return languages;
}

/// A stretch on one line; the cells of a table's row with dots between them.
QString shownText(const Unit &unit, QStringView passage)
{
    const QString text = readable(unit.span.of(passage), unit.markdown);
    if (!unit.isRow)
        return text;
    QStringList cells;
    for (const QString &cell : text.split(QRegularExpression(QStringLiteral("[|\\t]")))) {
        if (!cell.trimmed().isEmpty())
            cells << cell.trimmed();
    }
    return cells.join(QStringLiteral(" · "));
}

double weightHeld(const std::vector<int> &question, const std::vector<int> &terms, const Terms &all)
{
    double held = 0;
    for (const int term : question)
        held += std::ranges::binary_search(terms, term) ? all.weightOf(term) : 0;
    return held;
}

/// Scores each unit by the share of the question that it holds, its neighbours' and headings' counting for less.
void score(std::vector<Unit> &units, const std::vector<int> &question, const Terms &terms, size_t passages)
{
    double whole = 0;
    for (const int term : question)
        whole += terms.weightOf(term);
    if (whole <= 0)
        return;
    for (size_t i = 0; i < units.size(); ++i) {
        std::vector<int> around = units[i].contextTerms;
        for (const size_t neighbour : {i - 1, i + 1}) {
            if (neighbour < units.size() && units[neighbour].passage == units[i].passage)
                around.insert(around.end(), units[neighbour].terms.begin(), units[neighbour].terms.end());
        }
        std::ranges::sort(around);
        std::vector<int> missing;
        std::ranges::set_difference(question, units[i].terms, std::back_inserter(missing));
        const double own = weightHeld(question, units[i].terms, terms) / whole;
        const double nearby = weightHeld(missing, around, terms) / whole;
        const double rank = rankShare * units[i].passage / double(std::max<size_t>(1, passages));
        const double held = own + nearbyShare * nearby;
        units[i].score = held < leastMatched ? 0 : held * (1 - rank) * (units[i].isRow ? rowShare : 1) * units[i].form;
    }
}

bool saysTheSame(const Unit &a, const Unit &b)
{
    std::vector<int> both;
    std::ranges::set_intersection(a.terms, b.terms, std::back_inserter(both));
    const size_t smaller = std::min(a.terms.size(), b.terms.size());
    return smaller > 0 && double(both.size()) >= sameWords * double(smaller);
}

std::vector<const Unit *> pick(const std::vector<Unit> &units, int most)
{
    std::vector<const Unit *> byScore;
    for (const Unit &unit : units) {
        if (unit.score > 0)
            byScore.push_back(&unit);
    }
    std::ranges::stable_sort(byScore, std::ranges::greater(), &Unit::score);
    std::vector<const Unit *> picked;
    for (const Unit *unit : byScore) {
        if (int(picked.size()) >= most || unit->score < leastOfBest * byScore.front()->score)
            break;
        if (std::ranges::none_of(picked, [unit](const Unit *other) { return saysTheSame(*unit, *other); }))
            picked.push_back(unit);
    }
    return picked;
}

/// Passages in the order of their best sentence, the sentences of each in its own order.
void putInOrder(std::vector<const Unit *> &picked)
{
    std::vector<int> passages;
    for (const Unit *unit : picked) {
        if (std::ranges::find(passages, unit->passage) == passages.end())
            passages.push_back(unit->passage);
    }
    std::ranges::stable_sort(picked, {}, [&passages](const Unit *unit) {
        return std::pair(std::ranges::find(passages, unit->passage) - passages.begin(), unit->span.start);
    });
}

} // namespace

Result<std::vector<AnswerSentence>> answerFrom(const AnswerWish &wish, CancelToken token)
{
    if (wish.question.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, QCoreApplication::translate("llm", "There is no question."));
    Terms terms(languagesOf(wish));
    PassageReader reader(wish, terms);
    for (size_t passage = 0; passage < wish.passages.size(); ++passage) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        reader.read(int(passage));
    }
    std::vector<Unit> units = std::move(reader).units();
    score(units, terms.of(withoutMeasure(wish.question)), terms, wish.passages.size());
    std::vector<const Unit *> picked = pick(units, wish.sentences);
    putInOrder(picked);
    std::vector<AnswerSentence> sentences;
    for (const Unit *unit : picked) {
        const QString &passage = wish.passages[size_t(unit->passage)].text;
        const text::CodePointMap points(passage);
        sentences.push_back({unit->passage, points.codePoint(unit->span.start), points.codePoint(unit->span.end),
                             shownText(*unit, passage)});
    }
    return sentences;
}

} // namespace quintet::llm::builtin
