// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/label.h"

namespace quintet::ui {

void setTone(QWidget *label, Tone tone)
{
    switch (tone) {
    case Tone::Text: label->setForegroundRole(QPalette::WindowText); break;
    case Tone::Second: label->setForegroundRole(QPalette::Dark); break;
    case Tone::Third: label->setForegroundRole(QPalette::PlaceholderText); break;
    case Tone::Accent: label->setForegroundRole(QPalette::Accent); break;
    case Tone::Bad: label->setForegroundRole(QPalette::BrightText); break;
    }
}

QLabel *makeLabel(const QString &text, TextStyle style, Tone tone)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(fontFor(style));
    setTone(label, tone);
    return label;
}

} // namespace quintet::ui
