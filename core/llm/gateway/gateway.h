// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/deadlines.h"
#include "llm/backend.h"
#include "llm/endpoint.h"
#include "llm/gateway/gatewaysettings.h"
#include "llm/gateway/holding.h"
#include "llm/gateway/limiter.h"
#include "llm/gateway/responsecache.h"
#include "llm/gateway/vectorsunderway.h"
#include "llm/modelfacts.h"
#include "net/retrypolicy.h"
#include "usage/ledger.h"
#include "usage/prices.h"
#include "usage/spending.h"

#include <QHash>

namespace quintet::llm {

class Call;

/// Makes the backend for an endpoint; may have to ask the keychain first.
using BackendFactory = std::function<Task<Result<std::shared_ptr<Backend>>>(Endpoint)>;

/// What the gateway stands on. All outlive it.
struct GatewayParts {
    BackendFactory backends;
    Clock &clock;
    usage::Ledger &ledger;
    usage::Spending &spending;
    const usage::Prices &prices;
    ResponseCache &cache;
    RateBook &rates;
    ModelFacts &facts;
    const GatewaySettings &settings;
    UnpricedConsent *consent = nullptr; ///< without one, models whose price is not known are refused under a limit
    net::RetryPolicy retry = {};        ///< the endpoint's own number of retries takes the place of its
    std::shared_ptr<Deadlines> deadlines = std::make_shared<Deadlines>();
    std::weak_ptr<void> life = {};         ///< set by the gateway; expired once it is gone, and all of these with it
    std::shared_ptr<Holding> holding = {}; ///< set by the gateway
};

/// The only door to a model: every request of every tab passes cache, budget, limiter and retries here, in this order,
/// and ends in the ledger.
/// Nothing is sent again once a piece of the answer has arrived. Lives on the engine thread, and outlives its streams.
class Gateway final {
public:
    explicit Gateway(GatewayParts parts);
    ~Gateway();

    /// Asks `endpoint`; the stream ends with what arrived, or with the last attempt's error. A request that may be
    /// cached and equals one under way shares its answer.
    std::unique_ptr<Stream> ask(const Endpoint &endpoint, const Request &request);

    /// The vectors of any number of texts, sent in requests of at most 2,048 texts and 250,000 tokens; those that are
    /// known, or that another asks for already, are not asked for again. Fails with the first request's error that
    /// fails for good.
    Task<Result<Embeddings>> embed(Endpoint endpoint, EmbeddingRequest request, CancelToken token);

    /// The texts of a request by relevance.
    Task<Result<Ranking>> rerank(Endpoint endpoint, RerankRequest request, CancelToken token);

    /// Sets aside what work at a server may take that no stream accounts for, after the same checks as for a request's.
    Task<Result<usage::Spending::Hold>> hold(usage::Expense expense, CancelToken token);

    /// How many tokens `request` has, by our estimate, corrected by what the server counted before.
    qint64 estimatedTokens(const Endpoint &endpoint, const Request &request) const;

private:
    class Exchange;

    std::shared_ptr<Call> callFor(const Endpoint &endpoint, const Request &request, const QByteArray &key);

    std::shared_ptr<void> m_life = std::make_shared<bool>();
    GatewayParts m_parts;
    Limiter m_limiter;
    std::shared_ptr<VectorsUnderWay> m_vectors = std::make_shared<VectorsUnderWay>();
    QHash<QByteArray, std::weak_ptr<Call>> m_underWay; ///< calls whose answer may be shared, by their cache key
};

} // namespace quintet::llm
