// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace quintet::ui {

/// What Tab (or, backwards, Shift+Tab) goes to from `from` in `window`: the next control as one reads it, by the
/// layouts, whenever its parts were made. Null if `from` stands in no layout of the window, as what floats over it
/// does.
QWidget *nextAsRead(QWidget *window, const QWidget *from, bool isForward);

/// Gives it the keyboard as Tab does, and scrolls it into sight.
void focusByTab(QWidget *control, bool isForward);

} // namespace quintet::ui
