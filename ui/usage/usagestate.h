// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/budget.h"
#include "usage/report/usagereport.h"

#include <map>

namespace quintet::ui {

/// The stretch of time that the page shows, up to now. Days are those of this computer's calendar, today among them.
enum class Period { Hours24, Days7, Days30, Days90, All };

/// What the page shows: read and split off the GUI thread.
struct UsageState {
    Period period = Period::Days30;
    QDateTime time;  ///< when it was read
    double days = 1; ///< that the period has had requests for, for what is reckoned a day
    usage::BarLength bars = usage::BarLength::Day;
    usage::UsageSums sums;
    usage::UsageRow total;
    std::map<usage::SplitBy, std::vector<usage::UsageRow>> rows;
    std::map<usage::SplitBy, usage::CostStack> costs; ///< by pattern, model and endpoint
    usage::Budgets budgets;
    usage::SpentSoFar spent;
    qint64 unpricedThisMonth = 0;
    QStringList models; ///< that a plan can be made for: those that were asked, then those with a price

    bool isEmpty() const { return total.requests == 0; }
};

} // namespace quintet::ui
