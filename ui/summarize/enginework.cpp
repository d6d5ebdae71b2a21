// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/enginework.h"

#include "base/onpool.h"
#include "document/webpage.h"
#include "text/codepoints.h"
#include "text/normalize.h"
#include "text/words.h"

#include <QCoreApplication>

namespace quintet::ui {

namespace {

QString pageLabel(const document::Place &place)
{
    switch (place.kind) {
    case document::Place::Page: return QCoreApplication::translate("quintet::ui", "Page %1").arg(place.label);
    case document::Place::Slide: return QCoreApplication::translate("quintet::ui", "Slide %1").arg(place.label);
    case document::Place::Sheet: return QCoreApplication::translate("quintet::ui", "Sheet %1").arg(place.label);
    case document::Place::Section: // its heading stands in the text
    case document::Place::Line: break;
    }
    return {};
}

std::shared_ptr<const ReadDocument> examined(document::Document document)
{
    auto read = std::make_shared<ReadDocument>();
    read->words = text::countWords(document.text);
    const text::CodePointMap map(document.text);
    QString last;
    for (const document::Place &place : document.places) {
        // A sheet has a place for each row.
        if (const QString label = pageLabel(place); !label.isEmpty() && label != last)
            read->labels.push_back({map.unit(place.start), last = label});
    }
    read->document = std::move(document);
    return read;
}

Task<ReadResult> examine(Result<document::Document> document)
{
    if (!document)
        co_return std::unexpected(document.error());
    co_return co_await onPool([document = std::move(*document)] { return examined(document); });
}

/// Marks of the quotes; of those only that say at their place what they said they would.
MarkedSummary marked(summarize::Summary summary, const QString &source)
{
    MarkedSummary result{std::move(summary), {}, 0};
    result.words = text::countWords(result.summary.text);
    if (result.summary.sentences.empty())
        return result;
    const text::CodePointMap map(source);
    for (const summarize::SourceSentence &sentence : result.summary.sentences)
        result.marks.push_back({map.unit(sentence.start), map.unit(sentence.end)});
    return result;
}

} // namespace

Task<ReadResult> readFile(document::Extractor &extractor, document::Source file, CancelToken token)
{
    co_return co_await examine(co_await extractor.extract(std::move(file), token));
}

Task<ReadResult> readLink(net::PageFetcher &pages, document::Extractor &extractor, QUrl url, CancelToken token)
{
    co_return co_await examine(co_await document::readWebPage(pages, extractor, std::move(url), token));
}

Task<ReadResult> readText(QString text)
{
    co_return co_await onPool([text] {
        document::Document document;
        document.text = text::normalized(text);
        document.format = QStringLiteral("text");
        return examined(std::move(document));
    });
}

Task<Result<MarkedSummary>> summarizeText(summarize::Summarizer &summarizer, document::Document source,
                                          summarize::SummaryWish wish, summarize::Watcher watcher, CancelToken token)
{
    const QString text = source.text;
    auto summary = co_await summarizer.summarize(std::move(source), std::move(wish), std::move(watcher), token);
    if (!summary)
        co_return std::unexpected(summary.error());
    co_return co_await onPool([summary = std::move(*summary), text] { return marked(summary, text); });
}

Task<Result<qsizetype>> countWords(QString text)
{
    co_return co_await onPool([text] { return text::countWords(text); });
}

} // namespace quintet::ui
