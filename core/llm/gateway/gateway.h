// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/backend.h"
#include "llm/endpoint.h"
#include "llm/gateway/limiter.h"
#include "llm/gateway/responsecache.h"
#include "net/retrypolicy.h"
#include "usage/ledger.h"

#include <QPointer>

namespace quintet::llm {

/// Makes the backend for an endpoint; may have to ask the keychain first.
using BackendFactory = std::function<Task<Result<std::shared_ptr<Backend>>>(Endpoint)>;

/// The only door to a model: every request of every tab passes cache, budget, limiter and retries here, in this order,
/// and ends in the ledger.
/// Nothing is sent again once a piece of the answer has arrived. Lives on the engine thread, and outlives its streams.
class Gateway final {
public:
    struct Policy {
        net::RetryPolicy retry;
        int atOnce = 8; ///< requests to one endpoint at a time
    };

    Gateway(BackendFactory backends, Clock &clock, usage::Ledger &ledger, ResponseCache &cache, Policy policy);

    /// Asks `endpoint`; the stream ends with what arrived, or with the last attempt's error.
    std::unique_ptr<Stream> ask(const Endpoint &endpoint, const Request &request);

private:
    class Exchange;

    BackendFactory m_backends;
    Clock &m_clock;
    usage::Ledger &m_ledger;
    ResponseCache &m_cache;
    Policy m_policy;
    Limiter m_limiter;
};

} // namespace quintet::llm
