// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolbox.h"
#include "app/services.h"

namespace quintet::serve {

/// What an MCP client may work with.
struct ToolOffer {
    std::optional<QStringList> collections; ///< that it may see, by name; nothing: all
    QString database;                       ///< "sample", a file or an address
    llm::Endpoint endpoint;                 ///< for answers and summaries

    bool operator==(const ToolOffer &) const = default;
};

/// search_knowledge, ask_knowledge, summarize, calculate, and the tools that read the database: each the class that its
/// tab uses, and none that writes or sends. BadInput where something named is not there.
Task<Result<agent::Toolbox>> offeredTools(Services &services, ToolOffer offer, CancelToken token);

} // namespace quintet::serve
