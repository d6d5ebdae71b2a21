// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QHttpServerRequest>
#include <QStringList>

#include <optional>

namespace quintet::serve {

/// Why a request is not let in.
struct Refusal {
    int status = 0; ///< of HTTP
    QString message;

    bool operator==(const Refusal &) const = default;
};

/// Lets in who knows the token, and no web page that the user did not list: the Host must name this server, since a
/// page can have its own name point here (DNS rebinding), and an Origin, which browsers send, must be one of ours.
class Gatekeeper final {
public:
    /// `origins`: of web pages that may use the server, "https://example.org".
    Gatekeeper(QByteArray token, QStringList origins, const QHostAddress &listening);

    /// Nothing where the request may pass. `isPublic`: it needs no token.
    std::optional<Refusal> refusalOf(const QHttpServerRequest &request, bool isPublic) const;

    /// Whether the value of a request's header Authorization holds the token.
    bool knows(const QByteArray &authorization) const;

    /// Whether that web page may read the answers.
    bool isListed(const QByteArray &origin) const;

private:
    bool isOurs(const QByteArray &host) const;

    QByteArray m_token;
    QStringList m_origins;
    bool m_isLoopback;
};

/// A new token: 43 letters, digits, '-' and '_', from the system's random numbers (256 bits).
QByteArray makeToken();

} // namespace quintet::serve
