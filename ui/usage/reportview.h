// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/usagesession.h"

#include <QWidget>

class QBoxLayout;

namespace quintet::ui {

class BudgetView;
class Button;
class ChartCard;
class FactsRow;
class FigureTable;
class SegmentedControl;

/// What was used in a period: the figures, the charts, the budgets, and a table split as the user likes.
class ReportView final : public QWidget {
    Q_OBJECT

public:
    explicit ReportView(UsageSession &session);

Q_SIGNALS:
    void settingsAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeSplitCard();
    void showState();
    void showFacts(const UsageState &state);
    void showCosts();
    void showSplit();
    void askExport();

    UsageSession &m_session;
    FactsRow *m_facts;
    BudgetView *m_budgets;
    SegmentedControl *m_costSplit;
    ChartCard *m_costs;
    ChartCard *m_latency;
    ChartCard *m_cache;
    QBoxLayout *m_pair; ///< of charts: side by side where there is room
    SegmentedControl *m_split;
    FigureTable *m_table;
    Button *m_export;
};

} // namespace quintet::ui
