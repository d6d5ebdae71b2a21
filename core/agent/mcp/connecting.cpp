// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/connecting.h"

#include "agent/mcp/httptransport.h"
#include "agent/mcp/initializeprotocol.h"
#include "agent/mcp/mcptool.h"
#include "agent/mcp/stdiotransport.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

std::shared_ptr<Client> clientFor(const ServerConfig &server, const Surroundings &surroundings)
{
    net::HttpClient *http = &surroundings.client;
    const auto make = [http](const ServerConfig &config) -> std::unique_ptr<Transport> {
        if (config.isRemote())
            return std::make_unique<HttpTransport>(*http, config);
        return std::make_unique<StdioTransport>(config);
    };
    const auto client =
        std::make_shared<Client>(server, make, std::make_unique<InitializeProtocol>(), surroundings.folders);
    if (surroundings.onLog) {
        QObject::connect(client.get(), &Client::logged, client.get(),
                         [onLog = surroundings.onLog, name = server.name](const QString &line) { onLog(name, line); });
    }
    return client;
}

Task<Result<void>> agreed(ServerConfig server, Surroundings surroundings)
{
    if (surroundings.agreements.hasAgreed(server))
        co_return Result<void>();
    if (!co_await surroundings.agrees({server, {}}))
        co_return failure(
            ErrorKind::Refused,
            tr("The MCP server “%1” was not used, since nobody agreed to it: %2").arg(server.name, server.summary()));
    co_return surroundings.agreements.agree(server);
}

Task<Result<std::vector<std::shared_ptr<Tool>>>> toolsOf(std::shared_ptr<Client> client, Surroundings surroundings)
{
    const ServerConfig &server = client->server();
    std::vector<ToolDefinition> tools = client->tools();
    const auto changed = surroundings.agreements.changed(server, tools);
    if (!changed.empty() && !co_await surroundings.agrees({server, changed}))
        std::erase_if(tools, [&changed](const ToolDefinition &tool) { return std::ranges::contains(changed, tool); });
    if (const auto kept = surroundings.agreements.keepTools(server, tools); !kept)
        co_return std::unexpected(kept.error());
    std::vector<std::shared_ptr<Tool>> made;
    for (const ToolDefinition &tool : tools)
        made.push_back(std::make_shared<McpTool>(client, tool));
    co_return made;
}

} // namespace

QString Question::text() const
{
    if (changed.empty())
        return (server.isRemote() ? tr("May the MCP server “%1” be asked? It is at %2")
                                  : tr("May the MCP server “%1” be started? It runs %2"))
            .arg(server.name, server.summary());
    QString words = tr("The MCP server “%1” describes tools otherwise than before. May they be used?").arg(server.name);
    for (const ToolDefinition &tool : changed)
        words += u"\n\n"_s + tool.name + u": "_s + tool.description;
    return words;
}

Task<Connected> connectTo(std::vector<ServerConfig> servers, Surroundings surroundings, CancelToken token)
{
    Connected result;
    // The user is asked one thing at a time; servers start together.
    std::vector<std::shared_ptr<Client>> clients;
    for (const ServerConfig &server : servers) {
        if (const auto may = co_await agreed(server, surroundings))
            clients.push_back(clientFor(server, surroundings));
        else
            result.troubles.push_back(may.error());
    }
    std::vector<Task<Result<void>>> starting;
    for (const auto &client : clients)
        starting.push_back(client->connect(token));
    for (size_t i = 0; i < clients.size(); ++i) {
        const auto connected = co_await std::move(starting[i]);
        if (!connected) {
            result.troubles.push_back(connected.error());
            continue;
        }
        const auto tools = co_await toolsOf(clients[i], surroundings);
        if (tools)
            result.tools.insert(result.tools.end(), tools->begin(), tools->end());
        else
            result.troubles.push_back(tools.error());
    }
    co_return result;
}

} // namespace quintet::agent::mcp
