// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/addressrule.h"
#include "net/httpclient.h"

namespace quintet::net {

struct Page {
    QUrl url;         ///< where the body came from, after redirects
    QString mimeType; ///< lower case, without parameters
    QString charset;  ///< as the server names it; empty if it does not
    QByteArray body;

    bool operator==(const Page &) const = default;
};

/// Gets documents from the web over http and https.
///
/// Nothing on this computer or on a private network is asked unless the user typed that host: the rule is applied to
/// every address that a name resolves to, at every redirect, and the connection is made to the address that was
/// checked. Lives on the thread of its client.
class PageFetcher final {
public:
    struct Limits {
        qint64 bytes = 50 * 1024 * 1024;
        int redirects = 10;
        std::chrono::milliseconds time = std::chrono::seconds(60);
    };

    PageFetcher(HttpClient &client, AddressRule isAllowed, Limits limits);

    /// Whether the user typed the address, or it came out of a page or a model.
    enum class Origin { User, Other };

    /// Fails with BadInput for another scheme, a forbidden address, an unreadable type, or a page too large; else as
    /// HttpClient and pageError() do.
    Task<Result<Page>> fetch(QUrl url, Origin origin, CancelToken token);

private:
    Task<Result<HttpResponse>> fetchFromAny(HttpRequest request, QList<QHostAddress> addresses, CancelToken token);
    Task<Result<QList<QHostAddress>>> resolve(QString host, bool anyAddress, CancelToken token);

    HttpClient &m_client;
    AddressRule m_isAllowed;
    Limits m_limits;
};

} // namespace quintet::net
