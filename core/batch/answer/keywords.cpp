// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/keywords.h"

#include "batch/answer/nounsense.h"
#include "text/language.h"
#include "text/vocabulary.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;
using text::Span;
using text::WordKind;

constexpr qsizetype fewest = 3;
constexpr double leastScore = 0.8; // a word that comes once and says nothing of what it is has 1
constexpr double mostForEarly = 0.3;

/// A word or phrase that may be a keyword.
struct Candidate {
    int count = 0;
    double weight = 0;       ///< of all times together, by how likely it names something
    double inPhrases = 0;    ///< the same of the times that it stands in a phrase that is a keyword itself
    bool isCompound = false; ///< a phrase that is one name, or is hyphenated: also where it comes once
    qsizetype first = 0;     ///< where it comes first
    std::vector<std::pair<QString, int>> written; ///< how it is written, how often, in the order of the text

    void add(const QString &form)
    {
        const auto known = std::ranges::find(written, form, &std::pair<QString, int>::first);
        known == written.end() ? void(written.emplace_back(form, 1)) : void(++known->second);
    }

    /// The most frequent form; of several, the first.
    QString commonForm() const
    {
        return std::ranges::max_element(written, {}, &std::pair<QString, int>::second)->first;
    }
};

using Key = std::pair<int, int>; ///< numbers of terms; of a single word (term, -1)

/// Where words are counted in.
struct Token {
    Span span;
    WordKind kind;
    int term;
};

Candidate &count(QHash<Key, Candidate> &candidates, const Key &key, const QString &form, qsizetype at, double weight)
{
    Candidate &candidate = candidates[key];
    if (candidate.count++ == 0)
        candidate.first = at;
    candidate.weight += weight;
    candidate.add(form);
    return candidate;
}

/// What is between two words that belong together: one space or hyphen.
bool isJoint(QStringView between)
{
    return between == u" " || between == u"-" || between == u"\n";
}

/// Also behind an article that is cut short: "l'homme".
bool isBeside(QStringView between)
{
    return isJoint(between) || between == u"'" || between == u"\u2019";
}

bool endsSentence(QStringView between)
{
    return std::ranges::any_of(between,
                               [](QChar c) { return QStringView(u".!?:;\n\u2026\u2022*\"\u201c\u201e").contains(c); });
}

std::vector<Token> tokensOf(const QString &text, const QStringList &languages)
{
    static const QSet<QString> fillers{u"etc"_s,  u"usw"_s,  u"bzw"_s,  u"two"_s,  u"three"_s, u"four"_s,
                                       u"zwei"_s, u"drei"_s, u"vier"_s, u"deux"_s, u"trois"_s, u"quatre"_s,
                                       u"tres"_s, u"tre"_s,  u"like"_s, u"dear"_s, u"please"_s};
    text::Vocabulary vocabulary(languages);
    std::vector<Token> tokens;
    text::forEachWord(text, [&](Span span, WordKind kind) {
        const QStringView word = span.of(text);
        const bool isWord = kind != WordKind::Number && (kind != WordKind::Letters || word.size() > 2)
                            && (word.size() > 6 || !fillers.contains(word.toString().toLower()));
        tokens.push_back({span, kind, isWord ? vocabulary.idOf(word, kind) : text::Vocabulary::stopWord});
    });
    return tokens;
}

QHash<Key, Candidate> candidatesIn(const QString &text)
{
    const QStringList languages = text::guessLanguages(text);
    const NounSense sense(languages.value(0));
    const std::vector<Token> tokens = tokensOf(text, languages);
    const auto between = [&](size_t i) { // in front of a word
        const qsizetype from = i == 0 ? 0 : tokens[i - 1].span.end;
        return QStringView(text).sliced(from, tokens[i].span.start - from);
    };
    const auto place = [&](size_t i) {
        const auto beside = [&](size_t other, size_t gap) {
            return isBeside(between(gap)) ? tokens[other].span.of(text) : QStringView();
        };
        return PlacedWord{tokens[i].span.of(text), i > 0 ? beside(i - 1, i) : QStringView(),
                          i + 1 < tokens.size() ? beside(i + 1, i + 1) : QStringView(),
                          i == 0 || endsSentence(between(i))};
    };
    // Of more than two names in a row, nobody knows which belong together.
    const auto isNameAt = [&](size_t i) {
        return i < tokens.size() && tokens[i].kind == WordKind::Letters && sense.isName(place(i));
    };
    QHash<Key, Candidate> candidates;
    for (size_t i = 0; i < tokens.size(); ++i) {
        const Token &token = tokens[i];
        if (token.term < 0)
            continue;
        const bool isLetters = token.kind == WordKind::Letters;
        const PlacedWord placed = place(i);
        count(candidates, {token.term, -1}, placed.word.toString(), token.span.start,
              isLetters ? sense.weight(placed) : 1);
        if (i == 0 || !isLetters || tokens[i - 1].kind != WordKind::Letters || tokens[i - 1].term < 0
            || tokens[i - 1].term == token.term || !isJoint(between(i)))
            continue;
        const PlacedWord first = place(i - 1);
        const bool isHyphenated = between(i) == u"-";
        if (!sense.isPhrase(first, placed, isHyphenated))
            continue;
        const qsizetype start = tokens[i - 1].span.start;
        Candidate &phrase =
            count(candidates, {tokens[i - 1].term, token.term},
                  QStringView(text).sliced(start, token.span.end - start).toString().simplified(), start, 1);
        const bool isName = sense.isName(first) && sense.isName(placed) && !isNameAt(i - 2) && !isNameAt(i + 1);
        phrase.isCompound = phrase.isCompound || isHyphenated || isName;
    }
    return candidates;
}

} // namespace

QStringList keywordsOf(const QString &text, int count)
{
    QHash<Key, Candidate> candidates = candidatesIn(text);
    // A phrase that comes once is chance, unless it is one name.
    erase_if(candidates, [](const auto &entry) {
        return entry.key().second >= 0 && entry.value().count < 2 && !entry.value().isCompound;
    });
    for (auto phrase = candidates.cbegin(); phrase != candidates.cend(); ++phrase) {
        if (phrase.key().second < 0)
            continue;
        for (const int term : {phrase.key().first, phrase.key().second}) {
            if (const auto word = candidates.find({term, -1}); word != candidates.end())
                word->inPhrases = std::max(word->inPhrases, phrase->count * word->weight / word->count);
        }
    }
    struct Scored {
        double score;
        qsizetype first;
        QString form;
    };
    std::vector<Scored> scored;
    for (auto entry = candidates.cbegin(); entry != candidates.cend(); ++entry) {
        const bool isPhrase = entry.key().second >= 0;
        // What a text is about, it says early.
        const double early = 1 - static_cast<double>(entry->first) / static_cast<double>(text.size());
        const double score =
            (isPhrase ? 1.6 * entry->count : entry->weight - 0.9 * entry->inPhrases) * (1 + mostForEarly * early);
        if (score > 0)
            scored.push_back({score, entry->first, entry->commonForm()});
    }
    std::ranges::sort(scored, [](const Scored &a, const Scored &b) {
        return std::tuple(-a.score, a.first, a.form) < std::tuple(-b.score, b.first, b.form);
    });
    QStringList keywords;
    for (const Scored &each : scored) {
        if (keywords.size() >= fewest && each.score < leastScore)
            break; // what is left only fills up
        if (keywords.size() < count && !keywords.contains(each.form, Qt::CaseInsensitive))
            keywords << each.form;
    }
    return keywords;
}

} // namespace quintet::batch
