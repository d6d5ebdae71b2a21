// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QHash>
#include <QString>

#include <optional>

namespace quintet::agent {

// Dates that follow from today: "today", "yesterday", "tomorrow", or UNIT.WHICH[.PART], where UNIT is day, week (from
// Monday), month, quarter or year; WHICH current, previous, next, or how many from now ("-2"); PART start, end (its
// last day), after (the day behind it), name ("October 2026") or, left out, as it is written ("2026-10").

/// Nothing for a name that is none.
std::optional<QString> computedDate(const QString &name, const QDate &today);

/// The names under which dates and months of the last two years are computed today, by how they are written.
QHash<QString, QString> namesOfDates(const QDate &today);

} // namespace quintet::agent
