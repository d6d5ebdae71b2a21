// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/deadlines.h"
#include "base/task.h"
#include "net/httpmessage.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QObject>

#include <map>

class QNetworkReply;

namespace quintet::net {

/// One exchange under way. Destroying it ends the exchange without a further signal.
///
/// Signals in order: headArrived once if there was an answer, bytesArrived any number of times, then finished
/// exactly once, from the event loop. After it, outcome() tells whether the body arrived whole; a status of 400 or
/// more is an answer like any other. Lives on the thread of its client.
class HttpExchange final : public QObject {
    Q_OBJECT

public:
    ~HttpExchange() override;

    /// The head, once headArrived was emitted.
    const HttpHead &head() const { return m_head; }

    /// Whether the request was handed over to the network whole, so that the server may have read it.
    bool wasSent() const { return m_wasSent || m_head.status != 0; }

    /// Network, Timeout, Protocol or Cancelled if the exchange broke off.
    const Result<void> &outcome() const { return m_outcome; }

    /// Ends the exchange; finished follows, with Cancelled as the outcome, if it had not ended.
    void cancel();

    /// Gives the server no more than `time` from now on; then finished follows, with Timeout.
    void endWithin(std::chrono::milliseconds time) { m_total.set(time); }

Q_SIGNALS:
    void headArrived();
    void bytesArrived(const QByteArray &bytes);
    void finished();

private:
    friend class HttpClient;
    HttpExchange(QNetworkReply *reply, const TimeLimits &limits, const std::shared_ptr<Deadlines> &deadlines);

    void takeHead();
    void takeBytes();
    void replyFinished();
    void end(Result<void> outcome);
    void hangUp();
    void reachedLimit();

    QNetworkReply *m_reply;
    TimeLimits m_limits;
    HttpHead m_head;
    Result<void> m_outcome;
    Deadline m_stage; ///< of what is waited for now
    Deadline m_total;
    bool m_wasSent = false;
    bool m_ended = false;
};

/// The only caller of QNetworkAccessManager. A request leaves the computer once for each send(): its body cannot be
/// rewound, redirects are handed to the caller, HTTP/2, cookies, caches and stored credentials are off. Proxies are
/// the request's, else the system's, and never used for this computer's own addresses. Lives on the thread that made
/// it, with an event loop.
class HttpClient final : public QObject {
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);

    /// Ends all exchanges that are left, with Cancelled.
    ~HttpClient() override;

    /// Starts an exchange.
    std::unique_ptr<HttpExchange> send(const HttpRequest &request);

    /// The whole answer, whatever its status. Fails as HttpExchange does, and with BadInput if the body is larger
    /// than `largestBody` bytes. `onSent` is called if the request was handed over whole, even where nothing came back.
    Task<Result<HttpResponse>> fetch(HttpRequest request, qint64 largestBody, CancelToken token,
                                     std::function<void()> onSent = {});

Q_SIGNALS:
    void closing();

private:
    QNetworkRequest networkRequestFor(const HttpRequest &request);
    QNetworkAccessManager &managerFor(const QString &proxy);

    std::map<QString, std::unique_ptr<QNetworkAccessManager>> m_managers; ///< one for each proxy
    std::shared_ptr<Deadlines> m_deadlines = std::make_shared<Deadlines>();
    HttpRequest m_last;                        ///< without its body
    std::optional<QNetworkRequest> m_lastMade; ///< what Qt takes for it
};

} // namespace quintet::net
