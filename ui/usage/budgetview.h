// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/usagestate.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QProgressBar;

namespace quintet::ui {

class Button;

/// What is left of the budgets, and what the month will have cost at its end if it goes on like this.
class BudgetView final : public QFrame {
    Q_OBJECT

public:
    BudgetView();

    void show(const UsageState &state);

Q_SIGNALS:
    /// The user wants to set a budget.
    void settingsAsked();

private:
    struct Line {
        QLabel *spent;
        QProgressBar *bar;
        QLabel *left;
    };

    Line addLine(QGridLayout *grid, const QString &name, const QString &title);
    static void showLine(const Line &line, const QString &title, const usage::Limit &limit, const usage::Spent &spent,
                         bool hasUnknown);

    Line m_day;
    Line m_month;
    QLabel *m_forecast;
};

} // namespace quintet::ui
