// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QTcpSocket>

namespace quintet::test {

/// What a server answered.
struct Response {
    int status = 0; ///< 0: it closed the connection without an answer, or none came in ten seconds
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;                       ///< out of its chunks

    QJsonObject json() const;
    /// The data of server-sent events.
    QByteArrayList events() const;
};

/// An HTTP client that sends exactly the bytes it is given. The event loop turns while it waits.
class RawClient final {
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);

    /// A whole request with Host and Content-Length; `headers` one a line, each ended by "\r\n".
    void request(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                 const QByteArray &headers = {});

    /// The next response; of a stream, when it has ended.
    Response response();

    /// Waits until `text` has arrived.
    bool waitFor(const QByteArray &text);

    /// Waits until the server has closed the connection.
    bool waitForClose();

    void abort() { m_socket.abort(); }

private:
    std::optional<Response> takeResponse();

    quint16 m_port;
    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace quintet::test
