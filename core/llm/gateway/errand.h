// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/gateway/attempts.h"
#include "llm/gateway/gateway.h"

namespace quintet::llm {

/// One request that is no conversation (vectors, ranks) on its way: budget, limiter, retries, ledger. Lives on the
/// engine thread, as long as its coroutines.
class Errand final {
public:
    /// `tokens`: our estimate of what is sent.
    Errand(const GatewayParts &parts, Limiter &limiter, const Endpoint &endpoint, const usage::UsageEvent &event,
           const usage::Limit &runBudget, qint64 tokens);

    /// Runs `once` as often as is allowed. Fails as Holding::hold() and attempt() do.
    Task<Result<void>> run(std::function<Task<Result<void>>()> once, QString account, CancelToken token);

    /// What each attempt is to tell.
    Watch watch(const QString &account);

    /// Once run() is through, with the figures of the server, or none.
    void writeDown(const Result<void> &outcome, const usage::TokenUsage &tokens);

private:
    Task<Result<void>> tryOnce(const std::function<Task<Result<void>>()> &once);

    GatewayParts m_parts;
    Limiter &m_limiter;
    Endpoint m_endpoint;
    usage::Limit m_runBudget;
    qint64 m_tokens;
    std::chrono::nanoseconds m_start;
    usage::UsageEvent m_event;
    std::shared_ptr<AttemptLog> m_log = std::make_shared<AttemptLog>();
    QString m_hold;
    int m_unanswered = 0; ///< attempts that a server may have worked for
    bool m_wasSent = false;
};

} // namespace quintet::llm
