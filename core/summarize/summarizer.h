// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"
#include "summarize/summary.h"

namespace quintet::summarize {

/// Who watches a summary being made. Called on the engine thread.
struct Watcher {
    std::function<void(const QString &text)> onText;     ///< text to append to the answer
    std::function<void(const llm::Waiting &)> onWaiting; ///< why nothing comes for now
    std::function<void(int done, int count)> onSection;  ///< sections of a long text read so far
};

/// Whether what failed for one text will fail for the next one, too: no key, no money, no network, no disk.
bool isFatal(const Error &error);

/// One text in, one answer out. A text that is longer than the model can read is split at natural borders, the parts
/// are condensed each, and the answer is made of these (map-reduce): nothing is cut off silently. Lives on the engine
/// thread.
class Summarizer final {
public:
    Summarizer(llm::Gateway &gateway, llm::Catalog &catalog) : m_gateway(gateway), m_catalog(catalog) { }

    /// Summarizes `source`. BadInput where there is nothing to summarize; NeedsModel, before anything is done, where
    /// the built-in engine is asked for what it cannot do; else the gateway's errors.
    Task<Result<Summary>> summarize(document::Document source, SummaryWish wish, Watcher watcher, CancelToken token);

    /// Notes of `text` that fit into `room` tokens and keep what matters to the wish's instruction; the text itself
    /// where it fits. Needs a model.
    Task<Result<Summary>> condense(QString text, qint64 room, SummaryWish wish, Watcher watcher, CancelToken token);

private:
    Task<Result<Summary>> quote(document::Document source, SummaryWish wish, Watcher watcher, CancelToken token);
    Task<Result<Summary>> writeInParts(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                       llm::Completion *sum, CancelToken token);
    Task<Result<QString>> shortened(QString text, qint64 room, SummaryWish wish, Watcher watcher, llm::Completion *sum,
                                    CancelToken token);
    Task<Result<QString>> notesOf(QString text, qint64 room, SummaryWish wish, Watcher watcher, llm::Completion *sum,
                                  CancelToken token);

    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
};

/// Whether `wish` can be granted by the endpoint it names: NeedsModel if the built-in engine cannot.
Result<void> checkWish(const SummaryWish &wish);

} // namespace quintet::summarize
