// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/catalog.h"
#include "llm/gateway.h"
#include "summarize/summary.h"

namespace quintet::summarize {

/// One text in, one answer out. Lives on the engine thread.
class Summarizer final {
public:
    /// Gets the answer as it grows: text to append.
    using OnText = std::function<void(const QString &text)>;

    Summarizer(llm::Gateway &gateway, llm::Catalog &catalog) : m_gateway(gateway), m_catalog(catalog) { }

    /// Summarizes `source`. BadInput where there is nothing to summarize; NeedsModel, before anything is done, where
    /// the built-in engine is asked for what it cannot do; else the gateway's errors.
    Task<Result<Summary>> summarize(document::Document source, SummaryWish wish, OnText onText, CancelToken token);

private:
    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
};

/// Whether `wish` can be granted by the endpoint it names: NeedsModel if the built-in engine cannot.
Result<void> checkWish(const SummaryWish &wish);

} // namespace quintet::summarize
