// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/charts/bardata.h"

#include <QChartView>

class QAbstractBarSeries;

namespace quintet::ui {

/// Bars drawn with Qt Charts. Each series has a pattern as well as a colour; the pointer over a bar tells its values.
/// Follows the theme; nothing moves.
class BarChart final : public QChartView {
    Q_OBJECT

public:
    BarChart(const QString &name, const QString &accessibleName);

    void setData(BarData data);
    const BarData &data() const { return m_data; }

    QSize sizeHint() const override { return {320, 210}; }
    QSize minimumSizeHint() const override { return {220, 160}; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void build();
    QAbstractBarSeries *makeBars();
    void addBarAxis(QChart *chart, QAbstractBarSeries *series);
    void addScale(QChart *chart, QAbstractBarSeries *series);
    double highest() const;
    int fittingLabels() const;
    void tell(bool isOver, int bar);

    BarData m_data;
    int m_labelled = 0; ///< every how many bars have a label
};

} // namespace quintet::ui
