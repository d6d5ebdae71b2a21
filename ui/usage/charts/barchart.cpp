// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/barchart.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/usage/charts/seriesbrush.h"

#include <QBarSeries>
#include <QBarSet>
#include <QCategoryAxis>
#include <QEvent>
#include <QGraphicsLayout>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int scaleSteps = 4;
constexpr int roomBeside = 70; // what the scale takes

/// The next of 1, 2, 2.5, 5, 10, ... times a power of ten.
double niceStep(double value)
{
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (value <= factor * power * 1.0001)
            return factor * power;
    }
    return 10 * power;
}

} // namespace

BarChart::BarChart(const QString &name, const QString &accessibleName)
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::NoFocus);
    setBackgroundBrush(Qt::NoBrush);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
}

void BarChart::setData(BarData data)
{
    m_data = std::move(data);
    QStringList parts;
    for (const BarData::Series &series : m_data.series) {
        const auto largest = std::ranges::max_element(series.values);
        if (largest != series.values.end())
            parts << tr("%1: at most %2 (%3)")
                         .arg(series.name, m_data.written(*largest), m_data.bars[largest - series.values.begin()]);
    }
    setAccessibleDescription(parts.join(u", "_s));
    build();
}

void BarChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        build();
}

void BarChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    if (fittingLabels() != m_labelled)
        build();
}

/// Every how many bars may have a label.
int BarChart::fittingLabels() const
{
    int widest = 1;
    const QFontMetrics metrics(fontFor(TextStyle::Facts));
    for (const QString &label : m_data.labels)
        widest = std::max(widest, metrics.horizontalAdvance(label) + 16);
    const int room = std::max(1, (width() - roomBeside) / widest);
    return std::max(1, int(std::ceil(double(m_data.labels.size()) / room)));
}

/// The page is scrolled, not the chart.
void BarChart::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

double BarChart::highest() const
{
    if (m_data.most > 0)
        return m_data.most;
    double most = 0;
    for (size_t bar = 0; bar < size_t(m_data.bars.size()); ++bar) {
        double sum = 0;
        for (const BarData::Series &series : m_data.series)
            sum = m_data.isStacked ? sum + series.values[bar] : std::max(sum, series.values[bar]);
        most = std::max(most, sum);
    }
    return most;
}

QAbstractBarSeries *BarChart::makeBars()
{
    QAbstractBarSeries *series = m_data.isStacked ? static_cast<QAbstractBarSeries *>(new QStackedBarSeries)
                                                  : static_cast<QAbstractBarSeries *>(new QBarSeries);
    series->setBarWidth(m_data.isStacked ? 0.74 : 0.86);
    for (size_t i = 0; i < m_data.series.size(); ++i) {
        auto *set = new QBarSet(m_data.series[i].name);
        for (const double value : m_data.series[i].values)
            set->append(value);
        set->setBrush(seriesBrush(int(i), palette()));
        set->setPen(m_data.bars.size() > 60 ? QPen(Qt::NoPen) : QPen(seriesColor(int(i), palette()), 1));
        series->append(set);
    }
    connect(series, &QAbstractBarSeries::hovered, this, [this](bool isOver, int bar) { tell(isOver, bar); });
    return series;
}

void BarChart::addBarAxis(QChart *chart, QAbstractBarSeries *series)
{
    const Colors &colors = Colors::of(palette());
    auto *axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
    const qsizetype count = m_data.bars.size();
    axis->setRange(-0.5, double(count) - 0.5);
    // So counted that the newest has one, which matters the most.
    for (qsizetype bar = (count - 1) % m_labelled; bar < count; bar += m_labelled) {
        // Labels must differ.
        QString label = m_data.labels[bar];
        while (axis->categoriesLabels().contains(label))
            label += QChar(0x200b);
        axis->append(label, double(bar));
    }
    axis->setLabelsFont(fontFor(TextStyle::Facts));
    axis->setLabelsColor(colors.second);
    axis->setGridLineVisible(false);
    axis->setLinePen(QPen(colors.line, 1));
    chart->addAxis(axis, Qt::AlignBottom);
    series->attachAxis(axis);
}

void BarChart::addScale(QChart *chart, QAbstractBarSeries *series)
{
    const Colors &colors = Colors::of(palette());
    auto *axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
    const double most = highest();
    const double step = most > 0 ? niceStep(most / scaleSteps) : 1;
    const int steps = most > 0 ? int(std::ceil(most / step - 1e-9)) : 1;
    axis->setRange(0, step * steps);
    for (int i = 0; i <= steps; ++i)
        axis->append(m_data.written(step * i), step * i);
    axis->setLabelsFont(fontFor(TextStyle::Facts));
    axis->setLabelsColor(colors.second);
    axis->setGridLinePen(QPen(colors.line, 1));
    axis->setLineVisible(false);
    chart->addAxis(axis, Qt::AlignLeft);
    series->attachAxis(axis);
}

void BarChart::build()
{
    if (m_data.isEmpty())
        return;
    m_labelled = fittingLabels();
    auto *chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setMargins(QMargins(0, 8, 18, 0)); // for halves of labels
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->hide();
    QAbstractBarSeries *series = makeBars();
    chart->addSeries(series);
    addBarAxis(chart, series);
    addScale(chart, series);
    QChart *const former = this->chart();
    setChart(chart);
    delete former;
}

void BarChart::tell(bool isOver, int bar)
{
    if (!isOver || bar < 0 || bar >= m_data.bars.size()) {
        QToolTip::hideText();
        return;
    }
    QStringList lines{m_data.bars[bar]};
    for (const BarData::Series &series : m_data.series) {
        if (series.values[size_t(bar)] > 0)
            lines << tr("%1: %2").arg(series.name, m_data.written(series.values[size_t(bar)]));
    }
    // Names come from servers; they are no HTML.
    QToolTip::showText(QCursor::pos(), lines.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s), this);
}

} // namespace quintet::ui
