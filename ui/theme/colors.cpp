// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colors.h"

#include <cmath>

namespace quintet::ui {

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Colors &Colors::light()
{
    static const Colors colors{.background = 0xF5F6F8,
                               .rail = 0xECEEF2,
                               .surface = 0xFFFFFF,
                               .sunken = 0xF9FAFB,
                               .line = 0xE1E4EA,
                               .text = 0x1A1E26,
                               .second = 0x5A6372,
                               .third = 0x7D8694,
                               .accent = 0x4656D6,
                               .accentText = 0xFFFFFF,
                               .soft = 0xEAECFC,
                               .good = 0x187A4C,
                               .goodSoft = 0xE5F5EC,
                               .warning = 0x985900,
                               .warningSoft = 0xFFF3DD,
                               .bad = 0xC23A2F,
                               .badSoft = 0xFDE9E7,
                               .highlight = 0xFFF1B8,
                               .code = 0xF4F5F8,
                               .keyword = 0x7A2EA0};
    return colors;
}

const Colors &Colors::dark()
{
    static const Colors colors{.background = 0x15171C,
                               .rail = 0x111317,
                               .surface = 0x1C1F25,
                               .sunken = 0x181B20,
                               .line = 0x2D323B,
                               .text = 0xE6E9EF,
                               .second = 0xA0A8B6,
                               .third = 0x808997,
                               .accent = 0x8A96FF,
                               .accentText = 0x10121A,
                               .soft = 0x272C4A,
                               .good = 0x5CC994,
                               .goodSoft = 0x1B3529,
                               .warning = 0xE3A94C,
                               .warningSoft = 0x3A2F18,
                               .bad = 0xF0877E,
                               .badSoft = 0x3C2220,
                               .highlight = 0x4D431C,
                               .code = 0x14161B,
                               .keyword = 0xCF9BEE};
    return colors;
}

const Colors &Colors::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dark() : light();
}

QPalette Colors::toPalette() const
{
    QPalette palette;
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        {QPalette::Window, background}, {QPalette::WindowText, text},
        {QPalette::Base, surface},      {QPalette::AlternateBase, sunken},
        {QPalette::Text, text},         {QPalette::PlaceholderText, third},
        {QPalette::Button, surface},    {QPalette::ButtonText, text},
        {QPalette::BrightText, bad},    {QPalette::Light, soft},
        {QPalette::Midlight, rail},     {QPalette::Mid, line},
        {QPalette::Dark, second},       {QPalette::Shadow, warning},
        {QPalette::Highlight, accent},  {QPalette::HighlightedText, accentText},
        {QPalette::Link, accent},       {QPalette::LinkVisited, accent},
        {QPalette::Accent, accent},     {QPalette::ToolTipBase, surface},
        {QPalette::ToolTipText, text}};
    for (const auto &[role, color] : roles)
        palette.setColor(QPalette::All, role, color);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, third);
    return palette;
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float from, float to) { return static_cast<float>(from + (to - from) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()),
                            mix(a.alphaF(), b.alphaF()));
}

} // namespace quintet::ui
