// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/gatekeeper.h"
#include "app/serve/limits.h"
#include "app/serve/routes.h"
#include "base/wake.h"

#include <QAbstractHttpServer>

#include <map>

namespace quintet::serve {

class Listener;

/// What has been answered since the server began.
struct Answered {
    QString route; ///< "POST /api/summarize"
    int status = 0;

    auto operator<=>(const Answered &) const = default;
};

/// Takes requests in over HTTP/1.1, lets the gatekeeper judge them, and hands them to their route. Nothing is served
/// before listen(). Lives on the engine thread.
class ApiServer final : public QAbstractHttpServer {
    Q_OBJECT

public:
    /// `routes` outlives the server.
    ApiServer(const Routes &routes, Gatekeeper gatekeeper, const Limits &limits = {});
    ~ApiServer() override;

    /// BadInput where the address or port cannot be had.
    Result<void> listen(const QHostAddress &address, quint16 port);

    quint16 port() const;

    /// Takes no more connections in, ends what is under way, and is done once all is answered.
    Task<void> stop();

    qsizetype underWay() const { return m_underWay; }
    qsizetype connections() const;
    const std::map<Answered, qint64> &answered() const { return m_answered; }

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override { }

private:
    QHttpHeaders headersFor(const QHttpServerRequest &request) const;
    void route(const std::shared_ptr<Exchange> &exchange, const QHttpServerRequest &request);

    const Routes &m_routes;
    Gatekeeper m_gatekeeper;
    Limits m_limits;
    Listener *m_listener = nullptr;
    qsizetype m_underWay = 0;
    std::map<Answered, qint64> m_answered;
    CancelSource m_stop;
    Wake m_wake;
};

} // namespace quintet::serve
