// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace quintet::ui {

/// What the series of a chart are: each with its pattern, its name and a figure. As many lines as it needs.
class ChartLegend final : public QWidget {
    Q_OBJECT

public:
    explicit ChartLegend(const QString &name);

    /// One text for each series, in their order.
    void setTexts(const QStringList &texts);
};

} // namespace quintet::ui
