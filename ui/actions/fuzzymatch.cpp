// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/fuzzymatch.h"

#include <algorithm>
#include <vector>

namespace quintet::ui {

namespace {

constexpr int atWordStart = 8;
constexpr int inARow = 6;
constexpr int asFirst = 4;
constexpr int none = -1'000'000;

/// Lower case, without accents.
QString folded(const QString &text)
{
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (!c.isMark())
            plain += c.toCaseFolded();
    }
    return plain;
}

} // namespace

std::optional<int> fuzzyMatch(const QString &typed, const QString &text)
{
    QString sought = folded(typed);
    sought.removeIf([](QChar c) { return c.isSpace(); });
    const QString in = folded(text);
    if (sought.isEmpty())
        return 0;
    if (sought.size() > in.size())
        return std::nullopt;
    // best[j]: the best way to have found all letters so far with the last of them at j.
    std::vector<int> best(size_t(in.size()), none);
    for (qsizetype i = 0; i < sought.size(); ++i) {
        std::vector<int> next(size_t(in.size()), none);
        int before = i == 0 ? 0 : none; // the best that ended anywhere before j
        for (qsizetype j = 0; j < in.size(); ++j) {
            if (in[j] == sought[i]) {
                const bool startsWord = j == 0 || !in[j - 1].isLetterOrNumber();
                const int here = 1 + (startsWord ? atWordStart : 0) + (j == 0 ? asFirst : 0);
                const int row = i > 0 && j > 0 && best[size_t(j - 1)] != none ? best[size_t(j - 1)] + inARow : none;
                const int from = std::max(before, row);
                if (from != none)
                    next[size_t(j)] = from + here;
            }
            if (i > 0)
                before = std::max(before, best[size_t(j)]);
        }
        best = std::move(next);
    }
    const int found = *std::ranges::max_element(best);
    if (found == none)
        return std::nullopt;
    return found * 4 - int(std::min<qsizetype>(in.size(), 80)) / 4; // of equals the shorter
}

} // namespace quintet::ui
