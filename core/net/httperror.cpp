// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httperror.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <initializer_list>

namespace quintet::net {

namespace {

constexpr auto longWait = std::chrono::minutes(2); // which is not waited for

QString tr(const char *text)
{
    return QCoreApplication::translate("net", text);
}

struct ServerWords {
    QString message;
    QString type; ///< type and code, lower case, to tell quota from rate and length from other bad requests
};

QString scalar(const QJsonValue &value)
{
    return value.isString() ? value.toString() : value.isDouble() ? QString::number(value.toInteger()) : QString();
}

ServerWords serverWords(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonObject top = document.isArray() ? document[0].toObject() : document.object();
    if (top[QLatin1String("error")].isString())
        return {top[QLatin1String("error")].toString(), {}};
    const QJsonObject error = top.contains(QLatin1String("error")) ? top[QLatin1String("error")].toObject() : top;
    ServerWords words;
    words.type = (scalar(error[QLatin1String("type")]) + QLatin1Char(' ') + scalar(error[QLatin1String("code")])
                  + QLatin1Char(' ') + scalar(error[QLatin1String("status")]))
                     .toLower();
    words.message = error[QLatin1String("message")].toString();
    if (words.message.isEmpty())
        words.message = scalar(top[QLatin1String("detail")]);
    if (words.message.isEmpty() && top.isEmpty() && !body.trimmed().startsWith('<'))
        words.message = QString::fromUtf8(body.trimmed().first(std::min<qsizetype>(body.trimmed().size(), 300)));
    return words;
}

bool mentions(const ServerWords &words, std::initializer_list<const char *> needles)
{
    const QString message = words.message.toLower();
    return std::ranges::any_of(needles, [&](const char *needle) {
        return words.type.contains(QLatin1String(needle)) || message.contains(QLatin1String(needle));
    });
}

ErrorKind kindOf(int status, const ServerWords &words)
{
    if (mentions(words, {"context_length_exceeded", "exceed_context_size", "maximum context length",
                         "prompt is too long", "context window", "too large to process"}))
        return ErrorKind::ContextTooLong;
    switch (status) {
    case 401:
    case 403: return ErrorKind::Unauthorized;
    case 402: return ErrorKind::Quota;
    case 408:
    case 504: return ErrorKind::Timeout;
    case 429:
        return mentions(words, {"insufficient_quota", "credit", "billing"}) ? ErrorKind::Quota : ErrorKind::RateLimited;
    default: return status >= 500 ? ErrorKind::Unavailable : ErrorKind::Refused;
    }
}

QString hostOf(const QUrl &url)
{
    return url.host() + (url.port() > 0 ? QStringLiteral(":%1").arg(url.port()) : QString());
}

/// `isBroken`: the server failed and did not say that it is busy.
QString sentenceFor(ErrorKind kind, int status, const QUrl &url, bool isBroken)
{
    const QString host = hostOf(url);
    switch (kind) {
    case ErrorKind::Unauthorized: return tr("%1 refused the key. Check the key of this endpoint.").arg(host);
    case ErrorKind::Quota:
        return tr("The credit or quota at %1 is used up. Top it up, or use another endpoint.").arg(host);
    case ErrorKind::RateLimited:
        return tr("%1 receives requests faster than it allows. Wait a moment, then try again.").arg(host);
    case ErrorKind::ContextTooLong:
        return tr("The text is longer than the model at %1 can read. Shorten it, or use a model with a larger context.")
            .arg(host);
    case ErrorKind::Timeout:
        return tr("%1 took too long to answer. Try again, or raise the time limit of the endpoint.").arg(host);
    case ErrorKind::Unavailable:
        if (isBroken)
            return tr("%1 failed to answer (status %2). Try again in a while, or look into the server's log.")
                .arg(host)
                .arg(status);
        return tr("%1 is overloaded or still loading (status %2). Try again in a while.").arg(host).arg(status);
    default: break;
    }
    if (status == 404)
        return tr("%1 does not know this address or model (status 404). Check the base URL and the model's name.")
            .arg(host);
    return tr("%1 declined the request (status %2).").arg(host).arg(status);
}

/// A number of milliseconds or seconds, as `unit` says. Past a day the exact figure does not matter, and a double may
/// not fit.
std::optional<std::chrono::milliseconds> duration(const QByteArray &text, double unitInMilliseconds)
{
    bool isNumber = false;
    const double value = text.toDouble(&isNumber) * unitInMilliseconds;
    if (!isNumber || !(value >= 0))
        return std::nullopt;
    return std::chrono::milliseconds(static_cast<qint64>(std::min(value, 86'400'000.0)));
}

} // namespace

Error transportError(QNetworkReply::NetworkError code, const QString &text, const QUrl &url)
{
    const QString host = url.host() + (url.port() > 0 ? QStringLiteral(":%1").arg(url.port()) : QString());
    const QString detail = QStringLiteral("QNetworkReply %1: %2").arg(int(code)).arg(text);
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return Error(ErrorKind::Network, tr("Nothing answers at %1. Is the server running?").arg(host), detail);
    case QNetworkReply::HostNotFoundError:
        return Error(ErrorKind::Network,
                     tr("The server %1 was not found. Check its name and your connection.").arg(host), detail);
    case QNetworkReply::SslHandshakeFailedError:
        return Error(
            ErrorKind::Network,
            tr("A secure connection to %1 could not be made: %2 If the server's certificate is of an authority of your "
               "own, name that in the endpoint's settings.")
                .arg(host, text.endsWith(u'.') ? text : text + u'.'),
            detail);
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return Error(ErrorKind::Network,
                     tr("%1 closed the connection before it had answered. Try again, or look into its log.").arg(host),
                     detail);
    case QNetworkReply::TimeoutError:
        return Error(ErrorKind::Timeout,
                     tr("%1 took too long to answer. Try again, or raise the time limit of the endpoint.").arg(host),
                     detail);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return Error(ErrorKind::Protocol, tr("What %1 sent is not HTTP. Check the address.").arg(host), detail);
    default: return Error(ErrorKind::Network, tr("The connection to %1 failed: %2").arg(host, text), detail);
    }
}

std::optional<std::chrono::milliseconds> requestedWait(const QList<Header> &headers, const QDateTime &now)
{
    if (const auto wait = duration(headerValue(headers, "retry-after-ms"), 1))
        return wait;
    const QByteArray value = headerValue(headers, "retry-after").trimmed();
    if (value.isEmpty())
        return std::nullopt;
    if (const auto wait = duration(value, 1000))
        return wait;
    const QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(value).left(25), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss"));
    if (!date.isValid())
        return std::nullopt;
    const QDateTime utc(date.date(), date.time(), QTimeZone::UTC);
    return std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(utc)));
}

Error redirectError(const HttpHead &head, const QUrl &url)
{
    const QUrl target = url.resolved(QUrl::fromEncoded(headerValue(head.headers, "location")));
    Error error(ErrorKind::Protocol,
                tr("%1 sends requests on to %2. Keys are not sent along; if that is right, set the base URL of the "
                   "endpoint to it.")
                    .arg(url.host(), target.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    error.http = head.status;
    return error;
}

Error responseError(const HttpResponse &response, const QUrl &url, const QDateTime &now)
{
    const int status = response.head.status;
    const ServerWords words = serverWords(response.body);
    const ErrorKind kind = kindOf(status, words);
    const bool isBroken = (status == 500 || status == 501)
                          && !mentions(words, {"overload", "loading", "busy", "retry", "try again", "capacity"});
    QString message = sentenceFor(kind, status, url, isBroken);
    if (!words.message.isEmpty())
        message += QLatin1Char(' ') + tr("It said: %1").arg(words.message.simplified());
    Error error(kind, message, QString::fromUtf8(response.body.left(2000)));
    error.http = status;
    error.retryAfter = requestedWait(response.head.headers, now);
    error.requestId = QString::fromLatin1(headerValue(response.head.headers, "x-request-id"));
    if (error.requestId.isEmpty())
        error.requestId = QString::fromLatin1(headerValue(response.head.headers, "request-id"));
    if (error.retryAfter > longWait) {
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(*error.retryAfter);
        error.message += QLatin1Char(' ')
                         + tr("It asks to wait %1 min; use another endpoint or model meanwhile.").arg(minutes.count());
    }
    if (!error.requestId.isEmpty())
        error.message += QLatin1Char(' ') + tr("(Request %1)").arg(error.requestId.left(100));
    const QByteArray shouldRetry = headerValue(response.head.headers, "x-should-retry");
    if (shouldRetry == "true" || shouldRetry == "false")
        error.shouldRetry = shouldRetry == "true";
    return error;
}

Error pageError(const HttpResponse &response, const QUrl &url, const QDateTime &now)
{
    Error error = responseError({.head = response.head, .body = {}}, url, now);
    const int status = response.head.status;
    const auto sentence = [&url, status](const QString &text) { return text.arg(hostOf(url)).arg(status); };
    if (status == 404 || status == 410)
        error.message = sentence(tr("%1 has no page at this address (status %2). Check the address."));
    else if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Quota)
        error.message = sentence(tr("%1 shows this page only to those who signed in (status %2). Open it in a browser "
                                    "and save or copy its text."));
    else if (error.kind == ErrorKind::Timeout || error.kind == ErrorKind::RateLimited || status >= 500)
        error.message = sentence(tr("%1 could not give the page (status %2). Try again in a while."));
    else
        error.message = sentence(tr("%1 did not give the page (status %2)."));
    return error;
}

std::optional<Error> noAnswer(const HttpResponse &response, const QUrl &url, const QDateTime &now)
{
    if (response.head.status >= 400)
        return responseError(response, url, now);
    if (response.head.status >= 300)
        return redirectError(response.head, url);
    const QByteArray body = response.body.trimmed();
    if (body.startsWith('<')) {
        return Error(ErrorKind::Protocol,
                     tr("%1 answered with a web page. Check the base URL, and whether this network "
                        "asks you to sign in first.")
                         .arg(url.host()));
    }
    if (body.isEmpty())
        return Error(ErrorKind::Protocol,
                     tr("%1 sent an empty answer. Try again, or check the name of the model.").arg(url.host()));
    return std::nullopt;
}

} // namespace quintet::net
