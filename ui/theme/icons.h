// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QPainter;

namespace quintet::ui {

/// Our own 24 px stroke of that name, resources/icons/NAME.svg. Sharp at any size and scale; it takes the colour of the
/// text where our style draws it, elsewhere that of the palette's
/// text, second text (mode Active), third text (Disabled) or accent (Selected).
QIcon icon(const QString &name);

/// The icon in `color`, for those who paint it themselves.
void paintIcon(QPainter *painter, const QIcon &icon, const QRect &rect, const QColor &color);

} // namespace quintet::ui
