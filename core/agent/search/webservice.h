// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "net/httpmessage.h"

#include <vector>

namespace quintet::agent {

/// A service of the user's that searches the web.
struct WebService {
    enum Kind { SearXng, Brave, Tavily };

    Kind kind = SearXng;
    QUrl url;            ///< of a SearXNG instance; of the others empty for the usual one
    QString keyVariable; ///< the environment variable that holds the key, where it is not kept among the secrets

    bool operator==(const WebService &) const = default;
};

/// "searxng", "brave", "tavily".
QString nameOf(WebService::Kind kind);
std::optional<WebService::Kind> webServiceNamed(const QString &name);

/// Whether it can't be asked without a key.
bool needsKey(WebService::Kind kind);

struct WebHit {
    QString title;
    QString url;
    QString text;

    bool operator==(const WebHit &) const = default;
};

/// The request that searches for `words`: a pure function, after the services' own descriptions (SearXNG "Search API",
/// Brave "Web Search API", Tavily "POST /search").
net::HttpRequest searchRequest(const WebService &service, const QString &key, const QString &words, int count);

/// What the answer lists, at most `count`. Protocol where it is none.
Result<std::vector<WebHit>> hitsFrom(WebService::Kind kind, const QByteArray &body, int count);

} // namespace quintet::agent
