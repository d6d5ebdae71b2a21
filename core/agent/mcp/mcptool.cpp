// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/mcptool.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestDescription = 4'000;
constexpr qsizetype longestText = 32'000;
constexpr qsizetype longestName = 64; ///< as model services take it

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QString wordsFor(const QJsonObject &part)
{
    const QString type = part[u"type"].toString();
    if (type == u"text")
        return part[u"text"].toString();
    if (type == u"resource_link")
        return part[u"name"].toString() + u": "_s + part[u"uri"].toString();
    if (type == u"resource") {
        const QJsonObject resource = part[u"resource"].toObject();
        return resource[u"text"].toString(
            u"(%1, %2)"_s.arg(resource[u"uri"].toString(), resource[u"mimeType"].toString()));
    }
    // Pictures and sounds, in base64.
    return u"(%1, %2, %3 bytes)"_s.arg(type, part[u"mimeType"].toString()).arg(part[u"data"].toString().size() * 3 / 4);
}

} // namespace

McpTool::McpTool(std::shared_ptr<Client> client, ToolDefinition definition)
    : m_client(std::move(client)),
      m_definition(std::move(definition))
{
}

ToolFacts McpTool::facts() const
{
    static const QRegularExpression odd(u"[^A-Za-z0-9_-]"_s);
    QJsonObject schema = m_definition.schema;
    if (schema[u"type"].toString() != u"object")
        schema = {{u"type"_s, u"object"_s}};
    QString name = m_definition.name;
    name.replace(odd, u"_"_s);
    const QString &description = m_definition.description;
    return {.name = name.first(std::min(name.size(), longestName)),
            .title = m_definition.title.isEmpty() ? m_definition.name : m_definition.title,
            .group = m_client->server().name,
            .description = description.first(std::min(description.size(), longestDescription)),
            .schema = schema,
            .effect = m_client->server().isRemote() ? Effect::Sends : Effect::Writes,
            .isUntrusted = true};
}

Result<void> McpTool::checkDefinition() const
{
    const auto &tools = m_client->tools();
    const auto now = std::ranges::find(tools, m_definition.name, &ToolDefinition::name);
    const QString server = m_client->server().name;
    if (now == tools.end())
        return failure(ErrorKind::BadInput,
                       tr("The MCP server “%1” has no tool %2 any more.").arg(server, m_definition.name));
    if (now->digest != m_definition.digest)
        return failure(ErrorKind::Refused,
                       tr("The MCP server “%1” describes its tool %2 otherwise than when the user agreed to "
                          "it. Look at it again, then start anew.")
                           .arg(server, m_definition.name));
    return {};
}

Task<Result<ToolResult>> McpTool::call(QJsonObject arguments, CancelToken token)
{
    const auto client = m_client; // outlives this call, whatever becomes of the tool
    const QString name = m_definition.name;
    if (const auto connected = co_await client->connect(token); !connected)
        co_return std::unexpected(connected.error());
    if (const auto same = checkDefinition(); !same)
        co_return std::unexpected(same.error());
    const auto answer = co_await client->callTool(name, arguments, token);
    if (!answer)
        co_return std::unexpected(answer.error());
    co_return resultFrom(*answer);
}

Result<ToolResult> resultFrom(const QJsonObject &answer)
{
    QStringList parts;
    for (const QJsonValue part : answer[u"content"].toArray())
        parts << wordsFor(part.toObject());
    const QJsonObject structured = answer[u"structuredContent"].toObject();
    if (parts.isEmpty() && !structured.isEmpty())
        parts << QString::fromUtf8(QJsonDocument(structured).toJson(QJsonDocument::Compact));
    QString text = parts.join(u"\n\n"_s);
    if (text.size() > longestText)
        text = text.first(longestText)
               + u"\n\n(The first %1 of %2 characters. Ask the tool for less to see the rest.)"_s.arg(longestText)
                     .arg(text.size());
    if (answer[u"isError"].toBool())
        return failure(ErrorKind::BadInput, text.isEmpty() ? tr("The tool says that it failed.") : text);
    if (text.isEmpty())
        text = u"Done; there is no output."_s;
    return ToolResult{.text = text, .value = structured.isEmpty() ? QJsonObject{{u"text"_s, text}} : structured};
}

} // namespace quintet::agent::mcp
