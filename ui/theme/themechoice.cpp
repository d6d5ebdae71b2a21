// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/themechoice.h"

#include <QSettings>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

QString nameOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System: return u"system"_s;
    case Appearance::Light: return u"light"_s;
    case Appearance::Dark: return u"dark"_s;
    }
    Q_UNREACHABLE();
}

Appearance appearanceNamed(const QString &name)
{
    return name == u"light" ? Appearance::Light : name == u"dark" ? Appearance::Dark : Appearance::System;
}

ThemeChoice readThemeChoice(const QSettings &settings)
{
    const auto value = [&settings](QLatin1StringView key) { return settings.value("window/"_L1 + key); };
    return {.appearance = appearanceNamed(value("appearance"_L1).toString()),
            .accent = value("accent"_L1).toString(),
            .highContrast = value("highContrast"_L1).toBool(),
            .reducedMotion = value("reducedMotion"_L1).toBool(),
            .compact = value("compact"_L1).toBool(),
            .percent = std::clamp(settings.value("window/percent"_L1, 100).toInt(), 75, 300),
            .fontFamily = value("font"_L1).toString(),
            .language = value("language"_L1).toString()};
}

void writeThemeChoice(QSettings &settings, const ThemeChoice &choice)
{
    settings.setValue("window/appearance"_L1, nameOf(choice.appearance));
    settings.setValue("window/accent"_L1, choice.accent);
    settings.setValue("window/highContrast"_L1, choice.highContrast);
    settings.setValue("window/reducedMotion"_L1, choice.reducedMotion);
    settings.setValue("window/compact"_L1, choice.compact);
    settings.setValue("window/percent"_L1, choice.percent);
    settings.setValue("window/font"_L1, choice.fontFamily);
    settings.setValue("window/language"_L1, choice.language);
}

} // namespace quintet::ui
