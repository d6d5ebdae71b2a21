// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/resultchart.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QLocale>
#include <QRegularExpression>
#include <QValueAxis>

#include <algorithm>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

constexpr size_t fewestRows = 2;
constexpr size_t mostRows = 50;
constexpr int chartHeight = 118;
constexpr size_t mostNames = 12; // more would not fit below the bars

bool isDate(const QString &text)
{
    static const QRegularExpression date(u"^\\d{4}(-(\\d{2}|W\\d{2}|Q\\d))?(-\\d{2})?"_s);
    return date.match(text).hasMatch();
}

bool isColumnOf(const agent::Grid &grid, qsizetype column, bool (*fits)(const QJsonValue &))
{
    return std::ranges::all_of(grid.rows, [&](const QJsonArray &row) { return fits(row.at(column)); });
}

bool isNumber(const QJsonValue &value)
{
    return value.isDouble();
}

bool isWord(const QJsonValue &value)
{
    return value.isString() && !value.toString().isEmpty() && value.toString().size() <= 60;
}

/// One chart that follows the theme.
class Chart final : public QChartView {
public:
    explicit Chart(const ChartShape &shape) : m_shape(shape)
    {
        setFrameShape(QFrame::NoFrame);
        setRenderHint(QPainter::Antialiasing);
        setFixedHeight(chartHeight);
        setFocusPolicy(Qt::NoFocus);
        setBackgroundBrush(Qt::NoBrush);
        viewport()->setAutoFillBackground(false);
        build();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QChartView::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            build();
    }

private:
    /// The newest of dates, or the largest, stands out: its bars are a set of their own, in the same places.
    QBarSeries *makeBars(const Colors &colors) const
    {
        const auto largest = std::ranges::max_element(m_shape.values) - m_shape.values.begin();
        const auto marked = m_shape.isTime ? std::ssize(m_shape.values) - 1 : largest;
        auto *bars = new QBarSet(m_shape.unit);
        for (const double value : m_shape.values)
            bars->append(value);
        bars->setColor(mixed(colors.line, colors.second, 0.15));
        bars->setBorderColor(Qt::transparent);
        bars->selectBar(int(marked));
        bars->setSelectedColor(colors.accent);
        auto *series = new QBarSeries;
        series->append(bars);
        series->setBarWidth(0.7);
        return series;
    }

    void build()
    {
        const Colors &colors = Colors::of(palette());
        auto *chart = new QChart;
        chart->setBackgroundVisible(false);
        chart->setMargins({});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->legend()->hide();
        auto *series = makeBars(colors);
        chart->addSeries(series);
        auto *names = new QBarCategoryAxis;
        for (size_t i = 0; i < size_t(m_shape.names.size()); ++i) {
            // Categories must differ, and many would not be legible.
            const QString name = m_shape.names[qsizetype(i)];
            names->append(names->categories().contains(name) ? name + QString(int(i), u'\u200b') : name);
        }
        names->setLabelsVisible(size_t(m_shape.names.size()) <= mostNames);
        names->setTruncateLabels(false);
        names->setLabelsFont(fontFor(TextStyle::Rail));
        names->setLabelsColor(colors.second);
        names->setGridLineVisible(false);
        names->setLineVisible(false);
        chart->addAxis(names, Qt::AlignBottom);
        series->attachAxis(names);
        auto *scale = new QValueAxis; // from zero, so that heights compare
        const auto [least, most] = std::ranges::minmax(m_shape.values);
        scale->setRange(std::min(0.0, least), std::max(0.0, most));
        scale->setVisible(false);
        chart->addAxis(scale, Qt::AlignLeft);
        series->attachAxis(scale);
        QChart *const former = this->chart();
        setChart(chart);
        delete former;
    }

    ChartShape m_shape;
};

} // namespace

std::optional<ChartShape> chartShapeOf(const agent::Grid &grid)
{
    if (grid.rows.size() < fewestRows || grid.rows.size() > mostRows || !grid.isWhole)
        return std::nullopt;
    qsizetype names = -1;
    QList<qsizetype> numbers;
    for (qsizetype i = 0; i < grid.columns.size(); ++i) {
        if (isColumnOf(grid, i, isNumber))
            numbers << i;
        else if (names < 0 && isColumnOf(grid, i, isWord))
            names = i;
        else
            return std::nullopt;
    }
    if (names < 0 || numbers.isEmpty() || numbers.size() > 2)
        return std::nullopt;
    static const QRegularExpression sum(u"total|sum|amount|revenue|value|price|average|avg"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    const auto best = std::ranges::find_if(numbers, [&](qsizetype i) { return grid.columns[i].contains(sum); });
    const qsizetype number = best == numbers.end() ? numbers.first() : *best;
    ChartShape shape{.names = {}, .values = {}, .isTime = true, .unit = grid.columns[number]};
    for (const QJsonArray &row : grid.rows) {
        shape.names << row.at(names).toString();
        shape.values.push_back(row.at(number).toDouble());
        shape.isTime = shape.isTime && isDate(shape.names.last());
    }
    if (shape.isTime && shape.names.first() > shape.names.last()) { // time goes to the right
        std::ranges::reverse(shape.names);
        std::ranges::reverse(shape.values);
    }
    return shape;
}

QWidget *makeChart(const QString &name, const ChartShape &shape)
{
    auto *chart = new Chart(shape);
    chart->setObjectName(name);
    QStringList words;
    for (qsizetype i = 0; i < shape.names.size(); ++i)
        words << shape.names[i] + u' ' + QLocale().toString(shape.values[size_t(i)]);
    chart->setAccessibleName(QCoreApplication::translate("ResultChart", "Chart of %1").arg(shape.unit));
    chart->setAccessibleDescription(words.join(u", "_s));
    const qsizetype count = shape.names.size();
    chart->setMaximumWidth(count <= 4 ? int(count) * 92 : 460);
    chart->setMinimumWidth(std::min<int>(int(count) * 40, 240));
    return chart;
}

} // namespace quintet::ui
