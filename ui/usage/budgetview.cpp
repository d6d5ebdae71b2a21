// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/budgetview.h"

#include "ui/theme/label.h"
#include "ui/usage/figures.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"
#include "usage/report/forecast.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLocale>
#include <QProgressBar>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

/// Of both limits the share that is used up the furthest, in thousandths.
int thousandths(const usage::Limit &limit, const usage::Spent &spent)
{
    usage::Budgets budgets;
    budgets.day = limit;
    usage::SpentSoFar soFar;
    soFar.day = spent;
    return std::min(1000, qRound(usage::shareUsed(budgets, soFar) * 1000));
}

QString leftOf(const usage::Limit &limit, const usage::Spent &spent)
{
    QStringList parts;
    if (limit.money) {
        const qint64 left = limit.money->nanoDollars - spent.money.nanoDollars;
        parts << BudgetView::tr("%1 of %2 left")
                     .arg(figures::money(usage::Money{std::max<qint64>(0, left)}), figures::money(*limit.money));
    }
    if (limit.tokens)
        parts << BudgetView::tr("%1 of %2 tokens left")
                     .arg(figures::shortNumber(double(std::max<qint64>(0, *limit.tokens - spent.tokens))),
                          figures::shortNumber(double(*limit.tokens)));
    return parts.isEmpty() ? BudgetView::tr("no budget") : parts.join(u" · "_s);
}

} // namespace

BudgetView::BudgetView()
{
    setObjectName(u"usageBudgets"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    auto *set = new Button(u"usageSetBudgets"_s, tr("Set budgets"), Button::Quiet, Button::Small);
    connect(set, &Button::clicked, this, &BudgetView::settingsAsked);
    QBoxLayout *head = makeRow();
    head->addWidget(makeLabel(tr("Budgets"), TextStyle::Heading));
    head->addStretch(1);
    head->addWidget(set);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(2, 1);
    m_day = addLine(grid, u"usageDay"_s, tr("Today"));
    m_month = addLine(grid, u"usageMonth"_s, tr("This month"));
    m_forecast = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_forecast->setObjectName(u"usageForecast"_s);
    m_forecast->setWordWrap(true);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 14);
    column->addLayout(head);
    column->addLayout(grid);
    column->addWidget(m_forecast);
    setLayout(column);
}

BudgetView::Line BudgetView::addLine(QGridLayout *grid, const QString &name, const QString &title)
{
    const int row = grid->rowCount();
    const Line line{makeLabel({}, TextStyle::Base), new QProgressBar, makeLabel({}, TextStyle::Facts, Tone::Second)};
    line.spent->setObjectName(name + u"Spent"_s);
    line.left->setObjectName(name + u"Left"_s);
    line.bar->setObjectName(name + u"Bar"_s);
    line.bar->setRange(0, 1000);
    line.bar->setTextVisible(false);
    line.bar->setFixedHeight(6);
    grid->addWidget(makeLabel(title, TextStyle::Base, Tone::Second), row, 0);
    grid->addWidget(line.spent, row, 1);
    grid->addWidget(line.bar, row, 2);
    grid->addWidget(line.left, row, 3);
    return line;
}

void BudgetView::showLine(const Line &line, const QString &title, const usage::Limit &limit, const usage::Spent &spent,
                          bool hasUnknown)
{
    const QString money = figures::money(spent.money);
    line.spent->setText(hasUnknown ? tr("%1 and unknown").arg(money) : money);
    line.left->setText(leftOf(limit, spent));
    line.bar->setVisible(limit.isSet());
    line.bar->setValue(thousandths(limit, spent));
    line.bar->setAccessibleName(tr("%1: %2").arg(title, line.left->text()));
}

void BudgetView::show(const UsageState &state)
{
    showLine(m_day, tr("Today"), state.budgets.day, state.spent.day, false);
    showLine(m_month, tr("This month"), state.budgets.month, state.spent.month, state.unpricedThisMonth > 0);
    const auto atEnd = usage::forecast(state.spent.month.money, state.time);
    QString text = atEnd ? tr("At this rate the month ends at %1: what was spent so far, times the length of the "
                              "month, by the time that has passed.")
                               .arg(figures::money(atEnd))
                         : tr("What the month will come to can be told from its second day on.");
    if (state.budgets.month.money && atEnd && *atEnd > *state.budgets.month.money)
        text.prepend(tr("That passes the budget. "));
    if (state.unpricedThisMonth > 0)
        text += u' '
                + tr("Requests without a known price are not in it: %1 this month.")
                      .arg(figures::number(state.unpricedThisMonth));
    m_forecast->setText(text);
}

} // namespace quintet::ui
