// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/summary.h"

namespace quintet::summarize {

QString nameOf(Style style)
{
    switch (style) {
    case Style::Brief: return QStringLiteral("brief");
    case Style::Bullets: return QStringLiteral("bullets");
    case Style::Detailed: return QStringLiteral("detailed");
    case Style::Actions: return QStringLiteral("actions");
    }
    Q_UNREACHABLE();
}

std::optional<Style> styleNamed(const QString &name)
{
    for (const Style style : {Style::Brief, Style::Bullets, Style::Detailed, Style::Actions}) {
        if (nameOf(style) == name)
            return style;
    }
    return std::nullopt;
}

int SummaryWish::targetWords() const
{
    if (words > 0)
        return words;
    switch (style) {
    case Style::Brief: return 90;
    case Style::Bullets:
    case Style::Actions: return 120;
    case Style::Detailed: return 300;
    }
    Q_UNREACHABLE();
}

} // namespace quintet::summarize
