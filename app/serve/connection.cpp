// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/connection.h"

namespace quintet::serve {

namespace {

constexpr qint64 pipelined = 64LL << 10; // bytes of following requests that may wait

} // namespace

Connection::Connection(QTcpSocket *socket, const Limits &limits, QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_limits(limits)
{
    socket->setReadBufferSize(limits.body + pipelined);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, &Connection::countArrived);
    connect(socket, &QTcpSocket::disconnected, this, &Connection::closed);
    connect(socket, &QObject::destroyed, this, &QObject::deleteLater);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_arrived > 0)
            refuse("408 Request Timeout");
        else
            m_socket->disconnectFromHost();
    });
    m_timer.start(limits.idle);
}

void Connection::countArrived()
{
    // QtHttpServer emits readyRead itself after each answer, also where nothing has arrived.
    if (m_isAnswering || m_socket->bytesAvailable() == 0)
        return;
    if (m_arrived == 0)
        m_timer.start(m_limits.arriving);
    m_arrived += m_socket->bytesAvailable();
    if (m_arrived > m_limits.body)
        refuse("413 Content Too Large");
}

void Connection::refuse(const char *statusAndMessage)
{
    m_socket->disconnect(SIGNAL(readyRead()));
    m_socket->write(QByteArray("HTTP/1.1 ") + statusAndMessage
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    m_socket->disconnectFromHost();
}

void Connection::beginAnswer()
{
    m_isAnswering = true;
    m_arrived = 0;
    m_timer.stop();
}

void Connection::endAnswer(bool isLast)
{
    m_isAnswering = false;
    if (isLast && isOpen())
        m_socket->disconnectFromHost();
    else
        m_timer.start(m_limits.idle);
}

void Connection::abort()
{
    if (m_socket)
        m_socket->abort();
}

} // namespace quintet::serve
