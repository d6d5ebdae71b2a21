// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/initializeprotocol.h"

#include "agent/mcp/client.h"

#include <QCoreApplication>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

const QStringList revisions{u"2025-11-25"_s, u"2025-06-18"_s, u"2025-03-26"_s, u"2024-11-05"_s};

} // namespace

Task<Result<void>> InitializeProtocol::open(Client &client, CancelToken token)
{
    const QJsonObject greeting{{u"protocolVersion"_s, revisions.first()},
                               {u"capabilities"_s, QJsonObject{{u"roots"_s, QJsonObject{{u"listChanged"_s, false}}}}},
                               {u"clientInfo"_s, QJsonObject{{u"name"_s, u"quintet"_s},
                                                             {u"title"_s, u"Quintet"_s},
                                                             {u"version"_s, QStringLiteral(QUINTET_VERSION)}}}};
    const auto answer = co_await client.request(u"initialize"_s, greeting, token);
    if (!answer)
        co_return std::unexpected(answer.error());
    const QString revision = (*answer)[u"protocolVersion"].toString();
    if (!revisions.contains(revision))
        co_return failure(ErrorKind::Protocol,
                          tr("The MCP server “%1” speaks revision %2 of the protocol, which Quintet "
                             "does not know.")
                              .arg(client.server().name, revision));
    client.setRevision(revision);
    client.notify(u"notifications/initialized"_s, {});
    client.setHasTools((*answer)[u"capabilities"].toObject().contains(u"tools"));
    co_return Result<void>();
}

QJsonObject InitializeProtocol::parameters(const QString &, QJsonObject parameters) const
{
    return parameters;
}

} // namespace quintet::agent::mcp
