// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/fonts.h"

#include <QLabel>

namespace quintet::ui {

/// What a label's colour is; it follows the theme.
enum class Tone { Text, Second, Third, Accent, Bad };

void setTone(QWidget *label, Tone tone);

/// A label in that style and tone. It is plain text, never read as HTML: it may show what a model or a file says.
QLabel *makeLabel(const QString &text, TextStyle style, Tone tone = Tone::Text);

} // namespace quintet::ui
