// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/report/usagerow.h"
#include "usage/usagesumstore.h"

#include <vector>

namespace quintet::usage {

/// What one bar of a chart over time stands for.
enum class BarLength { Hour, Day, Month };

/// Cost over time, stacked: a layer for each pattern, model or endpoint.
struct CostStack {
    struct Layer {
        QString name;            ///< empty: all those that are not among the largest
        std::vector<Money> cost; ///< one for each bar
        Money total;
    };

    std::vector<QDateTime> bars; ///< when each begins, without gaps, local time
    std::vector<Layer> layers;   ///< the largest first
    std::vector<UsageRow> all;   ///< all layers together, one for each bar
};

/// What the ledger says of a period: read once, split in any way. A plain value.
class UsageReport final {
public:
    UsageReport() = default;
    UsageReport(std::vector<UsageCell> cells, std::vector<RunSums> runs, const QDateTime &start)
        : m_cells(std::move(cells)),
          m_runs(std::move(runs)),
          m_start(start)
    {
    }

    bool isEmpty() const { return m_cells.empty(); }

    /// All requests together.
    UsageSums sums() const;
    UsageRow total() const { return rowOf({}, sums()); }

    /// A row for each value of the split, the most requests first; days and runs in their order. Days are those of this
    /// computer's calendar. What belongs to no run stands in a row without a key.
    std::vector<UsageRow> rows(SplitBy split) const;

    /// Bars from the begin of the period, or the first request of all, to `now`, with `layers` layers at most that are
    /// named; `split` is by pattern, model or endpoint.
    CostStack costs(SplitBy split, BarLength length, size_t layers, const QDateTime &now) const;

    /// When the first request was, by the quarter of an hour or the day; `now` where there is none.
    QDateTime firstTime(const QDateTime &now) const;

private:
    std::vector<UsageCell> m_cells;
    std::vector<RunSums> m_runs;
    QDateTime m_start;
};

} // namespace quintet::usage
