// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/limits.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace quintet::serve {

/// Watches over one client's socket, which QtHttpServer reads and owns: a request that is too large or too slow is
/// answered with 413 or 408 and the connection closed, since QtHttpServer 6.8 bounds neither. Goes with its socket.
class Connection final : public QObject {
    Q_OBJECT

public:
    /// Made before QtHttpServer gets the socket, so that it sees what arrives first.
    Connection(QTcpSocket *socket, const Limits &limits, QObject *parent);

    /// A request has arrived whole and is being answered; while it is, nothing is too slow.
    void beginAnswer();
    /// It has been answered; `isLast` closes the connection once all is sent.
    void endAnswer(bool isLast);

    bool isOpen() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }

    /// Whether the client reads what it is sent.
    bool isReading() const { return isOpen() && m_socket->bytesToWrite() <= m_limits.unsent; }

    void abort();

Q_SIGNALS:
    /// The client went away.
    void closed();

private:
    void countArrived();
    void refuse(const char *statusAndMessage);

    QPointer<QTcpSocket> m_socket;
    Limits m_limits;
    QTimer m_timer;
    qint64 m_arrived = 0; ///< bytes of the request that is arriving
    bool m_isAnswering = false;
};

} // namespace quintet::serve
