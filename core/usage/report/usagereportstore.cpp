// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/usagereportstore.h"

namespace quintet::usage {

Result<UsageReport> UsageReportStore::read(const QDateTime &start, Grain grain, bool runs) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    const qint64 since = start.toMSecsSinceEpoch();
    auto cells = sums::cellsSince(*connection, since, grain);
    auto ofRuns = runs ? sums::runsSince(*connection, since) : Result<std::vector<RunSums>>();
    if (!cells || !ofRuns)
        return std::unexpected(cells ? ofRuns.error() : cells.error());
    return UsageReport(std::move(*cells), std::move(*ofRuns), start);
}

Result<std::vector<UsageRow>> UsageReportStore::rows(SplitBy split, const QDateTime &start) const
{
    return read(start, Grain::Day, split == SplitBy::Run).transform([split](const UsageReport &report) {
        return report.rows(split);
    });
}

} // namespace quintet::usage
