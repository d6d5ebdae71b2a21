// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/listener.h"

namespace quintet::serve {

Connection *Listener::connectionOf(const QHostAddress &address, quint16 port) const
{
    return m_connections.value({address, port});
}

void Listener::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    if (m_connections.size() >= m_limits.connections) {
        socket->write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n"
                      "Connection: close\r\n\r\n");
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->disconnectFromHost();
        return;
    }
    const Peer peer{socket->peerAddress(), socket->peerPort()};
    auto *connection = new Connection(socket, m_limits, this);
    m_connections.insert(peer, connection);
    connect(connection, &Connection::closed, this, [this, peer, connection] {
        if (m_connections.value(peer) == connection)
            m_connections.remove(peer);
    });
    addPendingConnection(socket);
}

} // namespace quintet::serve
