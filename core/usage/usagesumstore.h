// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"
#include "usage/usagerowstore.h"

namespace quintet::usage {

/// What was asked in a quarter of an hour or a day, of one kind.
struct UsageCell {
    qint64 start = 0; ///< milliseconds since 1970, UTC
    UsageKey key;
    UsageSums sums;
};

/// What a run asked.
struct RunSums {
    QString run;
    UsageSums sums;
};

/// How finely time is told apart.
enum class Grain { Day, QuarterHour };

/// Reads the ledger's sums, and event by event what is not in them yet: always all that is written. Each function reads
/// in one transaction. Fails with Storage. May take over 8 ms where the sums are behind. Any thread.
namespace sums {

/// All since `start` (milliseconds since 1970, UTC), in no order. A day may stand in several cells of the same kind.
Result<std::vector<UsageCell>> cellsSince(store::Connection &connection, qint64 start, Grain grain);

/// The runs since `start`, each once, in the order of their ids.
Result<std::vector<RunSums>> runsSince(store::Connection &connection, qint64 start);

/// All since `start`, or all of a run, added up: the numbers without the times. Also within a transaction of the
/// caller's.
Result<UsageSums> totalSince(store::Connection &connection, qint64 start);
Result<UsageSums> totalOf(store::Connection &connection, const QString &run);

/// How many events are not in the sums yet; counted up to `most`.
Result<qint64> behind(store::Connection &connection, qint64 most);

} // namespace sums

} // namespace quintet::usage
