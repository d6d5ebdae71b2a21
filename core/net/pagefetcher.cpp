// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/pagefetcher.h"

#include "net/httperror.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHostInfo>
#include <QRegularExpression>
#include <qcorosignal.h>

namespace quintet::net {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("net", text);
}

/// One look-up of a name that can be given up.
class Lookup final : public QObject {
    Q_OBJECT

public:
    explicit Lookup(const QString &host)
    {
        m_id = QHostInfo::lookupHost(host, this, [this](const QHostInfo &info) {
            addresses = info.addresses();
            Q_EMIT finished();
        });
    }

    void cancel()
    {
        QHostInfo::abortHostLookup(m_id);
        Q_EMIT finished();
    }

    QList<QHostAddress> addresses;

Q_SIGNALS:
    void finished();

private:
    int m_id;
};

bool isReadable(const QString &mimeType)
{
    return mimeType.isEmpty() || mimeType.startsWith(u"text/") || mimeType.startsWith(u"application/")
           || mimeType == u"message/rfc822";
}

QString charsetOf(const QByteArray &contentType)
{
    static const QRegularExpression charset(QStringLiteral("charset=[\"']?([\\w.:-]+)"),
                                            QRegularExpression::CaseInsensitiveOption);
    return charset.match(QString::fromLatin1(contentType)).captured(1);
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

PageFetcher::PageFetcher(HttpClient &client, AddressRule isAllowed, Limits limits)
    : m_client(client),
      m_isAllowed(std::move(isAllowed)),
      m_limits(limits)
{
}

Task<Result<Page>> PageFetcher::fetch(QUrl url, Origin origin, CancelToken token)
{
    const QString typedHost = origin == Origin::User ? url.host() : QString();
    QElapsedTimer elapsed;
    elapsed.start();
    for (int hop = 0; hop <= m_limits.redirects; ++hop) {
        if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
            co_return failure(ErrorKind::BadInput,
                              tr("Only http and https addresses can be fetched, not %1.").arg(url.toDisplayString()));
        const bool anyAddress = !typedHost.isEmpty() && url.host() == typedHost;
        const Result<QList<QHostAddress>> addresses = co_await resolve(url.host(), anyAddress, token);
        if (!addresses)
            co_return std::unexpected(addresses.error());
        HttpRequest request;
        request.url = url;
        request.headers = {{"User-Agent", "Quintet/" QUINTET_VERSION},
                           {"Accept", "text/html, application/pdf, text/*;q=0.9, */*;q=0.5"}};
        request.limits.total =
            std::max(std::chrono::milliseconds(1), m_limits.time - std::chrono::milliseconds(elapsed.elapsed()));
        const Result<HttpResponse> response = co_await fetchFromAny(request, *addresses, token);
        if (!response)
            co_return std::unexpected(response.error());
        if (isRedirect(response->head.status)) {
            url = url.resolved(QUrl::fromEncoded(headerValue(response->head.headers, "location")));
            continue;
        }
        if (response->head.status >= 300)
            co_return std::unexpected(pageError(*response, url, QDateTime::currentDateTimeUtc()));
        const QString type = QString::fromLatin1(headerValue(response->head.headers, "content-type"))
                                 .section(u';', 0, 0)
                                 .trimmed()
                                 .toLower();
        if (!isReadable(type))
            co_return failure(ErrorKind::BadInput,
                              tr("%1 is of type %2, which holds no text.").arg(url.toDisplayString(), type));
        co_return Page{url, type, charsetOf(headerValue(response->head.headers, "content-type")), response->body};
    }
    co_return failure(ErrorKind::BadInput, tr("%1 redirects without end.").arg(url.host()));
}

/// Asks at each address in turn until one answers: a name may stand for several of which not all are up.
Task<Result<HttpResponse>> PageFetcher::fetchFromAny(HttpRequest request, QList<QHostAddress> addresses,
                                                     CancelToken token)
{
    Result<HttpResponse> response = failure(ErrorKind::Network, {});
    for (const QHostAddress &address : addresses) {
        request.address = address;
        response = co_await m_client.fetch(request, m_limits.bytes, token);
        const bool mayLieAtTheAddress =
            !response && (response.error().kind == ErrorKind::Network || response.error().kind == ErrorKind::Timeout);
        if (!mayLieAtTheAddress)
            break;
    }
    co_return response;
}

Task<Result<QList<QHostAddress>>> PageFetcher::resolve(QString host, bool anyAddress, CancelToken token)
{
    QList<QHostAddress> addresses;
    if (const QHostAddress literal(host); !literal.isNull()) {
        addresses = {literal};
    } else {
        Lookup lookup(host);
        const OnCancel onCancel(token, &lookup, [&lookup] { lookup.cancel(); });
        co_await qCoro(&lookup, &Lookup::finished);
        addresses = lookup.addresses;
    }
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (addresses.isEmpty())
        co_return failure(ErrorKind::Network,
                          tr("The server %1 was not found. Check its name and your connection.").arg(host));
    if (!anyAddress && !std::ranges::all_of(addresses, m_isAllowed)) {
        co_return failure(ErrorKind::BadInput,
                          tr("%1 is an address of this computer or of a private network. Quintet opens such pages only "
                             "where you typed the address yourself.")
                              .arg(host));
    }
    co_return addresses;
}

} // namespace quintet::net

#include "pagefetcher.moc"
