// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/charts/bardata.h"
#include "ui/usage/charts/figuremodel.h"
#include "ui/usage/usagestate.h"

namespace quintet::ui {

/// How the figures of usage are written and drawn: pure functions from the state to what charts and tables show. All
/// numbers in the user's own way of writing them; what is not known is said to be unknown.
namespace figures {

/// "1.2 M", "34 k", "812".
QString shortNumber(double number);
QString number(qint64 number);
QString money(std::optional<usage::Money> money);
/// A cost of which a part is not known: "$1.20 and unknown".
QString cost(const usage::UsageRow &row);
QString seconds(std::chrono::duration<double, std::milli> time);
QString percentage(double share);

/// What a row is about: a pattern's name as the tabs have it, a run by when it began.
QString nameOf(const QString &key, usage::SplitBy split);

/// All that is known, a row for each value of the split.
Figures table(const UsageState &state, usage::SplitBy split);

BarData costBars(const UsageState &state, usage::SplitBy split);
QStringList costLegend(const UsageState &state, usage::SplitBy split);
Figures costTable(const UsageState &state, usage::SplitBy split);

/// How many answers took how long: the first token beside the whole.
BarData latencyBars(const UsageState &state);
QStringList latencyLegend(const UsageState &state);
Figures latencyTable(const UsageState &state);

/// Which share of requests the cache answered, over time.
BarData cacheBars(const UsageState &state);
QStringList cacheLegend(const UsageState &state);
Figures cacheTable(const UsageState &state);

} // namespace figures

} // namespace quintet::ui
