// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "llm/gateway/limiter.h"
#include "net/retrypolicy.h"

namespace quintet::llm {

/// What sending took so far.
struct AttemptLog {
    int attempts = 0;
    std::chrono::milliseconds queueTime{0}; ///< waited for slots
};

/// How something is sent until it is answered.
struct AttemptPlan {
    Limiter &limiter;
    Clock &clock;
    net::RetryPolicy retry;
    Limiter::Claim claim;
    std::chrono::milliseconds loadingPatience{0}; ///< how long a server may load its model
    std::function<Task<Result<void>>()> once;     ///< sends it one time
    std::function<bool()> hasBegun;               ///< whether a piece of an answer has arrived: nothing is sent again
    std::function<void(const Waiting &)> onWaiting;
    std::shared_ptr<AttemptLog> log; ///< kept up to date
};

/// Waits for a slot and sends, again and again as far as that is allowed. The result of the last attempt. A server that
/// says it is loading is asked again as long as the plan's patience lasts, which counts as no retry. Lives on the
/// engine thread.
Task<Result<void>> attempt(AttemptPlan plan, CancelToken token);

} // namespace quintet::llm
