// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/usagesums.h"

#include <QString>

namespace quintet::usage {

/// What a report is split by.
enum class SplitBy { Pattern, Model, Endpoint, Day, Run };

/// The split of that name ("pattern", "model", "endpoint", "day", "run"), or nothing.
std::optional<SplitBy> splitNamed(const QString &name);
QString nameOf(SplitBy split);

/// What requests took and cost, added up.
struct UsageRow {
    QString key; ///< of the split: a pattern, a model, "2026-01-31", ...
    qint64 requests = 0;
    qint64 cached = 0; ///< of these, answered without asking
    qint64 failed = 0; ///< of these, without an answer; cancelled ones are not failed
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    Money cost;                        ///< of the requests whose price is known
    qint64 unpriced = 0;               ///< requests whose price is not
    Money saved;                       ///< what the cached ones would have cost
    std::optional<Latency> firstToken; ///< of answers that were asked for; nothing if there is none
    std::optional<Latency> total;
    std::optional<std::chrono::milliseconds> averageTime; ///< of the same as total

    /// The cost; nothing where no price is known at all.
    std::optional<Money> knownCost() const;

    /// Of all requests, the share answered from the cache; and of what all would have cost, the share saved. 0 to 1.
    double hitRate() const;
    double savedShare() const;

    bool operator==(const UsageRow &) const = default;
};

UsageRow rowOf(const QString &key, const UsageSums &sums);

/// What a request of this row cost on average; nothing where no price is known.
std::optional<Money> costPerRequest(const UsageRow &row);

} // namespace quintet::usage
