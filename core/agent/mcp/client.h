// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/protocol.h"
#include "agent/mcp/serverconfig.h"
#include "agent/mcp/transport.h"
#include "base/wake.h"

#include <map>

namespace quintet::agent::mcp {

/// A connection to one server: requests and their answers, the server's own requests, its log. Connects again at the
/// next call after the server is gone. Lives on one thread with an event loop.
class Client final : public QObject {
    Q_OBJECT

public:
    using MakeTransport = std::function<std::unique_ptr<Transport>(const ServerConfig &)>;

    /// `folders`: what the server is told to work in, where it asks (absolute paths).
    Client(ServerConfig server, MakeTransport makeTransport, std::unique_ptr<Protocol> protocol, QStringList folders);
    ~Client() override;

    const ServerConfig &server() const { return m_server; }

    /// Connects, unless it is connected, and lists the tools. Unavailable where the server does not start or goes away,
    /// Timeout where it does not speak, Protocol where it is not understood.
    Task<Result<void>> connect(CancelToken token);

    /// As the server listed them last.
    const std::vector<ToolDefinition> &tools() const { return m_tools; }

    /// Calls a tool; what the server answers: {"content":[...],"structuredContent","isError"}. Fails as connect(), with
    /// the server's own error as BadInput, and with Cancelled, which the server is told.
    Task<Result<QJsonObject>> callTool(QString name, QJsonObject arguments, CancelToken token);

    /// The last lines of its log.
    const QStringList &log() const { return m_log; }

    // For protocols.
    Task<Result<QJsonObject>> request(QString method, QJsonObject parameters, CancelToken token);
    void notify(const QString &method, const QJsonObject &parameters);
    void setRevision(const QString &revision);
    void setHasTools(bool hasTools) { m_hasTools = hasTools; }

Q_SIGNALS:
    void logged(const QString &line);
    /// The server listed other tools than before.
    void toolsChanged();

private:
    /// A request that is waited for.
    struct Pending {
        Wake answered;
        std::optional<Result<QJsonObject>> answer;
    };

    Task<Result<void>> open(CancelToken token);
    Task<Result<void>> listTools(CancelToken token);
    void take(const QJsonObject &message);
    void answerRequest(const QJsonObject &message);
    void takeNotification(const QString &method, const QJsonObject &parameters);
    void settle(qint64 id, Result<QJsonObject> answer);
    void close(const Error &error);
    void addToLog(const QString &line);

    ServerConfig m_server;
    MakeTransport m_makeTransport;
    std::unique_ptr<Protocol> m_protocol;
    QStringList m_folders;
    std::unique_ptr<Transport> m_transport;
    std::map<qint64, std::shared_ptr<Pending>> m_pending;
    std::vector<ToolDefinition> m_tools;
    QStringList m_log;
    qint64 m_lastId = 0;
    bool m_isOpen = false;
    bool m_isOpening = false;
    bool m_hasTools = false;
    Wake m_opened;
    Error m_end; ///< why the last connection is over
};

} // namespace quintet::agent::mcp
