// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <vector>

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

    /// These with another accent: its hue, as light or dark as text in it has to be to be read. An invalid one changes
    /// nothing.
    Colors withAccent(const QColor &accent) const;

    /// These with at least 7:1 for text and accents, and lines that stand out (WCAG AAA).
    Colors withHighContrast() const;

    /// What of() gives for palettes made from now on: the colours in use, light and dark. On the GUI thread.
    static void use(const Colors &light, const Colors &dark);

    /// The colours that `palette`, one made by toPalette() of those in use, was made from.
    static const Colors &of(const QPalette &palette);

    QPalette toPalette() const;

    bool operator==(const Colors &) const = default;
};

/// Contrast of two opaque colours as WCAG 2 reckons it: 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// `color` made lighter or darker, whichever is away from `ground`, until it has that contrast to each of `grounds`.
QColor readable(QColor color, const std::vector<QColor> &grounds, double wanted);

/// `a` with `share` (0 to 1) of `b` mixed in.
QColor mixed(const QColor &a, const QColor &b, double share);

} // namespace quintet::ui
