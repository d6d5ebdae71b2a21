// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace quintet::ui {

/// The roles of colour that the window is drawn with: the only place where a colour is written.
///
/// Stock widgets and the rooms that do not know the theme reach them through QPalette: Window background, Midlight
/// rail, Base surface, AlternateBase sunken, Mid line, WindowText, Text and ButtonText text, Dark second,
/// PlaceholderText third, Accent and Link accent, Light soft accent, Shadow warning, BrightText bad.
struct Colors {
    QColor background;
    QColor rail;
    QColor surface;
    QColor sunken;
    QColor line;
    QColor text;
    QColor second; ///< facts and labels
    QColor third;  ///< hints only, never needed information
    QColor accent;
    QColor accentText; ///< on accent
    QColor soft;       ///< accent as a background
    QColor good;
    QColor goodSoft;
    QColor warning;
    QColor warningSoft;
    QColor bad;
    QColor badSoft;
    QColor highlight; ///< behind a marked passage
    QColor code;      ///< behind code
    QColor keyword;   ///< of a programming language

    static const Colors &light();
    static const Colors &dark();

    /// The colours that `palette`, one made by toPalette(), was made from.
    static const Colors &of(const QPalette &palette);

    QPalette toPalette() const;

    bool operator==(const Colors &) const = default;
};

/// Contrast of two opaque colours as WCAG 2 reckons it: 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// `a` with `share` (0 to 1) of `b` mixed in.
QColor mixed(const QColor &a, const QColor &b, double share);

} // namespace quintet::ui
