// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/seriesbrush.h"

#include "ui/theme/colors.h"

#include <QPainter>
#include <QPixmap>

#include <array>

namespace quintet::ui {

namespace {

constexpr int tile = 8;      // of a pattern, in pixels of the page
constexpr int sharpness = 3; // pixels of the picture for each of them, for screens up to 300 %

enum class Pattern { Solid, Rising, Dots, Level, Falling, Grid };

void paintPattern(QPainter &painter, Pattern pattern)
{
    switch (pattern) {
    case Pattern::Solid: return;
    case Pattern::Rising:
        for (const int x : {-tile, 0, tile})
            painter.drawLine(QPointF(x - 1, tile + 1), QPointF(x + tile + 1, -1));
        return;
    case Pattern::Falling:
        for (const int x : {-tile, 0, tile})
            painter.drawLine(QPointF(x - 1, -1), QPointF(x + tile + 1, tile + 1));
        return;
    case Pattern::Dots:
        painter.drawPoint(QPointF(2, 2));
        painter.drawPoint(QPointF(6, 6));
        return;
    case Pattern::Level:
        painter.drawLine(QPointF(-1, 2), QPointF(tile + 1, 2));
        painter.drawLine(QPointF(-1, 6), QPointF(tile + 1, 6));
        return;
    case Pattern::Grid:
        painter.drawLine(QPointF(-1, 4), QPointF(tile + 1, 4));
        painter.drawLine(QPointF(4, -1), QPointF(4, tile + 1));
        return;
    }
}

} // namespace

QColor seriesColor(int number, const QPalette &palette)
{
    const Colors &colors = Colors::of(palette);
    const std::array all{colors.accent, colors.good, colors.warning, colors.keyword, colors.bad, colors.second};
    static_assert(std::tuple_size_v<decltype(all)> == seriesBrushes);
    return all[static_cast<size_t>(number % seriesBrushes)];
}

QBrush seriesBrush(int number, const QPalette &palette)
{
    const Colors &colors = Colors::of(palette);
    const QColor color = seriesColor(number, palette);
    const auto pattern = static_cast<Pattern>(number % seriesBrushes);
    if (pattern == Pattern::Solid)
        return color;
    QPixmap pixmap(tile * sharpness, tile * sharpness);
    pixmap.fill(mixed(colors.surface, color, 0.28));
    QPainter painter(&pixmap);
    painter.scale(sharpness, sharpness);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, pattern == Pattern::Dots ? 2.6 : 1.5, Qt::SolidLine, Qt::RoundCap));
    paintPattern(painter, pattern);
    painter.end();
    QBrush brush(pixmap);
    brush.setTransform(QTransform::fromScale(1.0 / sharpness, 1.0 / sharpness));
    return brush;
}

} // namespace quintet::ui
