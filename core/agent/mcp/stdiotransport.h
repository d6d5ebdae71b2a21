// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/serverconfig.h"
#include "agent/mcp/transport.h"

#include <QProcess>

namespace quintet::agent::mcp {

/// A server that is a child process: a message a line on its standard input and output, its log on standard error. It
/// gets few of this process's variables, so no keys. Ended with all that it started.
class StdioTransport final : public Transport {
    Q_OBJECT

public:
    explicit StdioTransport(ServerConfig server);
    ~StdioTransport() override;

    void start() override;
    void send(const QJsonObject &message) override;

private:
    void takeOutput();
    void takeLine(const QByteArray &line);
    void takeErrors();
    void end(const QString &why);

    ServerConfig m_server;
    QProcess m_process;
    QByteArray m_output;
    bool m_isClosed = false;
};

} // namespace quintet::agent::mcp
