// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/budgetcard.h"

#include "ui/settings/gatewaysession.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpressionValidator>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

std::optional<double> numberIn(const QLineEdit *field)
{
    bool isNumber = false;
    QString text = field->text().trimmed();
    const double value = QLocale::c().toDouble(text.replace(u',', u'.'), &isNumber);
    return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
}

usage::Limit limitIn(const QLineEdit *money, const QLineEdit *tokens)
{
    usage::Limit limit;
    if (const auto dollars = numberIn(money))
        limit.money = usage::Money::fromDollars(*dollars);
    if (const auto count = numberIn(tokens))
        limit.tokens = static_cast<qint64>(*count);
    return limit;
}

} // namespace

BudgetCard::BudgetCard(GatewaySession &session) : m_session(session)
{
    setObjectName(u"budget"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->addWidget(makeLabel(tr("Dollars"), TextStyle::Facts, Tone::Second), 0, 1);
    grid->addWidget(makeLabel(tr("Tokens"), TextStyle::Facts, Tone::Second), 0, 2);
    grid->addWidget(makeLabel(tr("Spent"), TextStyle::Facts, Tone::Second), 0, 3);
    grid->setColumnStretch(3, 1);
    m_day = addRow(grid, tr("A day"), u"budgetDay"_s);
    m_month = addRow(grid, tr("A month"), u"budgetMonth"_s);
    m_unpriced = new QLineEdit;
    m_unpriced->setObjectName(u"budgetUnpriced"_s);
    m_unpriced->setAccessibleName(tr("Models that may be asked without a known price"));
    m_unpriced->setPlaceholderText(tr("Names of models, with commas between them"));
    connect(m_unpriced, &QLineEdit::editingFinished, this, &BudgetCard::submit);
    grid->addWidget(makeLabel(tr("Unpriced"), TextStyle::Base, Tone::Second), 3, 0);
    grid->addWidget(m_unpriced, 3, 1, 1, 3);
    m_warning = makeLabel({}, TextStyle::Base);
    m_warning->setObjectName(u"budgetWarning"_s);
    QLabel *note =
        makeLabel(tr("What would pass a limit is not sent. Models on this computer cost nothing; their tokens "
                     "count. You are asked once before a model whose price is not known is used under a "
                     "limit; those that you allowed are named above."),
                  TextStyle::Facts, Tone::Second);
    note->setWordWrap(true);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(grid);
    column->addWidget(m_warning);
    column->addWidget(note);
    setLayout(column);
    connect(&m_session, &GatewaySession::changed, this, &BudgetCard::showState);
    showState();
}

BudgetCard::Row BudgetCard::addRow(QGridLayout *grid, const QString &name, const QString &key)
{
    const auto field = [&](const QString &suffix, const QString &what, bool isMoney) {
        auto *edit = new QLineEdit;
        edit->setObjectName(key + suffix);
        edit->setAccessibleName(tr("%1: %2").arg(name, what));
        edit->setPlaceholderText(tr("no limit"));
        edit->setFixedWidth(130);
        edit->setAlignment(Qt::AlignRight);
        // An empty field says "no limit", so it must be as good as a number.
        static const QRegularExpression amount(u"(\\d{1,9}([.,]\\d{0,6})?)?"_s);
        static const QRegularExpression count(u"\\d{0,15}"_s);
        edit->setValidator(new QRegularExpressionValidator(isMoney ? amount : count, edit));
        connect(edit, &QLineEdit::editingFinished, this, &BudgetCard::submit);
        return edit;
    };
    const int line = grid->rowCount();
    const Row row{field(u"Money"_s, tr("dollars"), true), field(u"Tokens"_s, tr("tokens"), false),
                  makeLabel({}, TextStyle::Facts, Tone::Second)};
    row.spent->setObjectName(key + u"Spent"_s);
    grid->addWidget(makeLabel(name, TextStyle::Base, Tone::Second), line, 0);
    grid->addWidget(row.money, line, 1);
    grid->addWidget(row.tokens, line, 2);
    grid->addWidget(row.spent, line, 3);
    return row;
}

void BudgetCard::showState()
{
    const GatewayState &state = m_session.state();
    showRow(m_day, state.budgets.day, state.spent.day);
    showRow(m_month, state.budgets.month, state.spent.month);
    if (!m_unpriced->hasFocus())
        m_unpriced->setText(state.budgets.unpricedAllowed.join(u", "_s));
    m_warning->setText(usage::warning(state.budgets, state.spent));
    m_warning->setVisible(!m_warning->text().isEmpty());
    setTone(m_warning, usage::shareUsed(state.budgets, state.spent) >= 0.8 ? Tone::Bad : Tone::Text);
}

void BudgetCard::showRow(const Row &row, const usage::Limit &limit, const usage::Spent &spent)
{
    if (!row.money->hasFocus())
        row.money->setText(limit.money ? QString::number(limit.money->dollars(), 'g', 12) : QString());
    if (!row.tokens->hasFocus())
        row.tokens->setText(limit.tokens ? QString::number(*limit.tokens) : QString());
    row.spent->setText(tr("%1 · %2 tokens").arg(display(spent.money), QLocale().toString(spent.tokens)));
}

void BudgetCard::submit()
{
    usage::Budgets budgets{limitIn(m_day.money, m_day.tokens), limitIn(m_month.money, m_month.tokens), {}};
    for (const QString &model : m_unpriced->text().split(u',', Qt::SkipEmptyParts)) {
        if (!model.trimmed().isEmpty())
            budgets.unpricedAllowed << model.trimmed();
    }
    m_session.setBudgets(budgets);
}

} // namespace quintet::ui
