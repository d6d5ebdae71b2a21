// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"
#include "usage/tokenusage.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace quintet::usage {

/// What one request to a model took and cost.
struct UsageEvent {
    QString id;      ///< one that was recorded is not recorded again; empty: an event of its own
    QDateTime time;  ///< when it was asked, UTC
    QString pattern; ///< "summarize", "chat", "batch", "knowledge" or "agent"
    QString endpoint;
    QString model;
    QString run; ///< the batch run or agent task it belongs to, or empty
    TokenUsage tokens;
    bool cached = false;        ///< answered from the response cache, or by an equal request that was under way
    std::optional<Money> cost;  ///< nothing where the price is unknown
    QString price;              ///< the row of prices that the cost was reckoned by, as JSON; else empty
    std::optional<Money> saved; ///< what a cached answer would have cost
    std::chrono::milliseconds savedTime{0};
    std::chrono::milliseconds queueTime{0};
    std::optional<std::chrono::milliseconds> firstTokenTime;
    std::chrono::milliseconds totalTime{0};
    int attempts = 0;
    QString outcome; ///< "done", or the kind of the error

    bool operator==(const UsageEvent &) const = default;
};

/// How fast the answer came after its first token, in tokens a second; nothing where that cannot be told.
std::optional<double> tokensPerSecond(const UsageEvent &event);

/// Where every request is written down, cached and failed ones too.
class Ledger {
public:
    virtual ~Ledger() = default;
    virtual void record(const UsageEvent &event) = 0;
};

} // namespace quintet::usage
