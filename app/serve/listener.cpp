// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/listener.h"

namespace quintet::serve {

namespace {

constexpr auto afterError = std::chrono::milliseconds(100);

} // namespace

Listener::Listener(const Limits &limits, IsKnown isKnown) : m_limits(limits), m_isKnown(std::move(isKnown))
{
    // QTcpServer accepts no more after an error such as too many open files.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(afterError, this, &QTcpServer::resumeAccepting); });
}

Connection *Listener::connectionOf(const QHttpServerRequest &request) const
{
    return m_connections.value(
        {request.remoteAddress(), request.remotePort(), request.localAddress(), request.localPort()});
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
    const Ends ends{socket->peerAddress(), socket->peerPort(), socket->localAddress(), socket->localPort()};
    auto *connection = new Connection(socket, m_limits, m_isKnown, this);
    m_connections.insert(ends, connection);
    connect(connection, &Connection::closed, this, [this, ends, connection] {
        if (m_connections.value(ends) == connection)
            m_connections.remove(ends);
    });
    addPendingConnection(socket);
}

} // namespace quintet::serve
