// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

class QBoxLayout;
class QFrame;
class QWidget;

namespace quintet::ui {

/// A line of one pixel between two parts of a view.
QFrame *makeHairline();

/// A frame with a border and round corners; lay out inside it.
QFrame *makeCard(const QString &name);

/// A row or column without margins, `spacing` between its widgets.
QBoxLayout *makeRow(int spacing = 8);
QBoxLayout *makeColumn(int spacing = 8);

/// A widget that holds nothing but `layout`.
QWidget *wrap(QLayout *layout);

/// A plain widget around `content`, filled with that role of the palette.
QWidget *makePane(const QString &name, QBoxLayout *content, QPalette::ColorRole fill);

} // namespace quintet::ui
