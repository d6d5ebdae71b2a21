// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"
#include "document/extractor.h"
#include "net/pagefetcher.h"

namespace quintet::agent {

/// `fetch_page`: the text of a page of the public web. The address comes from a model, so nothing on this computer or a
/// private network is asked.
class FetchPage final : public Tool {
public:
    FetchPage(net::PageFetcher &pages, document::Extractor &extractor) : m_pages(pages), m_extractor(extractor) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    net::PageFetcher &m_pages;
    document::Extractor &m_extractor;
};

} // namespace quintet::agent
