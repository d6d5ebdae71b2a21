// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace quintet::agent {

/// A line of a comparison.
struct DiffLine {
    enum Kind { Same, Added, Removed } kind = Same;
    QString text;

    bool operator==(const DiffLine &) const = default;
};

/// How `after` came of `before`, line by line: what both begin and end with stays; between, a longest common
/// subsequence where it is small enough to be looked for, else all old lines, then all new ones. Any thread.
std::vector<DiffLine> lineDiff(const QString &before, const QString &after);

} // namespace quintet::agent
