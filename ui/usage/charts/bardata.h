// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>
#include <vector>

namespace quintet::ui {

/// What a chart of bars shows.
struct BarData {
    struct Series {
        QString name;
        std::vector<double> values; ///< one for each bar
    };

    QStringList bars;   ///< what each bar stands for, in full
    QStringList labels; ///< the same, as short as below an axis; only as many are shown as there is room for
    std::vector<Series> series;
    bool isStacked = true;                  ///< else the series stand side by side
    double most = 0;                        ///< of the scale; 0: as the values need
    std::function<QString(double)> written; ///< a value as it is written

    bool isEmpty() const { return bars.isEmpty(); }
};

} // namespace quintet::ui
