// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QPainter;
class QRectF;
class QStyleOption;
class QStyleOptionButton;
class QWidget;
struct QMargins;

namespace quintet::ui {

struct Colors;

/// Draws a push button as its look has it: background, border, icon, text, hint, the arrow of a menu and the ring of
/// the keyboard's focus.
void paintButton(QPainter *painter, const QStyleOptionButton &option, const QWidget *widget);

/// How large such a button wants to be.
QSize buttonSize(const QStyleOptionButton &option, const QWidget *widget);

/// The ring around what has the keyboard's focus.
void paintFocusRing(QPainter *painter, const QRectF &rect, double radius, const Colors &colors);

/// The box of a check box: a border that is seen on any background, filled with a tick where it is checked, with a dash
/// where it is partly.
void paintCheckBox(QPainter *painter, const QStyleOption &option);

/// A small arrow that points down, in the middle of `rect`; up if `up`.
void paintChevron(QPainter *painter, const QRectF &rect, const Colors &colors, bool enabled, bool up = false);

} // namespace quintet::ui
