// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/mcp/mcpserver.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <qcorosignal.h>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

// JSON-RPC's codes.
constexpr int parseError = -32700;
constexpr int invalidRequest = -32600;
constexpr int methodNotFound = -32601;
constexpr int invalidParameters = -32602;

const QStringList &revisions()
{
    static const QStringList all{u"2025-11-25"_s, u"2025-06-18"_s, u"2025-03-26"_s, u"2024-11-05"_s};
    return all;
}

QString keyOf(const QJsonValue &id)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact));
}

QJsonObject resultOf(const QString &text, bool isError)
{
    const QJsonObject content{{u"type"_s, u"text"_s}, {u"text"_s, text}};
    return {{u"content"_s, QJsonArray{content}}, {u"isError"_s, isError}};
}

} // namespace

McpServer::McpServer(agent::Toolbox tools, std::function<void(const QByteArray &)> send)
    : m_tools(std::move(tools)),
      m_send(std::move(send))
{
}

void McpServer::receive(const QByteArray &line)
{
    if (line.trimmed().isEmpty())
        return;
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (error.error != QJsonParseError::NoError) {
        refuse(QJsonValue(), parseError, tr("This is no JSON: %1.").arg(error.errorString()));
    } else if (!document.isArray()) {
        receiveMessage(document.object());
    } else if (document.array().isEmpty()) {
        refuse(QJsonValue(), invalidRequest, tr("The batch is empty."));
    } else {
        // Batches were part of one revision; each answer is sent by itself.
        for (const QJsonValue message : document.array())
            receiveMessage(message);
    }
}

void McpServer::receiveMessage(const QJsonValue &message)
{
    const QJsonValue id = message[u"id"];
    const QJsonValue method = message[u"method"];
    if (!method.isString()) {
        // What has no method answers a request, and this server asks none.
        const bool isAnswer = message[u"result"].isObject() || message[u"error"].isObject();
        if (!isAnswer)
            refuse(id.isUndefined() ? QJsonValue() : id, invalidRequest, tr("This is no request."));
        return;
    }
    const QJsonObject parameters = message[u"params"].toObject();
    if (!id.isUndefined()) {
        receiveRequest(method.toString(), parameters, id);
        return;
    }
    if (method.toString() == u"notifications/cancelled") {
        if (const auto call = m_underWay.find(keyOf(parameters[u"requestId"])); call != m_underWay.end())
            call->request_stop();
    }
}

void McpServer::receiveRequest(const QString &method, const QJsonObject &parameters, const QJsonValue &id)
{
    if (method == u"initialize")
        answer(id, initialize(parameters));
    else if (method == u"ping")
        answer(id, {});
    else if (method == u"tools/list")
        answer(id, listTools());
    else if (method == u"tools/call")
        callTool(parameters, id);
    else
        refuse(id, methodNotFound, tr("There is no method %1.").arg(method));
}

QJsonObject McpServer::initialize(const QJsonObject &parameters) const
{
    const QString asked = parameters[u"protocolVersion"].toString();
    return {{u"protocolVersion"_s, revisions().contains(asked) ? asked : revisions().first()},
            {u"capabilities"_s, QJsonObject{{u"tools"_s, QJsonObject{{u"listChanged"_s, false}}}}},
            {u"serverInfo"_s,
             QJsonObject{{u"name"_s, u"quintet"_s}, {u"version"_s, QCoreApplication::applicationVersion()}}},
            {u"instructions"_s,
             u"Searches and quotes the user's own documents, summarizes texts, calculates, and reads a "
             "database. Nothing here changes anything."_s}};
}

QJsonObject McpServer::listTools() const
{
    QJsonArray tools;
    for (const agent::ToolFacts &facts : m_tools.facts()) {
        const QJsonObject annotations{{u"title"_s, facts.title},
                                      {u"readOnlyHint"_s, facts.effect == agent::Effect::Reads},
                                      {u"openWorldHint"_s, false}};
        tools.append(QJsonObject{{u"name"_s, facts.name},
                                 {u"title"_s, facts.title},
                                 {u"description"_s, facts.description},
                                 {u"inputSchema"_s, facts.schema},
                                 {u"annotations"_s, annotations}});
    }
    return {{u"tools"_s, tools}};
}

Task<void> McpServer::callTool(QJsonObject parameters, QJsonValue id)
{
    const QString name = parameters[u"name"].toString();
    if (!m_tools.factsOf(name))
        co_return refuse(id, invalidParameters, tr("There is no tool %1.").arg(name));
    const QString key = keyOf(id);
    if (m_underWay.contains(key))
        co_return refuse(id, invalidRequest, tr("Another call with this id is under way."));
    const CancelToken token = m_underWay.insert(key, CancelSource())->get_token();
    const auto result = co_await m_tools.call(name, parameters[u"arguments"].toObject(), token);
    m_underWay.remove(key);
    m_wake.wakeLater();
    // A call that was cancelled is not answered.
    if (token.stop_requested())
        co_return;
    QJsonObject object = result ? resultOf(result->text, false) : resultOf(result.error().message, true);
    if (result && !result->value.isEmpty())
        object[u"structuredContent"] = result->value;
    answer(id, object);
}

void McpServer::cancel()
{
    for (CancelSource &call : m_underWay)
        call.request_stop();
}

Task<void> McpServer::idle()
{
    while (!m_underWay.isEmpty())
        co_await qCoro(&m_wake, &Wake::woken);
}

void McpServer::answer(const QJsonValue &id, const QJsonObject &result)
{
    sendMessage({{u"id"_s, id}, {u"result"_s, result}});
}

void McpServer::refuse(const QJsonValue &id, int code, const QString &message)
{
    sendMessage({{u"id"_s, id}, {u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}});
}

void McpServer::sendMessage(QJsonObject message)
{
    message[u"jsonrpc"] = u"2.0"_s;
    m_send(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

} // namespace quintet::serve
