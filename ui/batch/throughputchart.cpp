// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/throughputchart.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr size_t points = 40;
constexpr auto recent = std::chrono::seconds(15);

/// Items that had ended at `time`, between two samples as if they came evenly.
double endedAt(const std::vector<ProgressSample> &samples, double time)
{
    const auto next = std::ranges::lower_bound(
        samples, time, {}, [](const ProgressSample &sample) { return static_cast<double>(sample.time.count()); });
    if (next == samples.begin())
        return static_cast<double>(samples.front().ended);
    if (next == samples.end())
        return static_cast<double>(samples.back().ended);
    const ProgressSample &before = *(next - 1);
    const double span = static_cast<double>((next->time - before.time).count());
    const double share = span > 0 ? (time - static_cast<double>(before.time.count())) / span : 1;
    return static_cast<double>(before.ended) + share * static_cast<double>(next->ended - before.ended);
}

} // namespace

ThroughputChart::ThroughputChart()
{
    setObjectName(QStringLiteral("throughputChart"));
    setAccessibleName(tr("Items a minute over time"));
    setMinimumWidth(120);
    setFixedHeight(sizeHint().height());
}

std::optional<double> ThroughputChart::perMinute(const std::vector<ProgressSample> &samples)
{
    if (samples.size() < 2)
        return std::nullopt;
    const ProgressSample &last = samples.back();
    const auto first = std::ranges::find_if(
        samples, [&last](const ProgressSample &sample) { return last.time - sample.time <= recent; });
    const ProgressSample &from = first + 1 == samples.end() ? *(samples.end() - 2) : *first;
    const auto span = last.time - from.time;
    if (span.count() <= 0)
        return std::nullopt;
    return static_cast<double>(last.ended - from.ended) * 60'000 / static_cast<double>(span.count());
}

void ThroughputChart::setSamples(const std::vector<ProgressSample> &samples)
{
    m_rates.clear();
    if (samples.size() >= 3) {
        const auto begin = static_cast<double>(samples.front().time.count());
        const double step = (static_cast<double>(samples.back().time.count()) - begin) / points;
        for (size_t i = 0; i < points && step > 0; ++i) {
            const double from = begin + static_cast<double>(i) * step;
            m_rates.push_back((endedAt(samples, from + step) - endedAt(samples, from)) * 60'000 / step);
        }
    }
    update();
}

void ThroughputChart::paintEvent(QPaintEvent *)
{
    if (m_rates.empty())
        return;
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double most = std::max(1.0, std::ranges::max(m_rates));
    const QRectF area = QRectF(rect()).adjusted(0, 6, 0, -1);
    QPainterPath line;
    for (size_t i = 0; i < m_rates.size(); ++i) {
        // Each point with its neighbours, so that single items do not make a saw.
        const double before = m_rates[i > 0 ? i - 1 : i];
        const double after = m_rates[i + 1 < m_rates.size() ? i + 1 : i];
        const double rate = (before + 2 * m_rates[i] + after) / 4;
        const QPointF point(area.left()
                                + area.width() * static_cast<double>(i) / static_cast<double>(m_rates.size() - 1),
                            area.bottom() - area.height() * rate / most);
        i == 0 ? line.moveTo(point) : line.lineTo(point);
    }
    QPainterPath below = line;
    below.lineTo(area.bottomRight());
    below.lineTo(area.bottomLeft());
    below.closeSubpath();
    painter.fillPath(below, colors.soft);
    painter.strokePath(line, QPen(colors.accent, 1.6));
    painter.setFont(fontFor(TextStyle::Facts));
    painter.setPen(colors.second);
    painter.drawText(area.adjusted(6, 2, -6, -4), Qt::AlignRight | Qt::AlignBottom,
                     tr("up to %1 a minute").arg(QLocale().toString(qRound(most))));
}

} // namespace quintet::ui
