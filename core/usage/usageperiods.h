// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>

namespace quintet::usage {

/// The stretches of time by which the ledger is added up, all in milliseconds since 1970, UTC. Quarters of an hour fit
/// into the days of every time zone in use; days are those of this computer's calendar.
inline constexpr qint64 quarterOfAnHour = qint64(15) * 60 * 1000;

/// The quarter of an hour that `time` falls into.
qint64 quarterOf(qint64 time);

/// The day of this computer's calendar that `time` falls into, and when a day begins.
QDate dayOf(qint64 time);
qint64 beginOf(QDate day);

} // namespace quintet::usage
