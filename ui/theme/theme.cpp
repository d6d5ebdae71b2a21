// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QStyleHints>
#include <QToolTip>

namespace quintet::ui {

Theme::Theme(const ThemeChoice &choice, QObject *parent)
    : QObject(parent),
      m_choice(choice),
      m_systemAccent(QGuiApplication::palette().color(QPalette::Accent))
{
    useMetrics(choice.compact ? compactMetrics : Metrics());
    QApplication::setStyle(new Style);
    if (!choice.fontFamily.isEmpty())
        QApplication::setFont(QFont(choice.fontFamily));
    QApplication::setFont(fontFor(TextStyle::Base));
    QToolTip::setFont(fontFor(TextStyle::Small));
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::apply);
    apply();
}

void Theme::setChoice(const ThemeChoice &choice)
{
    m_choice = choice;
    apply();
}

void Theme::setAppearance(Appearance appearance)
{
    m_choice.appearance = appearance;
    apply();
}

void Theme::apply()
{
    const QColor accent = m_choice.accent == u"system" ? m_systemAccent : QColor::fromString(m_choice.accent);
    Colors light = Colors::light().withAccent(accent);
    Colors dark = Colors::dark().withAccent(accent);
    if (m_choice.highContrast) {
        light = light.withHighContrast();
        dark = dark.withHighContrast();
    }
    Colors::use(light, dark);
    Metrics sizes = metrics();
    sizes.isAnimated = !m_choice.reducedMotion;
    useMetrics(sizes);
    const bool systemIsDark = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    const bool isDark =
        m_choice.appearance == Appearance::Dark || (m_choice.appearance == Appearance::System && systemIsDark);
    const QPalette palette = (isDark ? dark : light).toPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace quintet::ui
