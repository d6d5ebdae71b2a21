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
    QDateTime time;  ///< when it was asked, UTC
    QString pattern; ///< "summarize", "chat", "batch", "knowledge" or "agent"
    QString endpoint;
    QString model;
    QString run; ///< the batch run or agent task it belongs to, or empty
    TokenUsage tokens;
    bool cached = false;       ///< answered from the response cache
    std::optional<Money> cost; ///< nothing where the price is unknown
    std::chrono::milliseconds queueTime{0};
    std::optional<std::chrono::milliseconds> firstTokenTime;
    std::chrono::milliseconds totalTime{0};
    int attempts = 0;
    QString outcome; ///< "done", or the kind of the error

    bool operator==(const UsageEvent &) const = default;
};

/// Where every request is written down, cached and failed ones too.
class Ledger {
public:
    virtual ~Ledger() = default;
    virtual void record(const UsageEvent &event) = 0;
};

} // namespace quintet::usage
