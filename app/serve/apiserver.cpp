// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/apiserver.h"

#include "app/serve/listener.h"

#include <QRegularExpression>
#include <qcorosignal.h>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

/// What a page wants to send along, where it is but names.
QString askedHeaders(const QHttpServerRequest &request)
{
    static const QRegularExpression names(u"^[A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+)*$"_s);
    const QString asked = QString::fromLatin1(request.value("access-control-request-headers"));
    return names.match(asked).hasMatch() ? asked : u"Authorization, Content-Type"_s;
}

/// Has the request answered; a large body is read on the pool before.
Task<void> answer(Handler handler, std::shared_ptr<Exchange> exchange)
{
    co_await exchange->readBody();
    co_await handler(exchange);
}

constexpr auto retryAfter = std::chrono::seconds(1);

} // namespace

ApiServer::ApiServer(const Routes &routes, Gatekeeper gatekeeper, const Limits &limits)
    : m_routes(routes),
      m_gatekeeper(std::move(gatekeeper)),
      m_limits(limits)
{
}

ApiServer::~ApiServer() = default;

Result<void> ApiServer::listen(const QHostAddress &address, quint16 port)
{
    auto listener = std::make_unique<Listener>(
        m_limits, [this](const QByteArray &authorization) { return m_gatekeeper.knows(authorization); });
    listener->setListenBacklogSize(m_limits.connections);
    if (!listener->listen(address, port))
        return failure(ErrorKind::BadInput, tr("Nothing can listen on %1 port %2: %3. Another program may have the "
                                               "port; --port names another one.")
                                                .arg(address.toString())
                                                .arg(port)
                                                .arg(listener->errorString()));
    m_listener = listener.release();
    bind(m_listener);
    return {};
}

quint16 ApiServer::port() const
{
    return m_listener ? m_listener->serverPort() : 0;
}

qsizetype ApiServer::connections() const
{
    return m_listener ? m_listener->count() : 0;
}

Task<void> ApiServer::stop()
{
    if (m_listener)
        m_listener->close();
    m_stop.request_stop();
    while (m_underWay > 0)
        co_await qCoro(&m_wake, &Wake::woken);
}

QHttpHeaders ApiServer::headersFor(const QHttpServerRequest &request) const
{
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::Server, u"Quintet"_s);
    headers.append(QHttpHeaders::WellKnownHeader::XContentTypeOptions, u"nosniff"_s);
    if (const QByteArray origin = request.value("origin"); m_gatekeeper.isListed(origin)) {
        headers.append(QHttpHeaders::WellKnownHeader::AccessControlAllowOrigin, origin);
        headers.append(QHttpHeaders::WellKnownHeader::AccessControlAllowHeaders, askedHeaders(request));
        headers.append(QHttpHeaders::WellKnownHeader::AccessControlAllowMethods, u"GET, POST, DELETE"_s);
        headers.append(QHttpHeaders::WellKnownHeader::Vary, u"Origin"_s);
    }
    return headers;
}

bool ApiServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    Connection *connection = m_listener->connectionOf(request);
    auto *made = new Exchange(request, std::move(responder), connection, headersFor(request));
    ++m_underWay;
    const auto ended = [this, guard = QPointer(this)](Exchange *exchange) {
        exchange->settle();
        if (guard) {
            ++m_answered[{exchange->name(), exchange->status()}];
            --m_underWay;
            m_wake.wakeLater();
        }
        delete exchange;
    };
    route(std::shared_ptr<Exchange>(made, ended), request);
    return true;
}

void ApiServer::route(const std::shared_ptr<Exchange> &exchange, const QHttpServerRequest &request)
{
    const RouteMatch match = m_routes.find(request.method(), request.url().path(QUrl::FullyEncoded));
    const bool isPreflight = request.method() == Method::Options && m_gatekeeper.isListed(request.value("origin"));
    if (match.route)
        exchange->setRoute(*match.route, match.parts);
    else if (request.url().path().startsWith(u"/v1/"))
        exchange->setErrorStyle(ErrorStyle::OpenAi);
    if (const auto refusal = m_gatekeeper.refusalOf(request, isPreflight || (match.route && match.route->isPublic))) {
        if (refusal->status == 401)
            exchange->setHeader("WWW-Authenticate", "Bearer");
        exchange->fail(Error(ErrorKind::Unauthorized, refusal->message), Status(refusal->status));
    } else if (isPreflight) {
        exchange->answer(Status::NoContent);
    } else if (!match.route) {
        if (match.methods.isEmpty()) {
            exchange->fail(Error(ErrorKind::BadInput,
                                 tr("There is nothing at %1; see /openapi.json.").arg(exchange->path().left(200))),
                           Status::NotFound);
        } else {
            exchange->setHeader("Allow", match.methods.join(", "));
            exchange->fail(Error(ErrorKind::BadInput,
                                 tr("This can be asked by %1.").arg(QString::fromLatin1(match.methods.join(", ")))),
                           Status::MethodNotAllowed);
        }
    } else if (m_underWay > m_limits.atOnce || m_stop.stop_requested()) {
        Error error(ErrorKind::RateLimited, tr("Too much is under way; come back in a moment."));
        error.retryAfter = retryAfter;
        exchange->fail(error, Status::TooManyRequests);
    } else {
        exchange->cancelWith(m_stop.get_token());
        answer(match.route->handler, exchange);
    }
}

} // namespace quintet::serve
