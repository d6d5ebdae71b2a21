// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/reportview.h"

#include "ui/theme/label.h"
#include "ui/usage/budgetview.h"
#include "ui/usage/charts/chartcard.h"
#include "ui/usage/charts/figuretable.h"
#include "ui/usage/factsrow.h"
#include "ui/usage/figures.h"
#include "ui/widgets/button.h"
#include "ui/widgets/foldingbar.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QStandardPaths>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using usage::SplitBy;

namespace {

constexpr int roomForTwoCharts = 860;

enum Fact { Requests, Tokens, Cost, Cache, FirstToken, WholeAnswer };

void addSplit(SegmentedControl *control, SplitBy split, const QString &text)
{
    control->add(int(split), nameOf(split), text);
}

} // namespace

ReportView::ReportView(UsageSession &session)
    : m_session(session),
      m_facts(new FactsRow(u"usageFacts"_s)),
      m_budgets(new BudgetView),
      m_costSplit(new SegmentedControl(u"usageCostSplit"_s, tr("Costs split by")))
{
    setObjectName(u"usageReport"_s);
    m_facts->add(u"usageRequests"_s, tr("Requests"));
    m_facts->add(u"usageTokens"_s, tr("Tokens"));
    m_facts->add(u"usageCost"_s, tr("Cost"));
    m_facts->add(u"usageCache"_s, tr("From the cache"));
    m_facts->add(u"usageFirstToken"_s, tr("Time to first token"));
    m_facts->add(u"usageWholeAnswer"_s, tr("Time to the whole answer"));
    addSplit(m_costSplit, SplitBy::Pattern, tr("Pattern"));
    addSplit(m_costSplit, SplitBy::Model, tr("Model"));
    addSplit(m_costSplit, SplitBy::Endpoint, tr("Endpoint"));
    m_costSplit->setCurrent(int(SplitBy::Pattern));
    connect(m_costSplit, &SegmentedControl::chosen, this, &ReportView::showCosts);
    m_costs = new ChartCard(u"usageCosts"_s, tr("Cost a day"), m_costSplit);
    m_latency = new ChartCard(u"usageLatency"_s, tr("How long answers took, in seconds"));
    m_cache = new ChartCard(u"usageCacheShare"_s, tr("Answered from the cache"));
    m_pair = makeRow(16);
    m_pair->addWidget(m_latency, 1);
    m_pair->addWidget(m_cache, 1);
    QBoxLayout *column = makeColumn(16);
    column->addWidget(m_facts);
    column->addWidget(m_costs);
    column->addLayout(m_pair);
    column->addWidget(makeSplitCard());
    column->addWidget(m_budgets);
    setLayout(column);
    connect(m_budgets, &BudgetView::settingsAsked, this, &ReportView::settingsAsked);
    connect(&m_session, &UsageSession::changed, this, &ReportView::showState);
    showState();
}

QWidget *ReportView::makeSplitCard()
{
    m_split = new SegmentedControl(u"usageSplit"_s, tr("A row for each"));
    addSplit(m_split, SplitBy::Pattern, tr("Pattern"));
    addSplit(m_split, SplitBy::Model, tr("Model"));
    addSplit(m_split, SplitBy::Endpoint, tr("Endpoint"));
    addSplit(m_split, SplitBy::Day, tr("Day"));
    addSplit(m_split, SplitBy::Run, tr("Run"));
    m_split->setCurrent(int(SplitBy::Pattern));
    m_table = new FigureTable(u"usageTable"_s, tr("Usage in figures"));
    m_export = new Button(u"usageExport"_s, tr("Export as CSV…"), Button::Quiet, Button::Small);
    connect(m_split, &SegmentedControl::chosen, this, &ReportView::showSplit);
    connect(m_export, &Button::clicked, this, &ReportView::askExport);
    QBoxLayout *start = makeRow(12);
    start->addWidget(makeLabel(tr("In figures"), TextStyle::Heading));
    start->addWidget(m_split);
    QBoxLayout *end = makeRow();
    end->addWidget(m_export);
    QFrame *card = makeCard(u"usageSplitCard"_s);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 14);
    auto *head = new FoldingBar(wrap(start), wrap(end));
    head->layout()->setContentsMargins({});
    column->addWidget(head);
    column->addWidget(m_table);
    card->setLayout(column);
    return card;
}

void ReportView::showState()
{
    const UsageState &state = m_session.state();
    if (state.isEmpty())
        return; // the page says so
    showFacts(state);
    m_budgets->show(state);
    showCosts();
    m_latency->show(figures::latencyBars(state), figures::latencyLegend(state), figures::latencyTable(state));
    m_cache->show(figures::cacheBars(state), figures::cacheLegend(state), figures::cacheTable(state));
    showSplit();
}

void ReportView::showFacts(const UsageState &state)
{
    const usage::UsageRow &total = state.total;
    const auto latency = [](const std::optional<usage::Latency> &value) {
        return value
                   ? std::pair(figures::seconds(value->median), tr("95 % within %1").arg(figures::seconds(value->p95)))
                   : std::pair(u"–"_s, tr("nothing was measured"));
    };
    m_facts->show(Requests, figures::shortNumber(double(total.requests)),
                  total.failed == 0 ? tr("none failed")
                                    : tr("%1 failed (%2)")
                                          .arg(figures::number(total.failed),
                                               figures::percentage(double(total.failed) / double(total.requests))));
    m_facts->show(Tokens, figures::shortNumber(double(total.promptTokens + total.completionTokens)),
                  tr("%1 in, %2 out")
                      .arg(figures::shortNumber(double(total.promptTokens)),
                           figures::shortNumber(double(total.completionTokens))));
    m_facts->show(Cost, figures::money(total.knownCost()),
                  total.unpriced > 0 ? tr("price of %1 unknown").arg(figures::shortNumber(double(total.unpriced)))
                                     : tr("%1 a request").arg(figures::money(usage::costPerRequest(total))));
    m_facts->show(Cache, figures::percentage(total.hitRate()), tr("%1 saved").arg(figures::money(total.saved)));
    const auto [first, firstFact] = latency(total.firstToken);
    m_facts->show(FirstToken, first, firstFact);
    const auto [whole, wholeFact] = latency(total.total);
    m_facts->show(WholeAnswer, whole, wholeFact);
}

void ReportView::showCosts()
{
    const UsageState &state = m_session.state();
    const auto split = SplitBy(m_costSplit->current());
    switch (state.bars) {
    case usage::BarLength::Hour: m_costs->setTitle(tr("Cost an hour")); break;
    case usage::BarLength::Day: m_costs->setTitle(tr("Cost a day")); break;
    case usage::BarLength::Month: m_costs->setTitle(tr("Cost a month")); break;
    }
    m_costs->show(figures::costBars(state, split), figures::costLegend(state, split), figures::costTable(state, split),
                  state.total.unpriced > 0
                      ? tr("Without %Ln request(s) whose price is not known; prices are set in the settings.", nullptr,
                           int(state.total.unpriced))
                      : QString());
}

void ReportView::showSplit()
{
    m_table->setFigures(figures::table(m_session.state(), SplitBy(m_split->current())));
}

void ReportView::askExport()
{
    const auto split = SplitBy(m_split->current());
    const QString suggestion =
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/usage-by-%1.csv"_s.arg(nameOf(split));
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export usage"), suggestion, tr("Comma-separated values (*.csv)"));
    if (!path.isEmpty())
        m_session.exportCsv(split, path);
}

void ReportView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_pair->setDirection(width() < roomForTwoCharts ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace quintet::ui
