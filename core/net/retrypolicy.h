// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <optional>

namespace quintet::net {

struct RetryPolicy {
    int retries = 2;                                                  ///< at most, after the first attempt
    std::chrono::milliseconds first = std::chrono::milliseconds(500); ///< before the first retry; doubles
    std::chrono::milliseconds longest = std::chrono::seconds(8);
    std::chrono::milliseconds patience = std::chrono::seconds(120); ///< a server that asks for more is not waited for

    bool operator==(const RetryPolicy &) const = default;
};

/// How long to wait before sending again after `error`, or nothing if it must not be sent again: a pure function.
/// `attempt` counts from 1, the attempt that failed. `random` in [0, 1) shortens the wait by up to a quarter, so
/// that clients do not come back all at once. The server's own wait is obeyed as it is. Whoever calls makes sure
/// that nothing of the answer has arrived.
std::optional<std::chrono::milliseconds> retryDelay(const RetryPolicy &policy, const Error &error, int attempt,
                                                    double random);

} // namespace quintet::net
