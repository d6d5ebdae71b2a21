// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QScreen>

#include <cmath>

namespace quintet::ui {

namespace {

/// QFont counts whole pixels; a half goes in by points, of which 72 make an inch of `dpi` pixels.
QFont sized(QFont font, double pixels)
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double dpi = screen ? screen->logicalDotsPerInchY() : 96;
    if (pixels == std::floor(pixels))
        font.setPixelSize(static_cast<int>(pixels));
    else
        font.setPointSizeF(pixels * 72 / dpi);
    return font;
}

} // namespace

QFont fontFor(TextStyle style)
{
    QFont font = QGuiApplication::font();
    switch (style) {
    case TextStyle::Base: return sized(font, 13);
    case TextStyle::Small: return sized(font, 12);
    case TextStyle::Facts:
        font = sized(font, 11.5);
        font.setFeature("tnum", 1);
        return font;
    case TextStyle::Rail: return sized(font, 11);
    case TextStyle::Title: font.setWeight(QFont::DemiBold); return sized(font, 15);
    case TextStyle::Heading: font.setWeight(QFont::DemiBold); return sized(font, 13);
    case TextStyle::Display: font.setWeight(QFont::DemiBold); return sized(font, 22);
    case TextStyle::Reading: return sized(font, 14);
    case TextStyle::Answer: return sized(font, 15);
    case TextStyle::Code: return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 12.5);
    }
    Q_UNREACHABLE();
}

} // namespace quintet::ui
