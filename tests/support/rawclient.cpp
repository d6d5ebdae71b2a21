// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rawclient.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QTest>

namespace quintet::test {

namespace {

constexpr int patience = 10'000; // milliseconds

/// The bytes within chunks (RFC 9112 §7.1), or nothing while they are not whole; takes them off `rest`.
std::optional<QByteArray> takeChunks(QByteArray &rest)
{
    QByteArray body;
    qsizetype at = 0;
    for (;;) {
        const qsizetype end = rest.indexOf("\r\n", at);
        if (end < 0)
            return std::nullopt;
        const qsizetype size = rest.sliced(at, end - at).toLongLong(nullptr, 16);
        if (rest.size() < end + 2 + size + 2)
            return std::nullopt;
        body += rest.sliced(end + 2, size);
        at = end + 2 + size + 2;
        if (size == 0)
            break;
    }
    rest.remove(0, at);
    return body;
}

} // namespace

QJsonObject Response::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArrayList Response::events() const
{
    QByteArrayList all;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("data: "))
            all << line.sliced(6);
    }
    return all;
}

RawClient::RawClient(quint16 port) : m_port(port)
{
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { m_received += m_socket.readAll(); });
    (void)QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, patience);
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::request(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                        const QByteArray &headers)
{
    const QByteArray host =
        headers.toLower().contains("host:") ? QByteArray() : "Host: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n";
    send(method + ' ' + path + " HTTP/1.1\r\n" + host + headers + "Content-Length: " + QByteArray::number(body.size())
         + "\r\n\r\n" + body);
}

std::optional<Response> RawClient::takeResponse()
{
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    Response response;
    const QByteArrayList lines = m_received.first(end).split('\n');
    response.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        response.headers[line.first(std::max<qsizetype>(0, colon)).toLower()] = line.sliced(colon + 1).trimmed();
    }
    QByteArray rest = m_received.sliced(end + 4);
    if (response.headers["transfer-encoding"] == "chunked") {
        const auto body = takeChunks(rest);
        if (!body)
            return std::nullopt;
        response.body = *body;
    } else {
        const qsizetype size = response.headers["content-length"].toLongLong();
        if (rest.size() < size)
            return std::nullopt;
        response.body = rest.first(size);
        rest.remove(0, size);
    }
    m_received = rest;
    return response;
}

Response RawClient::response()
{
    std::optional<Response> response;
    (void)QTest::qWaitFor(
        [&] {
            if (!response)
                response = takeResponse();
            return response || m_socket.state() == QAbstractSocket::UnconnectedState;
        },
        patience);
    return response.value_or(Response());
}

bool RawClient::waitFor(const QByteArray &text)
{
    return QTest::qWaitFor([&] { return m_received.contains(text); }, patience);
}

bool RawClient::waitForClose()
{
    return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, patience);
}

} // namespace quintet::test
