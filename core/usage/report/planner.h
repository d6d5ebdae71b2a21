// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/prices.h"
#include "usage/report/usagerow.h"

#include <vector>

namespace quintet::usage {

/// What is planned of one pattern.
struct PlannedUse {
    QString pattern;
    qint64 requests = 0;     ///< a day
    double promptTokens = 0; ///< of a request, on average
    double completionTokens = 0;
    double cacheShare = 0;   ///< of requests that the cache answers, 0 to 1
    bool isBatch = false;    ///< sent as a provider's batch, where that is cheaper
    bool isMeasured = false; ///< the means are those of the user's own ledger

    bool operator==(const PlannedUse &) const = default;
};

/// What that costs, in dollars a day.
struct PlannedCost {
    double plain = 0;  ///< without cache, at the usual price
    double cached = 0; ///< with the cache
    double best = 0;   ///< with the cache, and at the price of batches where the use is one

    PlannedCost &operator+=(const PlannedCost &other);
    bool operator==(const PlannedCost &) const = default;
};

inline constexpr int daysOfPlannedMonth = 30;

/// The cost of a use at a price: a pure function. What the cache answers costs nothing. A batch costs what the price
/// says of batches: half, with most providers.
PlannedCost plannedCost(const PlannedUse &use, const Price &price);

/// A service of 1,000,000 requests a day, over all five patterns. Means of tokens and the cache's share are those of
/// `measured` (rows by pattern) where at least a handful of answers were given, else usual ones.
std::vector<PlannedUse> usualPlan(const std::vector<UsageRow> &measured);

} // namespace quintet::usage
