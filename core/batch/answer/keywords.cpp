// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/keywords.h"

#include "text/language.h"
#include "text/vocabulary.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace quintet::batch {

namespace {

using text::Span;
using text::WordKind;

/// A word or phrase that may be a keyword.
struct Candidate {
    int count = 0;
    int inPhrases = 0;           ///< times that a word stands in a phrase that is a keyword itself
    qsizetype first = 0;         ///< where it comes first
    QHash<QString, int> written; ///< how it is written, how often

    QString commonForm() const
    {
        const auto most = std::max_element(written.begin(), written.end(), [](int a, int b) { return a < b; });
        return most.key();
    }
};

using Key = std::pair<int, int>; ///< numbers of terms; of a single word (term, -1)

void count(QHash<Key, Candidate> &candidates, const Key &key, const QString &form, qsizetype at)
{
    Candidate &candidate = candidates[key];
    if (candidate.count++ == 0)
        candidate.first = at;
    ++candidate.written[form];
}

/// What is between two words of a phrase: one space or hyphen.
bool isJoint(QStringView between)
{
    return between == u" " || between == u"-" || between == u"\n";
}

QHash<Key, Candidate> candidatesIn(const QString &text)
{
    QStringList languages = text::guessLanguages(text);
    text::Vocabulary vocabulary(languages);
    QHash<Key, Candidate> candidates;
    int before = text::Vocabulary::stopWord;
    Span beforeSpan;
    text::forEachWord(text, [&](Span span, WordKind kind) {
        const QStringView word = span.of(text);
        const bool isWord = kind != WordKind::Number && (kind != WordKind::Letters || word.size() > 2);
        const int term = isWord ? vocabulary.idOf(word, kind) : text::Vocabulary::stopWord;
        if (term >= 0) {
            count(candidates, {term, -1}, word.toString(), span.start);
            if (kind == WordKind::Letters && before >= 0 && before != term
                && isJoint(QStringView(text).sliced(beforeSpan.end, span.start - beforeSpan.end)))
                count(candidates, {before, term},
                      QStringView(text).sliced(beforeSpan.start, span.end - beforeSpan.start).toString().simplified(),
                      beforeSpan.start);
        }
        before = kind == WordKind::Letters ? term : text::Vocabulary::stopWord;
        beforeSpan = span;
    });
    return candidates;
}

} // namespace

QStringList keywordsOf(const QString &text, int count)
{
    QHash<Key, Candidate> candidates = candidatesIn(text);
    // A phrase that comes once is chance, unless the text is so short that everything comes once.
    erase_if(candidates, [](const auto &entry) { return entry.key().second >= 0 && entry.value().count < 2; });
    for (auto phrase = candidates.cbegin(); phrase != candidates.cend(); ++phrase) {
        if (phrase.key().second < 0)
            continue;
        for (const int term : {phrase.key().first, phrase.key().second}) {
            if (const auto word = candidates.find({term, -1}); word != candidates.end())
                word->inPhrases = std::max(word->inPhrases, phrase->count);
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
        const double score = isPhrase ? 1.6 * entry->count : entry->count - 0.9 * entry->inPhrases;
        if (score > 0)
            scored.push_back({score, entry->first, entry->commonForm()});
    }
    std::ranges::sort(scored, [](const Scored &a, const Scored &b) {
        return a.score != b.score ? a.score > b.score : a.first < b.first;
    });
    QStringList keywords;
    for (const Scored &each : scored) {
        if (keywords.size() < count && !keywords.contains(each.form, Qt::CaseInsensitive))
            keywords << each.form;
    }
    return keywords;
}

} // namespace quintet::batch
