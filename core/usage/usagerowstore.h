// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/usagesums.h"

#include <QHashFunctions>
#include <QVariantList>

class QSqlQuery;

namespace quintet::usage {

/// What requests are kept apart by.
struct UsageKey {
    QString pattern;
    QString model;
    QString endpoint;
    bool inRun = false; ///< of a batch run or an agent's

    bool operator==(const UsageKey &) const = default;
};

size_t qHash(const UsageKey &key, size_t seed = 0);

/// One row of usage_event, as much of it as reports need: what it adds to the sums.
struct EventRow {
    qint64 time = 0; ///< milliseconds since 1970, UTC
    UsageKey key;
    QString run;
    UsageSums sums;
};

/// The columns of usage_event for eventFrom(), which must stand first in a query.
QString eventColumns();
inline constexpr int eventColumnCount = 13;
EventRow eventFrom(const QSqlQuery &row);

/// The columns of usage_sum and usage_run_sum for sumsFrom(), which must stand first; valuesOf() has their order.
QString sumColumns();
inline constexpr int sumColumnCount = 11;
UsageSums sumsFrom(const QSqlQuery &row);
QVariantList valuesOf(const UsageSums &sums);

} // namespace quintet::usage
