// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace quintet::net {

struct Header {
    QByteArray name;
    QByteArray value;

    bool operator==(const Header &) const = default;
};

/// The first value of `name` (ASCII, case ignored), or an empty array.
QByteArray headerValue(const QList<Header> &headers, QByteArrayView name);

/// How long each stage of an exchange may take; zero is no limit.
struct TimeLimits {
    std::chrono::milliseconds connect = std::chrono::seconds(10);    ///< until the request is on its way
    std::chrono::milliseconds firstByte = std::chrono::seconds(600); ///< from then to the first byte of the answer
    std::chrono::milliseconds idle = std::chrono::seconds(120);      ///< between two pieces of the answer
    std::chrono::milliseconds total{0};

    bool operator==(const TimeLimits &) const = default;
};

struct HttpRequest {
    QByteArray method = QByteArrayLiteral("GET");
    QUrl url;
    QList<Header> headers;
    QByteArray body;
    TimeLimits limits;
    /// The address to connect to in place of what the host's name resolves to; the name is still what the server
    /// and its certificate are asked for.
    std::optional<QHostAddress> address;
    QString proxy;        ///< "http://host:port", "socks5://host:port", "none", or empty for the system's
    QString certificates; ///< a PEM file of authorities to trust beside the system's, or empty

    bool operator==(const HttpRequest &) const = default;
};

/// What comes before the body of a response.
struct HttpHead {
    int status = 0;
    QList<Header> headers;

    bool operator==(const HttpHead &) const = default;
};

struct HttpResponse {
    HttpHead head;
    QByteArray body;

    bool operator==(const HttpResponse &) const = default;
};

} // namespace quintet::net
