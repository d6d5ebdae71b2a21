// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/runfigures.h"

#include "ui/batch/progressstrip.h"
#include "ui/batch/runfacts.h"
#include "ui/batch/throughputchart.h"
#include "ui/theme/label.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLocale>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::RunState;

namespace {

constexpr int chartRoom = 700; // pixels, below which there is none for the chart

QString number(qint64 value)
{
    return QLocale().toString(value);
}

} // namespace

RunFigures::RunFigures() : m_bar(new ProgressStrip)
{
    auto *figures = new QWidget;
    auto *flow = new FlowLayout(26);
    flow->setContentsMargins(0, 0, 0, 0);
    figures->setLayout(flow);
    m_done = makeFigure(u"figureDone"_s, flow);
    m_failed = makeFigure(u"figureFailed"_s, flow);
    m_rate = makeFigure(u"figureRate"_s, flow);
    m_left = makeFigure(u"figureLeft"_s, flow);
    m_cost = makeFigure(u"figureCost"_s, flow);
    m_tokens = makeFigure(u"figureTokens"_s, flow);
    m_cached = makeFigure(u"figureCached"_s, flow);
    m_chart = new ThroughputChart;
    QBoxLayout *left = makeColumn(12);
    left->addWidget(m_bar);
    left->addWidget(figures);
    left->addStretch(1);
    QBoxLayout *row = makeRow(24);
    row->setContentsMargins(20, 16, 20, 14);
    row->addLayout(left, 2);
    row->addWidget(m_chart, 1);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makePane(u"runProgress"_s, row, QPalette::Base));
    setLayout(column);
}

void RunFigures::Figure::show(const QString &value, const QString &words)
{
    box->setVisible(!value.isEmpty());
    number->setText(value);
    caption->setText(words);
}

RunFigures::Figure RunFigures::makeFigure(const QString &name, QLayout *row)
{
    Figure figure{new QWidget, makeLabel({}, TextStyle::Title), makeLabel({}, TextStyle::Facts, Tone::Second)};
    figure.number->setObjectName(name);
    QFont font = figure.number->font();
    font.setPixelSize(17);
    figure.number->setFont(font);
    QBoxLayout *column = makeColumn(1);
    column->addWidget(figure.number);
    column->addWidget(figure.caption);
    figure.box->setLayout(column);
    row->addWidget(figure.box);
    return figure;
}

void RunFigures::showRun(const batch::Run &run, const std::vector<ProgressSample> &samples)
{
    const double failed = run.total > 0 ? static_cast<double>(run.failed) / static_cast<double>(run.total) : 0;
    m_bar->setShares(shareEnded(run) - failed, failed);
    m_done.show(number(run.done), tr("of %1 done").arg(number(run.total)));
    m_failed.show(run.failed > 0 ? number(run.failed) : QString(), tr("failed"));
    const bool isRunning = run.state == RunState::Processing;
    const auto rate = isRunning ? ThroughputChart::perMinute(samples) : std::nullopt;
    m_rate.show(rate ? tr("%1/min").arg(number(qRound64(*rate))) : QString(), tr("items"));
    const qint64 left = run.total - run.done - run.failed;
    m_left.show(rate && *rate > 0 && left > 0
                    ? durationWord(std::chrono::seconds(qRound64(static_cast<double>(left) * 60 / *rate)))
                    : QString(),
                tr("left"));
    m_cost.show(costWord(run), run.spec.budget.money ? tr("of %1").arg(display(*run.spec.budget.money)) : tr("cost"));
    m_tokens.show(run.spec.budget.tokens ? number(run.promptTokens + run.completionTokens) : QString(),
                  tr("of %1 tokens").arg(number(run.spec.budget.tokens.value_or(0))));
    m_cached.show(run.cached > 0 ? number(run.cached) : QString(),
                  run.saved.nanoDollars > 0 ? tr("cached, %1 saved").arg(display(run.saved)) : tr("cached"));
    m_chart->setSamples(samples);
    m_hasSamples = samples.size() > 1;
    showChart();
}

void RunFigures::showChart()
{
    m_chart->setVisible(m_hasSamples && width() >= chartRoom);
}

void RunFigures::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showChart();
}

} // namespace quintet::ui
