// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/client.h"
#include "agent/tool.h"

namespace quintet::agent::mcp {

/// A tool of a server, as it was when the user agreed to it: once the server describes it otherwise, it is not called
/// any more. What a server says of its tools is not trusted: each counts as one that changes or sends something.
class McpTool final : public Tool {
public:
    McpTool(std::shared_ptr<Client> client, ToolDefinition definition);

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Result<void> checkDefinition() const;

    std::shared_ptr<Client> m_client;
    ToolDefinition m_definition;
};

/// What a server answered to a call, as a result: texts, and words for what is none. BadInput with its text where it
/// says that the call failed.
Result<ToolResult> resultFrom(const QJsonObject &answer);

} // namespace quintet::agent::mcp
