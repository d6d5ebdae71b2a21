// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/linediff.h"

#include <QStringList>

#include <algorithm>

namespace quintet::agent {

namespace {

constexpr qsizetype mostCells = 4'000'000; // of the table of lengths

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

/// The middle, where the two differ.
void compare(const QStringList &before, const QStringList &after, std::vector<DiffLine> &diff)
{
    const qsizetype rows = before.size();
    const qsizetype columns = after.size();
    if (rows * columns > mostCells) {
        for (const QString &line : before)
            diff.push_back({DiffLine::Removed, line});
        for (const QString &line : after)
            diff.push_back({DiffLine::Added, line});
        return;
    }
    // lengths[i][j]: of the longest common subsequence of what is left from i and j on.
    std::vector<int> lengths(size_t((rows + 1) * (columns + 1)), 0);
    const auto at = [&](qsizetype i, qsizetype j) -> int & { return lengths[size_t(i * (columns + 1) + j)]; };
    for (qsizetype i = rows - 1; i >= 0; --i) {
        for (qsizetype j = columns - 1; j >= 0; --j)
            at(i, j) = before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < rows || j < columns) {
        if (i < rows && j < columns && before[i] == after[j]) {
            diff.push_back({DiffLine::Same, before[i++]});
            ++j;
        } else if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1))) {
            diff.push_back({DiffLine::Removed, before[i++]});
        } else {
            diff.push_back({DiffLine::Added, after[j++]});
        }
    }
}

} // namespace

std::vector<DiffLine> lineDiff(const QString &before, const QString &after)
{
    const QStringList olds = linesOf(before);
    const QStringList news = linesOf(after);
    qsizetype start = 0;
    while (start < std::min(olds.size(), news.size()) && olds[start] == news[start])
        ++start;
    qsizetype end = 0;
    while (end < std::min(olds.size(), news.size()) - start
           && olds[olds.size() - 1 - end] == news[news.size() - 1 - end])
        ++end;
    std::vector<DiffLine> diff;
    for (qsizetype i = 0; i < start; ++i)
        diff.push_back({DiffLine::Same, olds[i]});
    compare(olds.sliced(start, olds.size() - start - end), news.sliced(start, news.size() - start - end), diff);
    for (qsizetype i = olds.size() - end; i < olds.size(); ++i)
        diff.push_back({DiffLine::Same, olds[i]});
    return diff;
}

} // namespace quintet::agent
