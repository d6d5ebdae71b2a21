// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

namespace quintet::ui {

Button::Button(const QString &name, const QString &text, Kind kind, Size size) : QPushButton(text)
{
    setObjectName(name);
    setAccessibleName(text);
    setProperty("small", size == Small);
    setAutoDefault(false);
    setKind(kind);
}

void Button::setKind(Kind kind)
{
    static constexpr const char *looks[] = {"plain", "primary", "quiet", "destructive"};
    setProperty("look", QLatin1StringView(looks[kind]));
    updateGeometry();
    update();
}

void Button::setHint(const QString &hint)
{
    setProperty("hint", hint);
    updateGeometry();
    update();
}

} // namespace quintet::ui
