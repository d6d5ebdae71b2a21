// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/hit.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr double leastCoverage = 0.3; // below it a passage shares no more than a stray word with the question

} // namespace

QString nameOf(SearchMode mode)
{
    switch (mode) {
    case SearchMode::Hybrid: return QStringLiteral("hybrid");
    case SearchMode::Keyword: return QStringLiteral("keyword");
    case SearchMode::Vector: return QStringLiteral("vector");
    }
    Q_UNREACHABLE();
}

std::optional<SearchMode> searchModeNamed(const QString &name)
{
    for (const SearchMode mode : {SearchMode::Hybrid, SearchMode::Keyword, SearchMode::Vector}) {
        if (nameOf(mode) == name)
            return mode;
    }
    return std::nullopt;
}

bool isAbout(const std::vector<Hit> &hits)
{
    return std::ranges::any_of(hits, [](const Hit &hit) { return hit.coverage >= leastCoverage; });
}

} // namespace quintet::knowledge
