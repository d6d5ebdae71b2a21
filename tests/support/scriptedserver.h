// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace quintet::test {

/// What a client sent, whole.
struct Received {
    QByteArray method;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    int connection = 0; ///< counts accepted connections from 1
};

/// What the server does with one request, step by step.
class Script final {
public:
    struct Step {
        enum Kind { Send, Wait, Close, Reset, HalfClose, Stall } kind;
        QByteArray bytes;
        std::chrono::milliseconds wait{0};
    };

    /// A whole response with Content-Length.
    static Script response(int status, const QByteArray &body, const QByteArray &contentType = "application/json",
                           const QList<QByteArray> &headers = {});

    /// A response head that announces a chunked stream of server-sent events; follow with event() and end().
    static Script eventStream(const QList<QByteArray> &headers = {});

    /// Exactly these bytes, HTTP or not.
    static Script raw(const QByteArray &bytes);

    Script &event(const QByteArray &data); ///< one chunk "data: ...\n\n"
    Script &chunk(const QByteArray &bytes);
    Script &end(); ///< the last chunk
    Script &wait(std::chrono::milliseconds time);
    Script &close();
    Script &reset();     ///< RST in place of FIN
    Script &halfClose(); ///< FIN, but goes on reading
    Script &stall();     ///< neither sends nor closes any more

    /// Cuts what is sent after `count` bytes in all, then closes.
    Script &cutAt(qsizetype count);

    /// Sends everything in pieces of `size` bytes, `pause` apart.
    Script &drip(qsizetype size, std::chrono::milliseconds pause);

    const std::vector<Step> &steps() const { return m_steps; }

private:
    Script &add(Step::Kind kind, const QByteArray &bytes = {}, std::chrono::milliseconds wait = {});

    std::vector<Step> m_steps;
};

/// A loopback HTTP server on this thread's event loop that does to a client whatever a server can. It answers from
/// its script and counts what it receives.
class ScriptedServer final : public QObject {
    Q_OBJECT

public:
    ScriptedServer();

    QUrl url(const QString &path) const;

    /// Answers requests whose path begins with `prefix`; the longest prefix wins, and of equal ones
    /// the last.
    void on(const QByteArray &prefix, std::function<Script(const Received &)> answer);

    /// Answers the next requests, in order, before any on().
    void enqueue(const Script &script) { m_queue.push_back(script); }

    const std::vector<Received> &received() const { return m_received; }

    /// How many requests with this method were received.
    qsizetype count(const QByteArray &method) const;

    /// Connections that the client has not closed.
    int openConnections() const { return m_open; }

private:
    struct Session;
    void accept();
    void read(const std::shared_ptr<Session> &session);
    void play(const std::shared_ptr<Session> &session, const Script &script, size_t step);
    Script scriptFor(const Received &request);

    QTcpServer m_server;
    std::vector<std::pair<QByteArray, std::function<Script(const Received &)>>> m_answers;
    std::vector<Script> m_queue;
    std::vector<Received> m_received;
    int m_connections = 0;
    int m_open = 0;
};

} // namespace quintet::test
