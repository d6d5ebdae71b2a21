// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/search/passagefinder.h"
#include "agent/tool.h"

namespace quintet::agent {

/// `search_knowledge`: passages of the user's documents.
class SearchKnowledge final : public Tool {
public:
    /// Searches `collections`, named one by one.
    SearchKnowledge(std::shared_ptr<PassageFinder> finder, QStringList collections)
        : m_finder(std::move(finder)),
          m_collections(std::move(collections))
    {
    }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    std::shared_ptr<PassageFinder> m_finder;
    QStringList m_collections;
};

} // namespace quintet::agent
