// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/agreementstore.h"
#include "agent/tool.h"
#include "net/httpclient.h"

namespace quintet::agent::mcp {

/// What the user must agree to before it is done.
struct Question {
    ServerConfig server;
    std::vector<ToolDefinition> changed; ///< none: whether the server may be started, or asked, at all; else whether
                                         ///< these tools, which were described otherwise before, may be used

    /// In words, with the command or the descriptions.
    QString text() const;
};

/// What connecting to servers needs of whoever does it.
struct Surroundings {
    net::HttpClient &client;
    AgreementStore agreements;
    std::function<Task<bool>(Question)> agrees;                            ///< asks the user
    std::function<void(const QString &server, const QString &line)> onLog; ///< the servers' own words; may be empty
    QStringList folders;                                                   ///< that servers are told to work in
};

/// What came of connecting.
struct Connected {
    std::vector<std::shared_ptr<Tool>> tools;
    std::vector<Error> troubles; ///< of servers that are left out, and the reasons
};

/// Connects to all servers at once, those that the user agrees to, and lists their tools. Cancelled stops it.
Task<Connected> connectTo(std::vector<ServerConfig> servers, Surroundings surroundings, CancelToken token);

} // namespace quintet::agent::mcp
