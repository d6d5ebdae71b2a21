// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <QHostAddress>
#include <QTimer>

#include <algorithm>
#include <sys/socket.h>

namespace quintet::test {

Script &Script::add(Step::Kind kind, const QByteArray &bytes, std::chrono::milliseconds wait)
{
    m_steps.push_back({kind, bytes, wait});
    return *this;
}

Script Script::response(int status, const QByteArray &body, const QByteArray &contentType,
                        const QList<QByteArray> &headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Type: " + contentType
                      + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const QByteArray &header : headers)
        head += header + "\r\n";
    return raw(head + "\r\n" + body);
}

Script Script::eventStream(const QList<QByteArray> &headers)
{
    QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n";
    for (const QByteArray &header : headers)
        head += header + "\r\n";
    return raw(head + "\r\n");
}

Script Script::raw(const QByteArray &bytes)
{
    Script script;
    script.add(Step::Send, bytes);
    return script;
}

Script &Script::event(const QByteArray &data)
{
    return chunk("data: " + data + "\n\n");
}
Script &Script::chunk(const QByteArray &bytes)
{
    return add(Step::Send, QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}
Script &Script::end()
{
    return add(Step::Send, "0\r\n\r\n");
}
Script &Script::wait(std::chrono::milliseconds time)
{
    return add(Step::Wait, {}, time);
}
Script &Script::close()
{
    return add(Step::Close);
}
Script &Script::reset()
{
    return add(Step::Reset);
}
Script &Script::halfClose()
{
    return add(Step::HalfClose);
}
Script &Script::stall()
{
    return add(Step::Stall);
}

Script &Script::cutAt(qsizetype count)
{
    std::vector<Step> cut;
    for (const Step &step : m_steps) {
        if (step.kind != Step::Send) {
            cut.push_back(step);
            continue;
        }
        cut.push_back({Step::Send, step.bytes.left(count), {}});
        count -= step.bytes.size();
        if (count <= 0)
            break;
    }
    m_steps = std::move(cut);
    return close();
}

Script &Script::drip(qsizetype size, std::chrono::milliseconds pause)
{
    std::vector<Step> drops;
    for (const Step &step : m_steps) {
        if (step.kind != Step::Send) {
            drops.push_back(step);
            continue;
        }
        for (qsizetype i = 0; i < step.bytes.size(); i += size) {
            drops.push_back({Step::Send, step.bytes.mid(i, size), {}});
            drops.push_back({Step::Wait, {}, pause});
        }
    }
    m_steps = std::move(drops);
    return *this;
}

struct ScriptedServer::Session {
    QTcpSocket *socket = nullptr;
    int number = 0;
    QByteArray buffer;
    bool isBusy = false;
};

ScriptedServer::ScriptedServer()
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the scripted server cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedServer::accept);
}

QUrl ScriptedServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
}

void ScriptedServer::on(const QByteArray &prefix, std::function<Script(const Received &)> answer)
{
    m_answers.emplace_back(prefix, std::move(answer));
}

qsizetype ScriptedServer::count(const QByteArray &method) const
{
    return std::ranges::count(m_received, method, &Received::method);
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const auto session = std::make_shared<Session>();
        session->socket = socket;
        session->number = ++m_connections;
        ++m_open;
        connect(socket, &QTcpSocket::readyRead, this, [this, session] { read(session); });
        connect(socket, &QTcpSocket::disconnected, this, [this, session, socket] {
            --m_open;
            session->socket = nullptr;
            socket->deleteLater();
        });
    }
}

void ScriptedServer::read(const std::shared_ptr<Session> &session)
{
    if (!session->socket)
        return;
    session->buffer += session->socket->readAll();
    if (session->isBusy)
        return;
    const qsizetype headEnd = session->buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    Received request;
    request.connection = session->number;
    const QList<QByteArray> lines = session->buffer.left(headEnd).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    request.method = first.value(0);
    request.path = first.value(1);
    if (request.path.startsWith("http://")) // as a proxy is told (RFC 9112, 3.2.2)
        request.path = request.path.mid(request.path.indexOf('/', 7));
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (session->buffer.size() < headEnd + 4 + length)
        return;
    request.body = session->buffer.mid(headEnd + 4, length);
    session->buffer.remove(0, headEnd + 4 + length);
    session->isBusy = true;
    m_received.push_back(request);
    play(session, scriptFor(request), 0);
}

Script ScriptedServer::scriptFor(const Received &request)
{
    if (!m_queue.empty()) {
        Script script = m_queue.front();
        m_queue.erase(m_queue.begin());
        return script;
    }
    const std::function<Script(const Received &)> *best = nullptr;
    qsizetype length = -1;
    for (const auto &[prefix, answer] : m_answers) {
        if (request.path.startsWith(prefix) && prefix.size() >= length) {
            best = &answer;
            length = prefix.size();
        }
    }
    return best ? (*best)(request) : Script::response(404, R"({"error":{"message":"nothing is scripted here"}})");
}

void ScriptedServer::play(const std::shared_ptr<Session> &session, const Script &script, size_t step)
{
    for (; step < script.steps().size(); ++step) {
        if (!session->socket)
            return;
        const Script::Step &now = script.steps()[step];
        switch (now.kind) {
        case Script::Step::Send:
            session->socket->write(now.bytes);
            session->socket->flush();
            break;
        case Script::Step::Wait:
            QTimer::singleShot(now.wait, this, [this, session, script, step] { play(session, script, step + 1); });
            return;
        case Script::Step::Close: session->socket->disconnectFromHost(); return;
        case Script::Step::Reset: {
            const linger immediately{1, 0};
            ::setsockopt(static_cast<int>(session->socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &immediately,
                         sizeof immediately);
            session->socket->abort();
            return;
        }
        case Script::Step::HalfClose:
            ::shutdown(static_cast<int>(session->socket->socketDescriptor()), SHUT_WR);
            return;
        case Script::Step::Stall: return;
        }
    }
    session->isBusy = false;
    read(session);
}

} // namespace quintet::test
