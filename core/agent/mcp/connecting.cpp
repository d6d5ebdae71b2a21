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

using Tools = std::vector<std::shared_ptr<Tool>>;

Task<Result<Tools>> toolsOf(ServerConfig server, Surroundings surroundings, CancelToken token)
{
    AgreementStore &agreements = surroundings.agreements;
    if (!agreements.hasAgreed(server)) {
        if (!co_await surroundings.agrees({server, {}}))
            co_return failure(ErrorKind::Refused, tr("The MCP server “%1” was not used, since nobody agreed to it: %2")
                                                      .arg(server.name, server.summary()));
        if (const auto kept = agreements.agree(server); !kept)
            co_return std::unexpected(kept.error());
    }
    const auto client = clientFor(server, surroundings);
    if (const auto connected = co_await client->connect(token); !connected)
        co_return std::unexpected(connected.error());
    std::vector<ToolDefinition> tools = client->tools();
    const auto changed = agreements.changed(server, tools);
    if (!changed.empty() && !co_await surroundings.agrees({server, changed}))
        std::erase_if(tools, [&changed](const ToolDefinition &tool) {
            return std::ranges::find(changed, tool) != changed.end();
        });
    if (const auto kept = agreements.keepTools(server, tools); !kept)
        co_return std::unexpected(kept.error());
    Tools made;
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
    std::vector<Task<Result<Tools>>> under;
    for (const ServerConfig &server : servers)
        under.push_back(toolsOf(server, surroundings, token));
    Connected connected;
    for (auto &task : under) {
        auto tools = co_await std::move(task);
        if (tools)
            connected.tools.insert(connected.tools.end(), tools->begin(), tools->end());
        else
            connected.troubles.push_back(tools.error());
    }
    co_return connected;
}

} // namespace quintet::agent::mcp
