// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/backend.h"
#include "llm/endpoint.h"
#include "net/httpclient.h"

namespace quintet::llm {

/// A server that speaks a wire format over HTTP. Lives on the thread of its client.
class HttpBackend final : public Backend {
public:
    /// `key` may be empty: local servers need none.
    HttpBackend(net::HttpClient &client, const Clock &clock, const Endpoint &endpoint, const QString &key);

    std::unique_ptr<Stream> start(const Request &request) override;

private:
    net::HttpClient &m_client;
    const Clock &m_clock;
    Endpoint m_endpoint;
    QString m_key;
};

/// The headers that carry `key` to a server of this kind; none for an empty key.
QList<net::Header> authorization(EndpointKind kind, const QString &key);

} // namespace quintet::llm
