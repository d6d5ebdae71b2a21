// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

#include <functional>

namespace quintet::ui {

/// A row of the palette: something to do, or somewhere to go.
struct PaletteEntry {
    QString key; ///< for what is kept of what was used; empty: nothing
    QString title;
    QString detail;   ///< a second line: why, and what it takes
    QString category; ///< the tab it belongs to
    QString shortcut; ///< as the desktop writes it
    QIcon icon;
    bool isRecommended = false;
    std::function<void()> run;
};

} // namespace quintet::ui
