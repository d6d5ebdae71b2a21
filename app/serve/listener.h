// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/connection.h"

#include <QHash>
#include <QTcpServer>

namespace quintet::serve {

/// Takes connections in, and knows each by the client's address and port. A connection too many gets 503 with
/// Retry-After. Lives on the engine thread.
class Listener final : public QTcpServer {
    Q_OBJECT

public:
    explicit Listener(const Limits &limits) : m_limits(limits) { }

    /// The connection of the client at that address and port, or nothing where it has gone.
    Connection *connectionOf(const QHostAddress &address, quint16 port) const;

    qsizetype count() const { return m_connections.size(); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    using Peer = std::pair<QHostAddress, quint16>;

    Limits m_limits;
    QHash<Peer, Connection *> m_connections;
};

} // namespace quintet::serve
