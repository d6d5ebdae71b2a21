// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"

class QPainter;

namespace quintet::ui {

/// A part of a box that goes over several rows, round where it begins and ends.
void paintFrame(QPainter *painter, const QRectF &rect, bool isFirst, bool isLast, const QColor &fill,
                const QColor &border, double radius);

/// What is selected and found, as formats for a text of which position `start` is the first.
QList<QTextLayout::FormatRange> overlays(const RowPaint &how, const Face &face, text::Span within);

/// The ring around the target that has the focus.
void paintFocus(QPainter *painter, const std::vector<Target> &targets, const RowPaint &how, const Face &face);

} // namespace quintet::ui
