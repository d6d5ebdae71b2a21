// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/answer/citations.h"

#include "knowledge/terms/termreader.h"
#include "text/codepoints.h"
#include "text/language.h"
#include "text/sentences.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr double enough = 0.5; // share of a claim's words that must stand in the passage

const QRegularExpression &markerPattern()
{
    static const QRegularExpression pattern(u"\\[(\\d{1,3}(?:\\s*[,;]\\s*\\d{1,3})*)\\]"_s);
    return pattern;
}

QString withoutMarkers(QString text)
{
    return text.remove(markerPattern());
}

QSet<TermId> termsIn(const QString &text, const QString &language)
{
    QSet<TermId> terms;
    TermReader reader(language);
    reader.read(text, [&terms](const Term *term) {
        if (term)
            terms.insert(term->id);
    });
    return terms;
}

/// The words of `sentence` that must stand in a passage as they are: numbers, and names, which are capitalised where no
/// sentence begins. In languages that capitalise every noun those are too many, so that only numbers count.
QStringList exactWords(const QString &sentence, const QString &language)
{
    QStringList words;
    bool isFirst = true;
    text::forEachWord(sentence, [&](text::Span span, text::WordKind kind) {
        const QStringView word = span.of(sentence);
        const bool isName =
            kind == text::WordKind::Letters && !isFirst && word.size() > 1 && word[0].isUpper() && language != u"de";
        if (kind == text::WordKind::Number || isName)
            words << word.toString();
        isFirst = false;
    });
    return words;
}

/// Where the sentences of `text` stand in it.
std::vector<text::Span> sentenceSpans(const QString &text)
{
    std::vector<text::Span> spans;
    for (const text::Sentence &sentence : text::splitSentences(text, text::splitBlocks(text)))
        spans.push_back(text::trimmed(text, sentence.span));
    return spans;
}

/// The stretch of `hit` that speaks most for `claim`.
text::Span bestSentence(const QString &claim, const Hit &hit)
{
    const QString language = text::guessLanguage(hit.text);
    const QSet<TermId> wanted = termsIn(claim, language);
    text::Span best = text::trimmed(hit.text, {0, hit.text.size()});
    double most = 0;
    for (const text::Span &span : sentenceSpans(hit.text)) {
        const QSet<TermId> there = termsIn(span.of(hit.text).toString(), language);
        const auto shared = double(QSet<TermId>(there).intersect(wanted).size());
        const double share = shared / (1.0 + double(there.size() + wanted.size()) / 2);
        if (share > most) {
            most = share;
            best = span;
        }
    }
    return best;
}

Citation citationOf(int marker, const QString &claim, const Hit &hit)
{
    const text::Span span = bestSentence(claim, hit);
    const text::CodePointMap map(hit.text);
    return {.marker = marker,
            .document = hit.document,
            .title = hit.title,
            .page = hit.page,
            .place = hit.place,
            .start = hit.start + map.codePoint(span.start),
            .end = hit.start + map.codePoint(span.end),
            .quote = span.of(hit.text).toString(),
            .isVerified = support(claim, hit.text) >= enough};
}

} // namespace

std::vector<int> markersIn(QStringView text, int count)
{
    std::vector<int> markers;
    for (const auto &match : markerPattern().globalMatchView(text)) {
        static const QRegularExpression digits(u"\\d+"_s);
        for (const auto &number : digits.globalMatch(match.captured(1))) {
            const int marker = number.captured().toInt();
            if (marker >= 1 && marker <= count && std::ranges::find(markers, marker) == markers.end())
                markers.push_back(marker);
        }
    }
    return markers;
}

double support(const QString &sentence, const QString &passage)
{
    const QString language = text::guessLanguage(passage);
    const QString folded = withoutAccents(passage.toLower());
    QSet<QString> there;
    text::forEachWord(folded, [&](text::Span span, text::WordKind) { there.insert(span.of(folded).toString()); });
    for (const QString &word : exactWords(sentence, language)) {
        if (!there.contains(withoutAccents(word.toLower())))
            return 0;
    }
    const QSet<TermId> wanted = termsIn(sentence, language);
    if (wanted.isEmpty())
        return 1; // nothing is claimed
    const QSet<TermId> known = termsIn(passage, language);
    return double(QSet<TermId>(wanted).intersect(known).size()) / double(wanted.size());
}

void checkCitations(Answer &answer)
{
    answer.claims.clear();
    answer.citations.clear();
    for (const text::Span &span : sentenceSpans(answer.text)) {
        const QString sentence = span.of(answer.text).toString();
        const QString claim = withoutMarkers(sentence);
        const bool saysSomething = std::ranges::any_of(claim, [](QChar c) { return c.isLetterOrNumber(); });
        const std::vector<int> markers = markersIn(sentence, int(answer.passages.size()));
        if (!saysSomething) {
            // A marker that stands alone belongs to what is before it.
            if (!answer.claims.empty() && !markers.empty())
                answer.claims.back().markers.insert(answer.claims.back().markers.end(), markers.begin(), markers.end());
            continue;
        }
        answer.claims.push_back({sentence, span.start, span.end, markers, false});
    }
    for (Claim &claim : answer.claims) {
        const QString said = withoutMarkers(claim.text);
        for (const int marker : claim.markers) {
            const Citation citation = citationOf(marker, said, answer.passages[size_t(marker) - 1]);
            claim.isSupported = claim.isSupported || citation.isVerified;
            const auto known = std::ranges::find_if(answer.citations, [&citation](const Citation &other) {
                return other.marker == citation.marker && other.start == citation.start && other.end == citation.end;
            });
            if (known == answer.citations.end())
                answer.citations.push_back(citation);
            else
                known->isVerified = known->isVerified && citation.isVerified;
        }
    }
}

} // namespace quintet::knowledge
