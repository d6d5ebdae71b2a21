// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QStyle>

class QPainter;
class QStyleOptionSlider;

namespace quintet::ui {

/// A scroll bar without arrows: a round thumb in a bare groove of `scrollBarExtent` pixels.
inline constexpr int scrollBarExtent = 12;

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part);
void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option);

} // namespace quintet::ui
