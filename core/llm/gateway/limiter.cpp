// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/limiter.h"

#include "base/wake.h"

#include <qcorosignal.h>

namespace quintet::llm {

/// A request in line: it is woken when its turn has come, or when it is cancelled.
struct Limiter::Waiting {
    Wake turn;
    bool isGranted = false;
};

Limiter::Permit Limiter::grant(const std::shared_ptr<Queue> &queue)
{
    return Permit(nullptr, [queue](void *) { release(queue); });
}

/// A slot that becomes free is handed to the first in line, without becoming free in between.
void Limiter::release(const std::shared_ptr<Queue> &queue)
{
    while (!queue->waiting.empty()) {
        const auto next = queue->waiting.front().lock();
        queue->waiting.pop_front();
        if (next && !next->isGranted) {
            next->isGranted = true;
            next->turn.wakeLater();
            return;
        }
    }
    --queue->running;
}

Task<Result<Limiter::Permit>> Limiter::acquire(QString endpoint, CancelToken token)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    std::shared_ptr<Queue> &known = m_queues[endpoint];
    if (!known)
        known = std::make_shared<Queue>();
    const std::shared_ptr<Queue> queue = known;
    if (queue->running < m_atOnce) {
        ++queue->running;
        co_return grant(queue);
    }
    const auto waiting = std::make_shared<Waiting>();
    queue->waiting.push_back(waiting);
    const OnCancel onCancel(token, &waiting->turn, [&waiting] { waiting->turn.wakeLater(); });
    co_await qCoro(&waiting->turn, &Wake::woken);
    Permit permit = waiting->isGranted ? grant(queue) : nullptr;
    waiting->isGranted = true; // no longer in line
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    co_return permit;
}

} // namespace quintet::llm
