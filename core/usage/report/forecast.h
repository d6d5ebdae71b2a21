// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"

#include <QDateTime>

#include <optional>

namespace quintet::usage {

/// What a month will have cost at its end, if it goes on as it did so far: what was spent, times the length of the
/// month, by the time that has passed. Nothing within the first day of a month, which tells too little. `now` is local
/// time. A pure function.
std::optional<Money> forecast(Money spentThisMonth, const QDateTime &now);

} // namespace quintet::usage
