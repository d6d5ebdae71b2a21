// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"

#include <QWidget>

namespace quintet::ui {

/// What of a grid makes a chart: one column says what, one how much.
struct ChartShape {
    QStringList names;
    std::vector<double> values;
    bool isTime = false; ///< dates, in their order; the last one is the newest
    QString unit;        ///< what the values are: the column's name

    bool operator==(const ChartShape &) const = default;
};

/// The chart that suits a grid: of 2 to 50 rows, with one column of words or dates and one of numbers; of several
/// numbers, the one that is no count or year. Nothing where none suits.
std::optional<ChartShape> chartShapeOf(const agent::Grid &grid);

/// Draws it with Qt Charts, as bars.
QWidget *makeChart(const QString &name, const ChartShape &shape);

} // namespace quintet::ui
