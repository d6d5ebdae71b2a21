// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/scrollbarpainter.h"

#include "ui/theme/colors.h"

#include <QPainter>
#include <QStyleOptionSlider>

namespace quintet::ui {

namespace {

constexpr int shortestThumb = 32;

} // namespace

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRect groove = option.rect;
    if (part == QStyle::SC_ScrollBarGroove)
        return groove;
    const int length = horizontal ? groove.width() : groove.height();
    int thumb = length;
    if (const qint64 range = qint64(option.maximum) - option.minimum; range > 0) {
        thumb = static_cast<int>(qint64(option.pageStep) * length / (range + option.pageStep));
        thumb = std::clamp(thumb, std::min(shortestThumb, length), length);
    }
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - thumb, option.upsideDown);
    const auto stretch = [&](int from, int size) {
        return horizontal ? QRect(groove.left() + from, groove.top(), size, groove.height())
                          : QRect(groove.left(), groove.top() + from, groove.width(), size);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider: return stretch(start, thumb);
    case QStyle::SC_ScrollBarSubPage: return stretch(0, start);
    case QStyle::SC_ScrollBarAddPage: return stretch(start + thumb, length - start - thumb);
    default: return {};
    }
}

void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option)
{
    const Colors &colors = Colors::of(option.palette);
    const bool active = option.state & QStyle::State_MouseOver || option.state & QStyle::State_Sunken;
    const double inset = active ? 2 : 3;
    const QRectF thumb =
        QRectF(scrollBarPart(option, QStyle::SC_ScrollBarSlider)).adjusted(inset, inset, -inset, -inset);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(colors.line, colors.second, active ? 0.55 : 0.25));
    const double radius = std::min(thumb.width(), thumb.height()) / 2;
    if (option.minimum != option.maximum)
        painter->drawRoundedRect(thumb, radius, radius);
    painter->restore();
}

} // namespace quintet::ui
