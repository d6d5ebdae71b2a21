// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>

class QPalette;

namespace quintet::ui {

/// How many series look different from each other; further ones begin anew.
inline constexpr int seriesBrushes = 6;

/// What the series of that number is filled with: each has a colour and a pattern of its own, so that it is told from
/// the others without colour too.
QBrush seriesBrush(int number, const QPalette &palette);

/// The colour of its border.
QColor seriesColor(int number, const QPalette &palette);

} // namespace quintet::ui
