// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/connection.h"

#include <QHash>
#include <QHttpServerRequest>
#include <QTcpServer>

namespace quintet::serve {

/// Takes connections in, and knows each by the addresses and ports of both ends. A connection too many gets 503 with
/// Retry-After; where the system gives no more, accepting goes on as soon as one is free. Lives on the engine thread.
class Listener final : public QTcpServer {
    Q_OBJECT

public:
    Listener(const Limits &limits, IsKnown isKnown);

    /// The connection that a request came by, or nothing where its client has gone.
    Connection *connectionOf(const QHttpServerRequest &request) const;

    qsizetype count() const { return m_connections.size(); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Ends {
        QHostAddress peer;
        quint16 peerPort = 0;
        QHostAddress local;
        quint16 localPort = 0;

        bool operator==(const Ends &) const = default;
        friend size_t qHash(const Ends &ends, size_t seed)
        {
            return qHashMulti(seed, ends.peer, ends.peerPort, ends.local);
        }
    };

    Limits m_limits;
    IsKnown m_isKnown;
    QHash<Ends, Connection *> m_connections;
};

} // namespace quintet::serve
