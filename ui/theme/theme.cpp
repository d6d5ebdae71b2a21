// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QStyleHints>
#include <QToolTip>

namespace quintet::ui {

QString nameOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System: return QStringLiteral("system");
    case Appearance::Light: return QStringLiteral("light");
    case Appearance::Dark: return QStringLiteral("dark");
    }
    Q_UNREACHABLE();
}

Appearance appearanceNamed(const QString &name)
{
    return name == u"light" ? Appearance::Light : name == u"dark" ? Appearance::Dark : Appearance::System;
}

Theme::Theme(QObject *parent) : QObject(parent)
{
    QApplication::setStyle(new Style);
    QApplication::setFont(fontFor(TextStyle::Base));
    QToolTip::setFont(fontFor(TextStyle::Small));
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::apply);
    apply();
}

void Theme::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    apply();
}

void Theme::apply()
{
    const bool systemIsDark = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    const bool dark = m_appearance == Appearance::Dark || (m_appearance == Appearance::System && systemIsDark);
    const QPalette palette = (dark ? Colors::dark() : Colors::light()).toPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace quintet::ui
