// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/similarcommand.h"

#include "app/cli/command.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace quintet::cli {

namespace {

/// How many letters have to be put in, taken out or exchanged (the Levenshtein distance).
qsizetype distance(const QString &from, const QString &to)
{
    std::vector<qsizetype> row(static_cast<size_t>(to.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < from.size(); ++i) {
        qsizetype diagonal = row[0]++;
        for (size_t j = 1; j < row.size(); ++j) {
            const qsizetype exchanged = diagonal + (from[i] == to[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString similarCommand(const QString &word)
{
    constexpr qsizetype longest = 20;
    if (word.size() > longest)
        return {};
    QString nearest;
    qsizetype least = word.size() > 4 ? 3 : 2;
    for (const Command &command : commands()) {
        if (const qsizetype steps = distance(word.toLower(), command.name); steps < least) {
            least = steps;
            nearest = command.name;
        }
    }
    return nearest;
}

} // namespace quintet::cli
