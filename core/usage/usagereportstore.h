// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "usage/money.h"

#include <QDateTime>

#include <chrono>
#include <optional>
#include <vector>

namespace quintet::usage {

/// What a report is split by.
enum class SplitBy { Pattern, Model, Endpoint, Day, Run };

/// The split of that name ("pattern", "model", "endpoint", "day", "run"), or nothing.
std::optional<SplitBy> splitNamed(const QString &name);

/// How long something took, over many requests. Read off a histogram with steps of 5 %.
struct Latency {
    std::chrono::milliseconds median{0};
    std::chrono::milliseconds p95{0};

    bool operator==(const Latency &) const = default;
};

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

    /// Of all requests, the share answered from the cache; and of what all would have cost, the share saved. 0 to 1.
    double hitRate() const;
    double savedShare() const;

    bool operator==(const UsageRow &) const = default;
};

/// Reads reports out of the ledger, as of what is written. May take over 8 ms: not on the GUI thread. Any thread.
class UsageReportStore final {
public:
    explicit UsageReportStore(const store::Database &database) : m_database(database) { }

    /// A row for each value of the split among the requests since `start`, the most requests first, days and runs in
    /// their order. Storage if it cannot be read.
    Result<std::vector<UsageRow>> rows(SplitBy split, const QDateTime &start) const;

    /// All requests since `start` as one row.
    Result<UsageRow> total(const QDateTime &start) const;

private:
    Result<std::vector<UsageRow>> read(const QString &key, const QString &order, const QDateTime &start) const;

    const store::Database &m_database;
};

} // namespace quintet::usage
