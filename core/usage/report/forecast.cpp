// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/forecast.h"

#include <QTimeZone>

namespace quintet::usage {

std::optional<Money> forecast(Money spentThisMonth, const QDateTime &now)
{
    const QDate first(now.date().year(), now.date().month(), 1);
    const QDateTime begin = first.startOfDay(now.timeZone());
    const auto passed = static_cast<double>(begin.secsTo(now));
    if (passed < 24.0 * 3600)
        return std::nullopt;
    const auto whole = static_cast<double>(begin.secsTo(first.addMonths(1).startOfDay(now.timeZone())));
    return Money::fromDollars(spentThisMonth.dollars() * whole / passed);
}

} // namespace quintet::usage
