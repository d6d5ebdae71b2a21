// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"

#include "base/log.h"
#include "net/httperror.h"
#include "net/sequentialbody.h"

#include <QCoreApplication>
#include <QHttp1Configuration>
#include <QHttpHeaders>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <qcorosignal.h>

namespace quintet::net {

namespace {

/// The proxy that was named, else the system's; but never one for this computer itself.
class ProxyFactory final : public QNetworkProxyFactory {
public:
    explicit ProxyFactory(const QString &proxy) : m_proxy(proxy) { }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QString host = query.peerHostName();
        if (host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback()
            || m_proxy == u"none")
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        if (m_proxy.isEmpty())
            return systemProxyForQuery(query);
        const QUrl url(m_proxy);
        const bool isSocks = url.scheme().startsWith(u"socks");
        return {QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                              static_cast<quint16>(url.port(isSocks ? 1080 : 8080)), url.userName(), url.password())};
    }

private:
    QString m_proxy;
};

/// Trusts the authorities in a file beside the system's. A file that cannot be read adds none; the handshake then fails
/// with its own words.
QSslConfiguration trusting(const QString &certificates)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(certificates, QSsl::Pem);
    return configuration;
}

QByteArray hostHeader(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    return url.port() > 0 ? host + ':' + QByteArray::number(url.port()) : host;
}

QNetworkRequest toNetworkRequest(const HttpRequest &request)
{
    QUrl url = request.url;
    QNetworkRequest result;
    if (request.address) {
        result.setRawHeader("Host", hostHeader(url));
        result.setPeerVerifyName(url.host());
        url.setHost(request.address->toString());
    }
    if (!url.userInfo().isEmpty()) {
        result.setRawHeader(
            "Authorization",
            "Basic "
                + (url.userName(QUrl::FullyDecoded) + u':' + url.password(QUrl::FullyDecoded)).toUtf8().toBase64());
        url.setUserInfo({});
    }
    result.setUrl(url);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(255);
    result.setHttp1Configuration(http1);
    if (!request.certificates.isEmpty())
        result.setSslConfiguration(trusting(request.certificates));
    for (const Header &header : request.headers)
        result.setRawHeader(header.name, header.value);
    return result;
}

/// Whether the exchange itself broke, as against an answer whose status says no, which Qt counts as an error too.
bool isTransportFailure(QNetworkReply::NetworkError error, int status)
{
    if (error == QNetworkReply::NoError)
        return false;
    const bool isBelowHttp = error <= QNetworkReply::UnknownProxyError || error == QNetworkReply::ProtocolFailure;
    return isBelowHttp || status < 300;
}

} // namespace

HttpExchange::HttpExchange(QNetworkReply *reply, const TimeLimits &limits, const std::shared_ptr<Deadlines> &deadlines)
    : m_reply(reply),
      m_limits(limits),
      m_stage(deadlines, [this] { reachedLimit(); }),
      m_total(deadlines, [this] { reachedLimit(); })
{
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_wasSent = true;
        m_stage.set(m_limits.firstByte);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::takeBytes);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished, Qt::QueuedConnection);
    m_stage.set(m_limits.connect);
    m_total.set(m_limits.total);
}

HttpExchange::~HttpExchange()
{
    if (!m_ended)
        hangUp();
}

void HttpExchange::hangUp()
{
    m_reply->disconnect(this);
    m_reply->abort();
}

void HttpExchange::cancel()
{
    QMetaObject::invokeMethod(this, [this] { end(std::unexpected(cancelledError())); }, Qt::QueuedConnection);
}

void HttpExchange::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_ended || m_head.status != 0 || status == 0)
        return;
    m_head.status = status;
    const QHttpHeaders headers = m_reply->headers();
    for (qsizetype i = 0; i < headers.size(); ++i)
        m_head.headers.append({QByteArray(headers.nameAt(i)), headers.valueAt(i).toByteArray()});
    m_stage.set(m_limits.idle);
    Q_EMIT headArrived();
}

void HttpExchange::takeBytes()
{
    if (m_ended)
        return;
    takeHead();
    if (m_reply->bytesAvailable() == 0)
        return;
    const QByteArray bytes = m_reply->readAll();
    m_stage.set(m_limits.idle);
    Q_EMIT bytesArrived(bytes);
}

void HttpExchange::replyFinished()
{
    takeHead();
    takeBytes();
    const auto error = m_reply->error();
    if (m_head.status == 0 || isTransportFailure(error, m_head.status)) {
        const auto code = error == QNetworkReply::NoError ? QNetworkReply::RemoteHostClosedError : error;
        end(std::unexpected(transportError(code, m_reply->errorString(), m_reply->url())));
    } else {
        end({});
    }
}

void HttpExchange::end(Result<void> outcome)
{
    if (m_ended)
        return;
    m_ended = true;
    m_outcome = std::move(outcome);
    m_stage.clear();
    m_total.clear();
    hangUp();
    qCDebug(lcNet) << "status" << m_head.status << "ended" << (m_outcome ? QString() : m_outcome.error().detail);
    Q_EMIT finished();
}

void HttpExchange::reachedLimit()
{
    end(std::unexpected(transportError(QNetworkReply::TimeoutError, QStringLiteral("limit reached"), m_reply->url())));
}

HttpClient::HttpClient(QObject *parent) : QObject(parent) { }

HttpClient::~HttpClient()
{
    Q_EMIT closing(); // a reply must not outlive its manager
}

/// Those of a batch differ by their bodies alone: the rest is put together once. A file of certificates may have
/// changed.
QNetworkRequest HttpClient::networkRequestFor(const HttpRequest &request)
{
    HttpRequest head = request;
    head.body.clear();
    if (!m_lastMade || head != m_last || !head.certificates.isEmpty()) {
        m_lastMade = toNetworkRequest(head);
        m_last = std::move(head);
    }
    return *m_lastMade;
}

QNetworkAccessManager &HttpClient::managerFor(const QString &proxy)
{
    auto &manager = m_managers[proxy];
    if (!manager) {
        manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxyFactory(new ProxyFactory(proxy)); // the manager owns it
        manager->setAutoDeleteReplies(false);
    }
    return *manager;
}

std::unique_ptr<HttpExchange> HttpClient::send(const HttpRequest &request)
{
    QNetworkRequest networkRequest = networkRequestFor(request);
    QNetworkAccessManager &manager = managerFor(request.proxy);
    QNetworkReply *reply = nullptr;
    if (request.body.isEmpty()) {
        reply = manager.sendCustomRequest(networkRequest, request.method);
    } else {
        auto body = std::make_unique<SequentialBody>(request.body);
        networkRequest.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        reply = manager.sendCustomRequest(networkRequest, request.method, body.get());
        body.release()->setParent(reply);
    }
    auto exchange = std::unique_ptr<HttpExchange>(new HttpExchange(reply, request.limits, m_deadlines));
    connect(this, &HttpClient::closing, exchange.get(),
            [each = exchange.get()] { each->end(std::unexpected(cancelledError())); });
    return exchange;
}

Task<Result<HttpResponse>> HttpClient::fetch(HttpRequest request, qint64 largestBody, CancelToken token,
                                             std::function<void()> onSent)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    const auto exchange = send(request);
    HttpResponse response;
    bool tooLarge = false;
    connect(exchange.get(), &HttpExchange::bytesArrived, exchange.get(), [&](const QByteArray &bytes) {
        response.body += bytes;
        if (response.body.size() > largestBody && !tooLarge) {
            tooLarge = true;
            exchange->cancel();
        }
    });
    const OnCancel onCancel(token, exchange.get(), [&exchange] { exchange->cancel(); });
    co_await qCoro(exchange.get(), &HttpExchange::finished);
    if (onSent && exchange->wasSent())
        onSent();
    if (tooLarge) {
        co_return failure(ErrorKind::BadInput, QCoreApplication::translate("net", "What %1 sent is larger than %2 MB.")
                                                   .arg(request.url.host())
                                                   .arg(largestBody / (1024 * 1024)));
    }
    if (!exchange->outcome())
        co_return std::unexpected(exchange->outcome().error());
    response.head = exchange->head();
    co_return response;
}

} // namespace quintet::net
