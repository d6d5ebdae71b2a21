// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/errand.h"

#include <QJsonDocument>

namespace quintet::llm {

using std::chrono::milliseconds;

Errand::Errand(const GatewayParts &parts, Limiter &limiter, const Endpoint &endpoint, const usage::UsageEvent &event,
               const usage::Limit &runBudget, qint64 tokens)
    : m_parts(parts),
      m_limiter(limiter),
      m_endpoint(endpoint),
      m_runBudget(runBudget),
      m_tokens(tokens),
      m_start(parts.clock.monotonic()),
      m_event(event)
{
    m_event.time = parts.clock.now();
    m_event.endpoint = endpoint.name;
}

Task<Result<void>> Errand::run(std::function<Task<Result<void>>()> once, QString account, CancelToken token)
{
    const usage::Expense expense{.model = m_event.model,
                                 .isFree = isLocal(m_endpoint),
                                 .price = m_parts.prices.find(m_event.model, m_event.time.date(), m_tokens),
                                 .promptTokens = m_tokens * 5 / 4 + 8, // the estimate may be a fifth short
                                 .answerTokens = 0,
                                 .own = {},
                                 .run = m_event.run,
                                 .runLimit = m_runBudget};
    const auto hold = co_await Holding::hold(m_parts.holding, expense, {}, token);
    if (!hold)
        co_return std::unexpected(hold.error());
    m_hold = hold->id;
    net::RetryPolicy retry = m_parts.retry;
    retry.retries = m_endpoint.retries;
    co_return co_await attempt({.limiter = m_limiter,
                                .clock = m_parts.clock,
                                .retry = retry,
                                .claim = {account, m_event.pattern, m_endpoint.rates, isLocal(m_endpoint), m_tokens},
                                .loadingPatience = m_endpoint.limits.firstByte,
                                .once = [this, &once] { return tryOnce(once); },
                                .hasBegun = [] { return false; },
                                .onWaiting = {},
                                .log = m_log},
                               token);
}

Watch Errand::watch(const QString &account)
{
    HeadSink onHead;
    if (!account.isEmpty())
        onHead = [&rates = m_parts.rates, account](const net::HttpHead &head) { rates.learn(account, head.headers); };
    return {.onHead = std::move(onHead), .onSent = [this] { m_wasSent = true; }};
}

void Errand::writeDown(const Result<void> &outcome, const usage::TokenUsage &tokens)
{
    if (m_parts.life.expired())
        return;
    m_event.tokens = tokens;
    // Attempts of which no answer came may have been paid for all the same.
    const int unreported = m_unanswered + (outcome && tokens.prompt == 0 ? 1 : 0);
    m_event.tokens.prompt += m_tokens * unreported;
    m_event.tokens.estimated = unreported > 0;
    m_event.attempts = m_log->attempts;
    m_event.queueTime = m_log->queueTime;
    m_event.totalTime = std::chrono::duration_cast<milliseconds>(m_parts.clock.monotonic() - m_start);
    m_event.outcome = outcome ? QStringLiteral("done") : nameOf(outcome.error().kind);
    const auto price = m_parts.prices.find(m_event.model, m_event.time.date(), m_event.tokens.prompt);
    if (isLocal(m_endpoint) || m_event.tokens == usage::TokenUsage()) {
        m_event.cost = usage::Money();
    } else if (price) {
        m_event.cost = price->costOf(m_event.tokens);
        m_event.price = QString::fromUtf8(QJsonDocument(toJson(*price)).toJson(QJsonDocument::Compact));
    }
    m_parts.ledger.record(m_event);
    m_parts.holding->release(m_hold);
}

Task<Result<void>> Errand::tryOnce(const std::function<Task<Result<void>>()> &once)
{
    m_wasSent = false;
    const Result<void> result = co_await once();
    const bool wasRefused = !result && result.error().http >= 300;
    if (!result && m_wasSent && !wasRefused)
        ++m_unanswered;
    co_return result;
}

} // namespace quintet::llm
