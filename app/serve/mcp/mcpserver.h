// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolbox.h"
#include "base/wake.h"

#include <QHash>
#include <QJsonValue>

namespace quintet::serve {

/// A server of the Model Context Protocol, revisions 2024-11-05 to 2025-11-25
/// (https://modelcontextprotocol.io/specification/2025-11-25), that offers tools. Messages come in and go out as JSON
/// lines; calls run side by side, and each request is answered once. Lives on the engine thread.
class McpServer final : public QObject {
    Q_OBJECT

public:
    /// `send` gets each message to the client, a line without its end.
    McpServer(agent::Toolbox tools, std::function<void(const QByteArray &)> send);

    /// One line from the client; whatever it holds, it is answered as JSON-RPC 2.0 says
    /// (https://www.jsonrpc.org/specification).
    void receive(const QByteArray &line);

    /// Is done when every call has been answered.
    Task<void> idle();

    /// Cancels what is under way.
    void cancel();

private:
    void receiveMessage(const QJsonValue &message);
    void receiveRequest(const QString &method, const QJsonObject &parameters, const QJsonValue &id);
    QJsonObject initialize(const QJsonObject &parameters) const;
    QJsonObject listTools() const;
    Task<void> callTool(QJsonObject parameters, QJsonValue id);
    void answer(const QJsonValue &id, const QJsonObject &result);
    void refuse(const QJsonValue &id, int code, const QString &message);
    void sendMessage(QJsonObject message);

    agent::Toolbox m_tools;
    std::function<void(const QByteArray &)> m_send;
    QHash<QString, CancelSource> m_underWay; ///< calls by their request's id, as JSON
    Wake m_wake;
};

} // namespace quintet::serve
