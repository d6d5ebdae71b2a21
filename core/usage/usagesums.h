// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/latencyhistogram.h"
#include "usage/money.h"

namespace quintet::usage {

/// What requests took and cost, added up. Tokens count where a model was asked, not where the cache answered.
struct UsageSums {
    qint64 requests = 0;
    qint64 cached = 0; ///< of these, answered without asking
    qint64 failed = 0; ///< of these, without an answer; cancelled ones are not failed
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    Money cost;                              ///< of the requests whose price is known
    qint64 unpriced = 0;                     ///< requests whose price is not
    Money saved;                             ///< what the cached ones would have cost
    std::chrono::milliseconds answerTime{0}; ///< of all in total together
    LatencyHistogram firstToken;             ///< of answers that were asked for
    LatencyHistogram total;

    /// How long an answer that was asked for took on average; nothing where there was none.
    std::optional<std::chrono::milliseconds> averageTime() const;

    UsageSums &operator+=(const UsageSums &other);

    bool operator==(const UsageSums &) const = default;
};

} // namespace quintet::usage
