// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/connection.h"

namespace quintet::serve {

namespace {

constexpr qint64 pipelined = 64LL << 10; // bytes of following requests that may wait
constexpr qint64 largestHead = 64LL << 10;
constexpr qint64 ofStrangers = 64LL << 10; // bytes of a request without the token

/// The values of that field in a head.
QByteArrayList valuesOf(const QByteArray &head, QByteArrayView name)
{
    QByteArrayList values;
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            values << line.sliced(colon + 1).trimmed();
    }
    return values;
}

} // namespace

Connection::Connection(QTcpSocket *socket, const Limits &limits, IsKnown isKnown, QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_limits(limits),
      m_isKnown(std::move(isKnown)),
      m_bound(ofStrangers)
{
    socket->setReadBufferSize(limits.body + pipelined);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, &Connection::countArrived);
    connect(socket, &QTcpSocket::disconnected, this, &Connection::closed);
    connect(socket, &QObject::destroyed, this, &QObject::deleteLater);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Connection::giveUp);
    m_timer.start(limits.idle);
}

void Connection::countArrived()
{
    // QtHttpServer emits readyRead itself after each answer, also where nothing has arrived.
    if (m_isAnswering || m_isClosing || m_socket->bytesAvailable() == 0)
        return;
    if (m_arrived == 0)
        m_timer.start(m_limits.arriving);
    m_arrived += m_socket->bytesAvailable();
    if (!m_isJudged) {
        m_head += m_socket->peek(m_socket->bytesAvailable());
        const qsizetype end = m_head.indexOf("\r\n\r\n");
        if (end < 0 && m_head.size() > largestHead) {
            refuse("431 Request Header Fields Too Large");
            return;
        }
        if (end >= 0) {
            m_isJudged = true;
            const char *refusal = refusalOf(std::exchange(m_head, {}).first(end));
            if (refusal) {
                refuse(refusal);
                return;
            }
        }
    }
    if (m_isJudged && m_arrived > m_bound)
        refuse("413 Content Too Large");
}

const char *Connection::refusalOf(const QByteArray &head)
{
    const bool isKnown = m_isKnown(valuesOf(head, "Authorization").value(0));
    m_bound = isKnown ? m_limits.body : std::min(ofStrangers, m_limits.body);
    // A length that is told twice or is no number would let what follows pass for another request.
    const QByteArrayList lengths = valuesOf(head, "Content-Length");
    bool isNumber = true;
    const qulonglong length = lengths.isEmpty() ? 0 : lengths.first().toULongLong(&isNumber);
    if (lengths.size() > 1 || !isNumber || lengths.value(0).startsWith('+'))
        return "400 Bad Request";
    if (length > qulonglong(m_bound))
        return isKnown ? "413 Content Too Large" : "401 Unauthorized";
    return nullptr;
}

void Connection::refuse(const char *statusAndMessage)
{
    m_isClosing = true;
    m_socket->disconnect(SIGNAL(readyRead()));
    m_socket->write(QByteArray("HTTP/1.1 ") + statusAndMessage + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    m_socket->disconnectFromHost();
    m_timer.start(m_limits.arriving);
}

void Connection::giveUp()
{
    if (!m_socket)
        return;
    // What waits to be sent would keep the connection for as long as the client does not read.
    if (m_isClosing || m_socket->bytesToWrite() > 0)
        m_socket->abort();
    else if (m_arrived > 0)
        refuse("408 Request Timeout");
    else
        m_socket->disconnectFromHost();
}

void Connection::beginAnswer()
{
    m_isAnswering = true;
    m_isJudged = false;
    m_arrived = 0;
    m_timer.stop();
}

void Connection::endAnswer(bool isLast)
{
    m_isAnswering = false;
    if (!isOpen())
        return;
    m_timer.start(m_limits.idle);
    if (!isLast)
        return;
    m_isClosing = true;
    m_socket->disconnectFromHost();
}

void Connection::abort()
{
    if (m_socket)
        m_socket->abort();
}

} // namespace quintet::serve
