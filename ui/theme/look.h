// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

class QWidget;

namespace quintet::ui {

/// What a button or frame is. A widget says it by its property `look` (a string of the same name in lower case), so
/// that those who make widgets need not know the theme; the style draws by it. `small` (bool) makes a button 26 px
/// high, `hint` (string) is drawn behind its text, as a shortcut is.
enum class Look {
    Plain,       ///< a button with a border
    Primary,     ///< the one button of a view that does what the view is for
    Quiet,       ///< a button without a border
    Destructive, ///< a quiet button in red
    Segment,     ///< a part of a segmented control; `edge`: "first", "middle" or "last"
    Chip,        ///< a source; checked when it is the one shown
    Card,        ///< a frame with a border, on the surface
    ErrorCard,   ///< the same, for what went wrong
    Notice,      ///< the same, for what to know
    DropZone,    ///< a dashed frame
    Badge,       ///< a label on the soft accent
};

Look lookOf(const QWidget *widget);

/// The font that a button of that look is drawn in.
QFont buttonFont(Look look, bool small);

/// Whether `widget` says that it is small.
bool isSmall(const QWidget *widget);

} // namespace quintet::ui
