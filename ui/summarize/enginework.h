// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"
#include "net/pagefetcher.h"
#include "summarize/summarizer.h"
#include "ui/summarize/source.h"

/// What the Summarize tab has done on the engine thread. Every function here is called there, takes values, and leaves
/// what takes long to a pool.
namespace quintet::ui {

using ReadResult = Result<std::shared_ptr<const ReadDocument>>;

Task<ReadResult> readFile(document::Extractor &extractor, document::Source file, CancelToken token);
Task<ReadResult> readLink(net::PageFetcher &pages, document::Extractor &extractor, QUrl url, CancelToken token);
Task<ReadResult> readText(QString text);

Task<Result<MarkedSummary>> summarizeText(summarize::Summarizer &summarizer, document::Document source,
                                          summarize::SummaryWish wish, summarize::Watcher watcher, CancelToken token);

Task<Result<qsizetype>> countWords(QString text);

} // namespace quintet::ui
