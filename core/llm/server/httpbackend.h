// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/backend.h"
#include "llm/endpoint.h"
#include "llm/wire/openaichat.h"
#include "llm/wire/plainchunk.h"
#include "net/httpclient.h"

#include <QHash>

namespace quintet::llm {

/// A server that speaks a wire format over HTTP. Lives on the thread of its client.
class HttpBackend final : public Backend {
public:
    /// `key` may be empty: local servers need none.
    HttpBackend(net::HttpClient &client, const Clock &clock, const Endpoint &endpoint, const QString &key);

    /// Whether it was made of these, so that it serves for another request.
    bool isOf(const Endpoint &endpoint, const QString &key) const { return key == m_key && endpoint == m_endpoint; }

    std::unique_ptr<Stream> start(const Request &request, HeadSink onHead) override;
    Task<Result<Embeddings>> embed(EmbeddingRequest request, Watch watch, CancelToken token) override;
    Task<Result<Ranking>> rerank(RerankRequest request, Watch watch, CancelToken token) override;
    QString account() const override { return m_account; }

private:
    net::HttpRequest post(const QString &path, const QByteArray &accept, const QJsonObject &body);
    Task<Result<QByteArray>> answerTo(net::HttpRequest request, Watch watch, CancelToken token);

    net::HttpClient &m_client;
    const Clock &m_clock;
    Endpoint m_endpoint;
    QString m_key;
    QString m_account;
    QStringList m_secrets;                    ///< what must stand in no error
    QHash<QString, net::HttpRequest> m_doors; ///< what all requests to a path have in common
    wire::Dialect m_dialect;                  ///< of a model of no special kind
    std::shared_ptr<wire::PlainChunkReader> m_chunks = std::make_shared<wire::PlainChunkReader>();
};

/// The backends of the servers that were asked so far: what all requests to one have in common is worked out once, and
/// anew when its endpoint or key has changed. Lives on the thread of its client.
class HttpBackends final {
public:
    HttpBackends(net::HttpClient &client, const Clock &clock) : m_client(client), m_clock(clock) { }

    std::shared_ptr<HttpBackend> at(const Endpoint &endpoint, const QString &key);

private:
    net::HttpClient &m_client;
    const Clock &m_clock;
    QHash<QString, std::shared_ptr<HttpBackend>> m_byName; ///< of the endpoint
};

/// What must stand in no error about `endpoint`: its key, and what its headers take from the environment.
QStringList secretsOf(const Endpoint &endpoint, const QString &key);

/// In what the server of `endpoint`, or the model, differs from OpenAI's format.
wire::Dialect dialectFor(const Endpoint &endpoint, const QString &model);

/// A request to `path` of an endpoint, with the key, the headers, proxy, certificates and time limits that it takes.
net::HttpRequest requestTo(const Endpoint &endpoint, const QString &path, const QString &key,
                           const QByteArray &accept = "application/json");

} // namespace quintet::llm
