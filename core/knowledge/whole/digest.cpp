// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/whole/digest.h"

#include "text/codepoints.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr int wordsOfSentence = 28;

/// Where a quoted stretch stands: which passage, and from where to where in it.
struct Place {
    size_t passage = 0;
    qint64 start = 0;
    qint64 end = 0;
};

Place placeOf(const llm::Quoted &quoted, WholeKind kind, const DigestPart &part)
{
    if (kind == WholeKind::Listing)
        return {size_t(std::max(0, quoted.passage)), quoted.start, quoted.end};
    const auto next = std::ranges::upper_bound(part.starts, quoted.start);
    const auto passage = size_t(std::max<std::ptrdiff_t>(0, next - part.starts.begin() - 1));
    return {passage, quoted.start - part.starts[passage], quoted.end - part.starts[passage]};
}

} // namespace

DigestPart digestPart(std::vector<Hit> passages)
{
    DigestPart part;
    qint64 length = 0;
    for (const Hit &hit : passages) {
        part.starts.push_back(length);
        part.text += hit.text + u"\n\n"_s;
        length += text::countCodePoints(hit.text) + 2;
    }
    part.passages = std::move(passages);
    return part;
}

llm::Request digestRequest(const AskWish &wish, WholeKind kind, const DigestPart &part, int sentences)
{
    llm::Request request;
    request.pattern = u"knowledge"_s;
    request.model = wish.endpoint.model;
    const QString title = part.passages.empty() ? QString() : part.passages.front().title;
    if (kind == WholeKind::Summary) {
        request.quote = llm::QuoteWish{
            .text = part.text, .title = title, .words = sentences * wordsOfSentence, .isMarkdown = {}, .asList = true};
        return request;
    }
    llm::AnswerWish answer{.question = wish.query.text, .passages = {}, .sentences = sentences, .cite = false};
    for (const Hit &hit : part.passages)
        answer.passages.push_back({hit.text, hit.title});
    request.answer = std::move(answer);
    return request;
}

QString addToDigest(Answer &answer, WholeKind kind, const DigestPart &part, const llm::Completion &completion)
{
    QString added;
    for (const llm::Quoted &quoted : completion.quotes) {
        const Place place = placeOf(quoted, kind, part);
        if (place.passage >= part.passages.size())
            continue;
        const Hit &hit = part.passages[place.passage];
        const text::CodePointMap map(hit.text);
        const qint64 end = std::min<qint64>(place.end, map.size());
        if (place.start < 0 || place.start >= end)
            continue;
        if (added.isEmpty())
            added = (answer.text.isEmpty() ? QString() : u"\n"_s) + u"**%1**\n\n"_s.arg(hit.title);
        answer.passages.push_back(hit);
        const int marker = int(answer.passages.size());
        const QString quote = hit.text.sliced(map.unit(place.start), map.unit(end) - map.unit(place.start));
        const QString claim = u"%1 [%2]"_s.arg(quote.simplified()).arg(marker);
        added += u"- "_s;
        const qsizetype at = answer.text.size() + added.size();
        added += claim + u'\n';
        answer.claims.push_back({claim, at, at + claim.size(), {marker}, true});
        answer.citations.push_back({.marker = marker,
                                    .document = hit.document,
                                    .title = hit.title,
                                    .page = hit.page,
                                    .place = hit.place,
                                    .start = hit.start + place.start,
                                    .end = hit.start + end,
                                    .quote = quote,
                                    .isVerified = true});
    }
    answer.text += added;
    return added;
}

} // namespace quintet::knowledge
