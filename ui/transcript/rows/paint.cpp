// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/paint.h"

#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace quintet::ui {

void paintFrame(QPainter *painter, const QRectF &rect, bool isFirst, bool isLast, const QColor &fill,
                const QColor &border, double radius)
{
    // Drawn whole and cut where it goes on.
    const double above = isFirst ? 0 : radius + 2;
    const double below = isLast ? 0 : radius + 2;
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border.isValid() ? QPen(border, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5 - above, -0.5, below - 0.5), radius, radius);
    painter->restore();
}

QList<QTextLayout::FormatRange> overlays(const RowPaint &how, const Face &face, text::Span within)
{
    QList<QTextLayout::FormatRange> ranges;
    const Colors &colors = face.colors();
    const auto add = [&](text::Span span, const QColor &background, const QColor &ink) {
        const qsizetype start = std::max(span.start, within.start);
        const qsizetype end = std::min(span.end, within.end);
        if (start >= end)
            return;
        QTextCharFormat format;
        format.setBackground(background);
        if (ink.isValid())
            format.setForeground(ink);
        ranges.push_back({static_cast<int>(start - within.start), static_cast<int>(end - start), format});
    };
    for (size_t i = 0; i < how.matches.size(); ++i) {
        const bool isCurrent = static_cast<int>(i) == how.currentMatch;
        add(how.matches[i], isCurrent ? mixed(colors.highlight, colors.warning, 0.28) : colors.highlight, {});
    }
    add(how.selection,
        how.hasFocus ? mixed(colors.surface, colors.accent, 0.3) : mixed(colors.surface, colors.text, 0.15),
        colors.text);
    return ranges;
}

void paintFocus(QPainter *painter, const std::vector<Target> &targets, const RowPaint &how, const Face &face)
{
    if (how.focused < 0 || how.focused >= static_cast<int>(targets.size()) || !how.hasFocus)
        return;
    for (const QRectF &rect : targets[static_cast<size_t>(how.focused)].rects)
        paintFocusRing(painter, rect.adjusted(-2, -2, 2, 2), 5, face.colors());
}

} // namespace quintet::ui
