// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colors.h"

#include <algorithm>
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

Colors Colors::withAccent(const QColor &wanted) const
{
    if (!wanted.isValid())
        return *this;
    Colors colors = *this;
    const bool isDark = surface.lightness() < 128;
    colors.soft = mixed(surface, wanted, isDark ? 0.22 : 0.11);
    colors.accent = readable(wanted, {surface, background, rail, sunken, code, colors.soft}, 4.5);
    const QColor light(0xFFFFFF);
    const QColor ink(0x10121A);
    colors.accentText = contrast(light, colors.accent) > contrast(ink, colors.accent) ? light : ink;
    colors.accent = readable(colors.accent, {colors.accentText}, 4.5);
    return colors;
}

Colors Colors::withHighContrast() const
{
    Colors colors = *this;
    const bool isDark = surface.lightness() < 128;
    colors.text = isDark ? 0xFFFFFF : 0x000000;
    colors.line = mixed(line, colors.text, 0.5);
    const std::vector<QColor> grounds{background, rail, surface, sunken, code, soft, highlight};
    for (QColor *ink :
         {&colors.second, &colors.third, &colors.accent, &colors.good, &colors.warning, &colors.bad, &colors.keyword})
        *ink = readable(*ink, grounds, 7);
    colors.good = readable(colors.good, {goodSoft}, 7);
    colors.warning = readable(colors.warning, {warningSoft}, 7);
    colors.bad = readable(colors.bad, {badSoft}, 7);
    return colors;
}

namespace {

struct InUse {
    Colors light = Colors::light();
    Colors dark = Colors::dark();
};

InUse &inUse()
{
    static InUse colors;
    return colors;
}

} // namespace

void Colors::use(const Colors &light, const Colors &dark)
{
    inUse() = {light, dark};
}

const Colors &Colors::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? inUse().dark : inUse().light;
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

QColor readable(QColor color, const std::vector<QColor> &grounds, double wanted)
{
    const auto isRead = [&] {
        return std::ranges::all_of(grounds, [&](const QColor &ground) { return contrast(color, ground) >= wanted; });
    };
    const QColor away = !grounds.empty() && luminance(grounds.front()) > 0.18 ? Qt::black : Qt::white;
    for (int step = 0; step < 50 && !isRead(); ++step)
        color = mixed(color, away, 0.04);
    return color;
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float from, float to) { return static_cast<float>(from + (to - from) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()),
                            mix(a.alphaF(), b.alphaF()));
}

} // namespace quintet::ui
