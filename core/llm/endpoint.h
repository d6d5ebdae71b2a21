// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"

#include <QString>
#include <QUrl>

namespace quintet::llm {

enum class EndpointKind { Builtin, OpenAi, Anthropic };

/// How much may be asked of an endpoint, as its owner set it; 0 is what the server is found to bear.
struct RateLimits {
    int atOnce = 0; ///< requests under way at a time
    int requestsPerMinute = 0;
    int tokensPerMinute = 0;

    bool operator==(const RateLimits &) const = default;
};

/// A place where a model answers. Holds no key: only where to look for it.
struct Endpoint {
    QString name;
    EndpointKind kind = EndpointKind::OpenAi;
    QUrl baseUrl;
    QString model;       ///< used where a request names none; empty: the server's first
    QString keyVariable; ///< the environment variable that holds the key; empty: the keychain, under the name
    net::TimeLimits limits;
    int retries = 2; ///< after the first attempt, where nothing of an answer has arrived
    RateLimits rates;
    QList<net::Header> headers; ///< sent along; "${NAME}" in a value stands for an environment variable
    QString proxy;              ///< "http://host:port" or "socks5://host:port", "none", or empty for the system's
    QString certificates;       ///< a PEM file of authorities to trust beside the system's, or empty
    QString queryPrefix;        ///< what an embedding model wants before a question, e.g. "search_query: "
    QString documentPrefix;     ///< and before a passage
    QStringList formerNames;    ///< under which it is found still

    bool operator==(const Endpoint &) const = default;
};

/// The engine that needs no model and no network, under the name "builtin".
Endpoint builtinEndpoint();

/// "builtin", "openai", "anthropic".
QString nameOf(EndpointKind kind);

/// The kind of that name; OpenAi for a name that is none.
EndpointKind kindFrom(const QString &name);

/// `base` as users write it (with or without /v1, with a slash at the end, or the full address of a door such as
/// /v1/chat/completions), followed by `path`, e.g. "chat/completions". A base that ends in "#" is taken as it stands.
QUrl doorUrl(const QUrl &base, const QString &path);

/// Whether the endpoint is on this computer, so that a request to it costs nothing.
bool isLocal(const Endpoint &endpoint);

} // namespace quintet::llm
