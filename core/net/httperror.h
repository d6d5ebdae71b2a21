// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/httpmessage.h"

#include <QNetworkReply>

namespace quintet::net {

/// The error for an exchange that ended below HTTP: no name, no connection, TLS refused, cut off.
Error transportError(QNetworkReply::NetworkError code, const QString &text, const QUrl &url);

/// The wait that a response asks for: `retry-after-ms`, else `Retry-After` in (fractions of) seconds or as an
/// HTTP date against `now`. Nothing if it asks for none.
std::optional<std::chrono::milliseconds> requestedWait(const QList<Header> &headers, const QDateTime &now);

/// The error for a redirect (status 3xx) where none is followed, since it would carry a key to another place.
Error redirectError(const HttpHead &head, const QUrl &url);

/// The error for a response with status 400 or more. Reads the server's own words out of the JSON shapes in use
/// (`{"error":{"message","type","code"}}`, `{"error":"text"}`, `{"detail"}`, `{"message"}`), else the start of the
/// body; fills in wait, request id and the server's word on retrying.
Error responseError(const HttpResponse &response, const QUrl &url, const QDateTime &now);

/// The same for a page on the web that was to be read: nobody chose a model or gave a key there.
Error pageError(const HttpResponse &response, const QUrl &url, const QDateTime &now);

/// The error for a response that is not what was asked for, whatever its status: as above, a web page (a captive
/// portal's, or one behind a wrong address), or nothing at all. Nothing where it may be an answer.
std::optional<Error> noAnswer(const HttpResponse &response, const QUrl &url, const QDateTime &now);

} // namespace quintet::net
