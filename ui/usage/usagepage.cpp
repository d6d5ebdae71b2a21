// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/usagepage.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/usage/plannerview.h"
#include "ui/usage/reportview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/foldingbar.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QDir>
#include <QScrollArea>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 1240;

enum Side { Report, Plan };
enum Shown { Nothing, Figures, Planner };

} // namespace

UsagePage::UsagePage(UsageSession &session) : m_session(session)
{
    setObjectName(u"usagePage"_s);
    setAccessibleName(tr("Usage"));
}

void UsagePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isBuilt)
        build();
    m_session.refresh();
}

QWidget *UsagePage::makeHead()
{
    m_sides = new SegmentedControl(u"usageSides"_s, tr("Report or planner"));
    m_sides->add(Report, u"usageSideReport"_s, tr("Report"));
    m_sides->add(Plan, u"usageSidePlan"_s, tr("Planner"));
    m_sides->setCurrent(Report);
    m_period = new SegmentedControl(u"usagePeriod"_s, tr("Period"));
    m_period->add(int(Period::Hours24), u"usage24h"_s, tr("24 h"));
    m_period->add(int(Period::Days7), u"usage7d"_s, tr("7 days"));
    m_period->add(int(Period::Days30), u"usage30d"_s, tr("30 days"));
    m_period->add(int(Period::Days90), u"usage90d"_s, tr("90 days"));
    m_period->add(int(Period::All), u"usageAll"_s, tr("All"));
    m_period->setCurrent(int(m_session.period()));
    m_period->setToolTip(tr("Days are those of this computer's calendar, today among them."));
    connect(m_sides, &SegmentedControl::chosen, this, &UsagePage::showSide);
    connect(m_period, &SegmentedControl::chosen, this, [this](int period) { m_session.setPeriod(Period(period)); });
    QBoxLayout *start = makeRow(14);
    start->addWidget(makeLabel(tr("Usage"), TextStyle::Title));
    start->addWidget(m_sides);
    QBoxLayout *end = makeRow();
    end->addWidget(m_period);
    QBoxLayout *head = makeColumn(0);
    head->setContentsMargins(4, 0, 4, 0);
    head->addWidget(new FoldingBar(wrap(start), wrap(end)));
    return wrap(head);
}

/// In a column in the middle that is not too wide.
QWidget *UsagePage::scrolled(QWidget *content)
{
    content->setMaximumWidth(widest);
    QBoxLayout *row = makeRow(0);
    row->setContentsMargins(20, 18, 20, 24);
    row->addStretch(1);
    row->addWidget(content, 1000);
    row->addStretch(1);
    QBoxLayout *column = makeColumn(0);
    column->addLayout(row);
    column->addStretch(1);
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(wrap(column));
    return area;
}

void UsagePage::build()
{
    m_isBuilt = true;
    m_error = new ErrorStrip(u"usageError"_s, {20, 10, 20, 0});
    m_notice = new ErrorStrip(u"usageNotice"_s, {20, 10, 20, 0}, ErrorStrip::Notice);
    m_empty = new EmptyState(u"usageEmpty"_s, icon(u"usage"_s), {}, tr("Go to the start page"));
    connect(m_empty->action(), &Button::clicked, this, &UsagePage::startAsked);
    m_empty->setFixedWidth(440);
    QBoxLayout *center = makeRow(0); // so that its height goes by its own width, and not by that of the page
    center->addStretch(1);
    center->addWidget(m_empty);
    center->addStretch(1);
    QBoxLayout *middle = makeColumn(0);
    middle->addStretch(1);
    middle->addLayout(center);
    middle->addStretch(1);
    auto *report = new ReportView(m_session);
    connect(report, &ReportView::settingsAsked, this, &UsagePage::settingsAsked);
    m_stack = new QStackedWidget;
    m_stack->addWidget(wrap(middle));
    m_stack->addWidget(scrolled(report));
    m_stack->addWidget(scrolled(new PlannerView(m_session)));
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHead());
    column->addWidget(makeHairline());
    column->addWidget(m_error);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    setLayout(column);
    connect(&m_session, &UsageSession::changed, this, &UsagePage::showState);
    connect(&m_session, &UsageSession::failed, this,
            [this](const Error &error) { m_error->showError(error.message, tr("Try again")); });
    connect(m_error, &ErrorStrip::actionChosen, &m_session, &UsageSession::refresh);
    connect(&m_session, &UsageSession::exported, this, [this](const QString &path) {
        m_notice->showError(tr("Written to %1.").arg(QDir::toNativeSeparators(path)));
    });
    showSide();
}

void UsagePage::showState()
{
    m_error->hide();
    m_empty->setSentence(
        m_session.period() == Period::All
            ? tr("No model was asked yet. Each request of each tab is counted here: what it took, what it cost, and "
                 "what the cache saved.")
            : tr("No model was asked in this period. Choose a longer one, or ask one: each request of each tab is "
                 "counted here."));
    showSide();
}

void UsagePage::showSide()
{
    const bool isPlan = m_sides->current() == Plan;
    m_period->setVisible(!isPlan);
    m_empty->setVisible(m_session.state().time.isValid()); // until it was read, nobody knows
    m_stack->setCurrentIndex(isPlan ? Planner : m_session.state().isEmpty() ? Nothing : Figures);
}

} // namespace quintet::ui
