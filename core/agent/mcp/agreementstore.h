// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/protocol.h"
#include "agent/mcp/serverconfig.h"

namespace quintet::agent::mcp {

/// Which servers the user agreed to have started or asked, and how their tools were described then: kept in the
/// settings file. A server whose entry was changed counts as another. Reads the file anew at each call.
class AgreementStore final {
public:
    explicit AgreementStore(QString settingsFile) : m_settingsFile(std::move(settingsFile)) { }

    bool hasAgreed(const ServerConfig &server) const;
    Result<void> agree(const ServerConfig &server);

    /// Those of `tools` that are described otherwise than when the user agreed, or were not there. None where nothing
    /// was kept of the server's tools yet.
    std::vector<ToolDefinition> changed(const ServerConfig &server, const std::vector<ToolDefinition> &tools) const;
    Result<void> keepTools(const ServerConfig &server, const std::vector<ToolDefinition> &tools);

    /// Asks again next time.
    Result<void> forget(const QString &serverName);

private:
    QString m_settingsFile;
};

} // namespace quintet::agent::mcp
