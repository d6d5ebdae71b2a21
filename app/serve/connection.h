// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/limits.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>

namespace quintet::serve {

/// Whether whoever sends this head of a request knows the token.
using IsKnown = std::function<bool(const QByteArray &head)>;

/// Watches over one client's socket, which QtHttpServer reads and owns, and bounds neither by size nor by time (as of
/// 6.8): a request that is too large, too slow or of a length that cannot be told is refused, and the connection
/// closed; who does not know the token may send a small one only, and who does not read its answer is cut off. Goes
/// with its socket.
class Connection final : public QObject {
    Q_OBJECT

public:
    /// Made before QtHttpServer gets the socket, so that it sees what arrives first.
    Connection(QTcpSocket *socket, const Limits &limits, IsKnown isKnown, QObject *parent);

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
    /// Nothing where the request may go on as its head says.
    const char *refusalOf(const QByteArray &head);
    void refuse(const char *statusAndMessage);
    void giveUp();

    QPointer<QTcpSocket> m_socket;
    Limits m_limits;
    QTimer m_timer;
    IsKnown m_isKnown;
    QByteArray m_head; ///< of the request that is arriving, as far as it came; empty once it was judged
    bool m_isJudged = false;
    qint64 m_bound = 0;   ///< bytes that this request may have
    qint64 m_arrived = 0; ///< bytes of the request that is arriving
    bool m_isAnswering = false;
    bool m_isClosing = false;
};

} // namespace quintet::serve
