// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

class QSettings;

namespace quintet::ui {

enum class Appearance { System, Light, Dark };

/// "system", "light", "dark".
QString nameOf(Appearance appearance);
Appearance appearanceNamed(const QString &name); ///< System for what it does not know

/// How the window looks, as the user chose it; a default is what the system has.
struct ThemeChoice {
    Appearance appearance = Appearance::System;
    QString accent; ///< empty: Quintet's own; "system", or a colour as "#2f7d4f"
    bool highContrast = false;
    bool reducedMotion = false;

    // The rest holds from the next start, since it shapes every widget.
    bool compact = false; ///< controls of 28 px instead of 32
    int percent = 100;    ///< size of everything, 75 to 300, on top of the screen's own scale
    QString fontFamily;   ///< empty: the system's
    QString language;     ///< ISO 639; empty: the system's

    bool operator==(const ThemeChoice &) const = default;
};

/// From the group "window" of the settings, within bounds, and back.
ThemeChoice readThemeChoice(const QSettings &settings);
void writeThemeChoice(QSettings &settings, const ThemeChoice &choice);

} // namespace quintet::ui
