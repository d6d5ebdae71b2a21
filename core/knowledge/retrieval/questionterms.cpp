// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/questionterms.h"

#include "text/language.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr size_t mostWords = 200;
constexpr qsizetype mostLanguages = 5;

using Reading = std::vector<std::optional<Term>>; // a word each, nothing for a stop word

Reading readingOf(const QString &words, TermReader &reader)
{
    Reading reading;
    reader.read(words, [&reading](const Term *term) { reading.push_back(term ? std::optional(*term) : std::nullopt); });
    return reading;
}

/// What a phrase is in the index: its terms one behind the other, in any of the languages.
QString phraseExpression(const QString &phrase, std::vector<TermReader> &readers)
{
    QStringList variants;
    for (TermReader &reader : readers) {
        QStringList terms;
        for (const std::optional<Term> &term : readingOf(phrase, reader)) {
            if (term)
                terms << term->text;
        }
        if (const QString variant = u'"' + terms.join(u' ') + u'"'; !terms.isEmpty() && !variants.contains(variant))
            variants << variant;
    }
    return variants.isEmpty() ? QString() : u'(' + variants.join(u" OR "_s) + u')';
}

/// The same words read in each language: word by word the distinct terms. Names in code have parts in any language, so
/// that all readings are of one length.
std::vector<std::vector<Term>> wordsOf(const QString &text, std::vector<TermReader> &readers)
{
    std::vector<std::vector<Term>> words;
    for (TermReader &reader : readers) {
        const Reading reading = readingOf(text, reader);
        words.resize(std::max(words.size(), reading.size()));
        for (size_t i = 0; i < reading.size(); ++i) {
            if (reading[i] && std::ranges::find(words[i], *reading[i]) == words[i].end())
                words[i].push_back(*reading[i]);
        }
    }
    return words;
}

/// Leaves out what is a stop word in the language of the question, and repetitions.
std::vector<std::vector<Term>> contentWords(std::vector<std::vector<Term>> words, const QString &text,
                                            const QString &language)
{
    TermReader reader(language);
    const Reading reading = readingOf(text, reader);
    std::vector<std::vector<Term>> kept;
    QSet<TermId> seen;
    for (size_t i = 0; i < words.size() && kept.size() < mostWords; ++i) {
        const bool isStopWord = i < reading.size() && !reading[i];
        if (words[i].empty() || isStopWord || seen.contains(words[i].front().id))
            continue;
        seen.insert(words[i].front().id);
        kept.push_back(std::move(words[i]));
    }
    return kept;
}

/// How much a word counts in a question: less the more passages have it. In a small collection no word is rare, which
/// is not to make the known ones worth less than those that nothing has.
double weightInQuestion(qint64 chunks, const CollectionFigures &figures)
{
    const CollectionFigures large{std::max(figures.chunks, 500.0)};
    return large.rarityOf(double(std::max<qint64>(1, chunks)));
}

} // namespace

double CollectionFigures::rarityOf(double count) const
{
    return std::log(1 + (std::max(chunks, count) - count + 0.5) / (count + 0.5));
}

std::vector<TermId> QuestionTerms::ids() const
{
    std::vector<TermId> ids;
    for (const QuestionTerm &term : terms)
        ids.push_back(term.term.id);
    return ids;
}

double QuestionTerms::coverage(const TermCounts &counts) const
{
    double covered = 0;
    double whole = 0;
    for (const QuestionWord &word : words) {
        whole += word.weight;
        if (std::ranges::any_of(word.terms, [&counts](TermId id) { return find(counts, id) != nullptr; }))
            covered += word.weight;
    }
    return whole > 0 ? covered / whole : 0;
}

Result<QuestionTerms> termsOf(const Question &question, const QStringList &languages, const CollectionFigures &figures,
                              PassageStore &passages)
{
    QStringList used = languages.first(std::min(languages.size(), mostLanguages));
    if (used.isEmpty())
        used << QString();
    std::vector<TermReader> readers;
    for (const QString &language : std::as_const(used))
        readers.emplace_back(language);
    const QString text = question.words.left(100'000);
    const QString guessed = text::guessLanguage(text);
    const auto all = wordsOf(text, readers);
    const auto words = contentWords(all, text, guessed.isEmpty() ? used.first() : guessed);

    std::vector<TermId> wanted;
    for (const auto &word : words) {
        for (const Term &term : word)
            wanted.push_back(term.id);
    }
    const auto known = passages.frequencies(wanted);
    if (!known)
        return std::unexpected(known.error());
    QHash<TermId, qint64> frequencies;
    for (const auto &[id, chunks] : *known)
        frequencies.insert(id, chunks);

    QuestionTerms result;
    QSet<TermId> seen;
    for (const auto &word : words) {
        QuestionWord entry{{}, word.front().text, weightInQuestion(0, figures)};
        for (const Term &term : word) {
            const qint64 chunks = frequencies.value(term.id);
            if (chunks == 0)
                continue;
            const double weight = weightInQuestion(chunks, figures);
            entry.weight = entry.terms.empty() ? weight : std::max(entry.weight, weight);
            entry.terms.push_back(term.id);
            if (!seen.contains(term.id))
                result.terms.push_back({term, chunks});
            seen.insert(term.id);
        }
        result.words.push_back(std::move(entry));
    }
    std::ranges::stable_sort(result.terms, {}, &QuestionTerm::chunks);
    for (const QString &phrase : question.phrases) {
        if (const QString expression = phraseExpression(phrase, readers); !expression.isEmpty())
            result.phrases << expression;
    }
    for (const auto &word : wordsOf(question.without.join(u' '), readers)) {
        for (const Term &term : word) {
            result.without.push_back(term.id);
            result.withoutTexts << term.text;
        }
    }
    return result;
}

} // namespace quintet::knowledge
