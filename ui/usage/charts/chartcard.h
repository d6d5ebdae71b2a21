// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/charts/bardata.h"
#include "ui/usage/charts/figuremodel.h"

#include <QFrame>

class QLabel;
class QStackedWidget;

namespace quintet::ui {

class BarChart;
class Button;
class ChartLegend;
class FigureTable;

/// A chart with what its series are, or the table behind it: a button turns it over.
class ChartCard final : public QFrame {
    Q_OBJECT

public:
    /// `controls`, if any, stand beside the title; taken over.
    ChartCard(const QString &name, const QString &title, QWidget *controls = nullptr);

    void setTitle(const QString &title);

    /// `note` stands below the chart, e.g. what it leaves out.
    void show(BarData data, const QStringList &legend, Figures figures, const QString &note = {});

private:
    void turnOver(bool toTable);

    QLabel *m_title;
    Button *m_turn;
    QStackedWidget *m_sides;
    BarChart *m_chart;
    ChartLegend *m_legend;
    FigureTable *m_table;
    QLabel *m_note;
};

} // namespace quintet::ui
