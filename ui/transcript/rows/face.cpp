// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/face.h"

#include "ui/theme/colors.h"

#include <cmath>

namespace quintet::ui {

namespace {

QFont zoomed(QFont font, double zoom)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(1, qRound(font.pixelSize() * zoom)));
    else
        font.setPointSizeF(font.pointSizeF() * zoom);
    return font;
}

} // namespace

void Face::change(const Colors &colors, double zoom)
{
    m_colors = &colors;
    m_zoom = zoom;
    m_formats.clear();
}

QFont Face::font(TextStyle style) const
{
    return zoomed(fontFor(style), m_zoom);
}

QFont Face::headingFont(int level) const
{
    static constexpr double sizes[] = {1.5, 1.29, 1.15, 1.07, 1.0, 1.0};
    QFont font = zoomed(fontFor(TextStyle::Reading), m_zoom * sizes[std::clamp(level, 1, 6) - 1]);
    font.setWeight(QFont::DemiBold);
    return font;
}

double Face::px(double length) const
{
    return std::round(length * m_zoom);
}

double Face::readingPitch(const QFont &font) const
{
    return std::round(QFontInfo(font).pixelSize() * readingLineHeight);
}

QFont Face::codeFont(const QFont &base) const
{
    QFont font = fontFor(TextStyle::Code);
    font.setPixelSize(std::max(1, qRound(QFontInfo(base).pixelSize() * 0.9)));
    return font;
}

QList<QTextLayout::FormatRange> Face::formats(const text::LeafBlock &leaf, const QFont &base) const
{
    QList<QTextLayout::FormatRange> ranges;
    const QString key = base.key();
    for (const text::Run &run : leaf.runs) {
        if (run.styles == text::PlainStyle)
            continue;
        auto known = m_formats.find({run.styles, key});
        if (known == m_formats.end())
            known = m_formats.insert({run.styles, key}, format(run.styles, base));
        ranges.push_back({static_cast<int>(run.span.start), static_cast<int>(run.span.size()), *known});
    }
    return ranges;
}

QTextCharFormat Face::format(quint16 styles, const QFont &base) const
{
    QFont font = base;
    if (styles & (text::CodeStyle | text::FormulaStyle))
        font = codeFont(base);
    if (styles & (text::EmphasisStyle | text::FormulaStyle))
        font.setItalic(true);
    if (styles & text::StrongStyle)
        font.setWeight(QFont::DemiBold);
    if (styles & (text::CitationStyle | text::FootnoteStyle)) {
        font = zoomed(fontFor(TextStyle::Rail), m_zoom);
        font.setWeight(QFont::DemiBold);
    }
    font.setStrikeOut(styles & text::StrikeStyle);
    font.setUnderline(styles & text::LinkStyle);
    QTextCharFormat format;
    format.setFont(font);
    if (styles & (text::LinkStyle | text::CitationStyle | text::FootnoteStyle))
        format.setForeground(m_colors->accent);
    return format;
}

} // namespace quintet::ui
