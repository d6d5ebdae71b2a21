// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QObject>

namespace quintet::agent::mcp {

/// Carries JSON-RPC messages to a server and back. Lives on one thread with an event loop; destroying it ends the
/// server, or the session with it.
class Transport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Connects; what goes wrong comes as closed().
    virtual void start() = 0;

    virtual void send(const QJsonObject &message) = 0;

    /// Tells what revision of the protocol was agreed on, for those that must name it.
    virtual void setRevision(const QString &) { }

    /// Where there is a way for the server to speak by itself, opens it.
    virtual void listen() { }

    static constexpr qsizetype largestMessage = 16 << 20; ///< bytes

Q_SIGNALS:
    void received(const QJsonObject &message);
    /// A line of what the server says about its work.
    void logged(const QString &line);
    /// The request of this id will not be answered.
    void failed(qint64 id, const quintet::Error &error);
    /// Nothing more will come; once.
    void closed(const quintet::Error &error);
};

} // namespace quintet::agent::mcp
