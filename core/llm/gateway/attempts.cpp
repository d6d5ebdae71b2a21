// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/attempts.h"

#include "base/log.h"

#include <QRandomGenerator>

#include <algorithm>

namespace quintet::llm {

namespace {

using std::chrono::milliseconds;

/// Whether a server answers, but has its model not ready: it has done nothing, and will soon.
bool isLoading(const Error &error)
{
    // Only the server's own words count, which stand in the detail.
    return error.http == 503 && error.detail.contains(QStringLiteral("loading"), Qt::CaseInsensitive);
}

/// Whether a server says that it is given too much at a time.
bool isOverloaded(const Error &error)
{
    return error.kind == ErrorKind::RateLimited
           || (error.kind == ErrorKind::Unavailable && (error.http == 503 || error.http == 529));
}

void tell(Limiter::Permit &permit, const Result<void> &result)
{
    if (result)
        permit.succeeded();
    else if (!isLoading(result.error()) && isOverloaded(result.error()))
        permit.overloaded(result.error().retryAfter);
}

/// Decides on what follows a failed attempt.
class Patience final {
public:
    Patience(const AttemptPlan &plan) : m_plan(plan), m_start(plan.clock.monotonic()) { }

    /// How to wait before the next attempt, or nothing if there is none.
    std::optional<Waiting> next(const Error &error)
    {
        const bool isPatient =
            m_plan.loadingPatience.count() == 0 || m_plan.clock.monotonic() - m_start < m_plan.loadingPatience;
        if (isLoading(error) && isPatient) {
            const milliseconds pause(std::min(5000, 1000 * ++m_loadings));
            return Waiting{Waiting::Reason::Loading,
                           std::min<milliseconds>(error.retryAfter.value_or(pause), std::chrono::seconds(30))};
        }
        const auto wait =
            net::retryDelay(m_plan.retry, error, ++m_failures, QRandomGenerator::global()->generateDouble());
        return wait ? std::optional(Waiting{Waiting::Reason::Retrying, *wait}) : std::nullopt;
    }

private:
    const AttemptPlan &m_plan;
    std::chrono::nanoseconds m_start;
    int m_failures = 0;
    int m_loadings = 0;
};

} // namespace

Task<Result<void>> attempt(AttemptPlan plan, CancelToken token)
{
    Patience patience(plan);
    for (;;) {
        const auto queued = plan.clock.monotonic();
        auto permit = co_await plan.limiter.acquire(plan.claim, plan.onWaiting, token);
        if (token.stop_requested()) // the plan's parts may be gone
            co_return std::unexpected(cancelledError());
        plan.log->queueTime += std::chrono::duration_cast<milliseconds>(plan.clock.monotonic() - queued);
        if (!permit)
            co_return std::unexpected(permit.error());
        ++plan.log->attempts;
        const Result<void> result = co_await plan.once();
        if (token.stop_requested())
            co_return result;
        tell(**permit, result);
        permit->reset();
        if (result || plan.hasBegun())
            co_return result;
        const auto wait = patience.next(result.error());
        if (!wait)
            co_return result;
        qCInfo(lcGateway) << "attempt" << plan.log->attempts << "failed:" << result.error().message << "again in"
                          << wait->time.count() << "ms";
        if (plan.onWaiting)
            plan.onWaiting(*wait);
        if (!co_await plan.clock.sleep(wait->time, token))
            co_return std::unexpected(cancelledError());
    }
}

} // namespace quintet::llm
