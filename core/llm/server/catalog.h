// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/modelfacts.h"
#include "llm/server/endpointregistry.h"
#include "net/httpclient.h"
#include "store/secrets.h"

#include <QDeadlineTimer>
#include <QHash>

namespace quintet::llm {

/// A model server that answers on this computer.
struct FoundServer {
    Provider provider;
    QUrl baseUrl;
    QStringList models;
    bool needsKey = false; ///< it answers, but tells nothing without its key

    bool operator==(const FoundServer &) const = default;
};

/// A model as its server lists it.
struct ModelInfo {
    QString name;
    QString owner;
    qint64 contextTokens = 0; ///< how much it reads; 0 where the server does not say
    QString state;            ///< "loaded", "unloaded", ..., where the server says so

    bool operator==(const ModelInfo &) const = default;
};

/// Which models there are, and which key opens an endpoint. Lives on the engine thread.
class Catalog final {
public:
    Catalog(net::HttpClient &client, store::Secrets &secrets, ModelFacts &facts)
        : m_client(client),
          m_secrets(secrets),
          m_facts(facts)
    {
    }

    /// The key of `endpoint`: from the environment variable it names, else from the keychain; empty if there is none.
    Task<Result<QString>> keyFor(Endpoint endpoint);

    /// The models that `endpoint` offers, in the server's order. Errors as of any request.
    Task<Result<std::vector<ModelInfo>>> modelInfos(Endpoint endpoint, CancelToken token);

    /// The names of the models that `endpoint` offers, in the server's order. Errors as of any request.
    Task<Result<QStringList>> models(Endpoint endpoint, CancelToken token);

    /// `endpoint` with a model: its own, else the server's first. NeedsModel if the server has none.
    Task<Result<Endpoint>> withModel(Endpoint endpoint, CancelToken token);

    /// How many tokens the endpoint's model reads: as an overflow taught, else as far as its server tells (llama.cpp's
    /// /props, the model list of vLLM and OpenRouter); else a cautious guess: 4096 for Ollama, which by default reads
    /// no more and drops the rest without a word, 8192 for another server on this computer, 128,000 elsewhere.
    Task<qint64> contextTokens(Endpoint endpoint, CancelToken token);

    /// Asks the usual addresses on this computer, each for at most `limit`, and tells the servers apart by what they
    /// answer.
    Task<std::vector<FoundServer>> discover(std::chrono::milliseconds limit, CancelToken token);

private:
    struct KnownContext {
        qint64 tokens = 0;
        QDeadlineTimer until;
    };

    Task<std::optional<qint64>> askForContext(Endpoint endpoint, CancelToken token);

    net::HttpClient &m_client;
    store::Secrets &m_secrets;
    ModelFacts &m_facts;
    QHash<std::pair<QUrl, QString>, KnownContext> m_contexts; ///< by server and model, for a minute
};

/// The endpoint that a server found on this computer becomes when it is taken into use: named after what it is, with
/// the port behind it where another endpoint has that name.
Endpoint endpointFor(const FoundServer &server, const EndpointRegistry &registry);

/// The name under which the keychain holds the key of an endpoint. The server is part of it, so that a key does not go
/// to another one when the address is changed.
QString secretName(const Endpoint &endpoint);

/// Keeps the key of `endpoint`, if it has one, under the name that the endpoint was given since, and tells where. Where
/// only memory would keep it, the old entry stays.
Task<Result<std::optional<store::Secrets::Place>>> moveKey(store::Secrets &secrets, Endpoint endpoint, QString newName);

} // namespace quintet::llm
