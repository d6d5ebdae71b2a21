// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "usage/report/usagereport.h"

namespace quintet::usage {

/// Reads reports out of the ledger, as of what is written. May take over 8 ms: not on the GUI thread. Any thread.
class UsageReportStore final {
public:
    explicit UsageReportStore(const store::Database &database) : m_database(database) { }

    /// All requests since `start`, for any split. Without `runs` the runs are left out, of which there may be many.
    /// Storage if it cannot be read.
    Result<UsageReport> read(const QDateTime &start, Grain grain = Grain::Day, bool runs = false) const;

    /// A row for each value of the split among the requests since `start`, the most requests first, days and runs in
    /// their order.
    Result<std::vector<UsageRow>> rows(SplitBy split, const QDateTime &start) const;

private:
    const store::Database &m_database;
};

} // namespace quintet::usage
