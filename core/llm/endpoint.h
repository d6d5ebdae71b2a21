// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace quintet::llm {

enum class EndpointKind { Builtin, OpenAi, Anthropic };

/// A place where a model answers. Holds no key: only where to look for it.
struct Endpoint {
    QString name;
    EndpointKind kind = EndpointKind::OpenAi;
    QUrl baseUrl;
    QString model;       ///< used where a request names none; empty: the server's first
    QString keyVariable; ///< the environment variable that holds the key; empty: the keychain, under the name

    bool operator==(const Endpoint &) const = default;
};

/// The engine that needs no model and no network, under the name "builtin".
Endpoint builtinEndpoint();

/// "builtin", "openai", "anthropic".
QString nameOf(EndpointKind kind);

/// `base` as users write it (with or without /v1, with a slash at the end, or the full address of a door such as
/// /v1/chat/completions), followed by `path`, e.g. "chat/completions". A base that ends in "#" is taken as it stands.
QUrl doorUrl(const QUrl &base, const QString &path);

/// Whether the endpoint is on this computer, so that a request to it costs nothing.
bool isLocal(const Endpoint &endpoint);

} // namespace quintet::llm
