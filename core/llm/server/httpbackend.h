// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/backend.h"
#include "llm/endpoint.h"
#include "llm/wire/openaichat.h"
#include "net/httpclient.h"

namespace quintet::llm {

/// A server that speaks a wire format over HTTP. Lives on the thread of its client.
class HttpBackend final : public Backend {
public:
    /// `key` may be empty: local servers need none.
    HttpBackend(net::HttpClient &client, const Clock &clock, const Endpoint &endpoint, const QString &key);

    std::unique_ptr<Stream> start(const Request &request, HeadSink onHead) override;
    Task<Result<Embeddings>> embed(EmbeddingRequest request, HeadSink onHead, CancelToken token) override;
    Task<Result<Ranking>> rerank(RerankRequest request, HeadSink onHead, CancelToken token) override;
    QString account() const override { return m_account; }

private:
    QStringList secrets() const;
    net::HttpRequest post(const QString &path, const QJsonObject &body) const;
    Task<Result<QByteArray>> answerTo(net::HttpRequest request, HeadSink onHead, CancelToken token);

    net::HttpClient &m_client;
    const Clock &m_clock;
    Endpoint m_endpoint;
    QString m_key;
    QString m_account;
};

/// In what the server of `endpoint`, or the model, differs from OpenAI's format.
wire::Dialect dialectFor(const Endpoint &endpoint, const QString &model);

/// A request to `path` of an endpoint, with the key, the headers, proxy, certificates and time limits that it takes.
net::HttpRequest requestTo(const Endpoint &endpoint, const QString &path, const QString &key);

} // namespace quintet::llm
