// SPDX-License-Identifier: GPL-3.0-or-later
#include "rouge.h"

#include "text/words.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace quintet::bench {

namespace {

QStringList wordsOf(const QString &text)
{
    const QString lowered = text.toLower();
    QStringList words;
    text::forEachWord(lowered, [&](text::Span span, text::WordKind) { words << span.of(lowered).toString(); });
    return words;
}

double f1(double shared, double first, double second)
{
    if (shared == 0)
        return 0;
    const double precision = shared / first;
    const double recall = shared / second;
    return 2 * precision * recall / (precision + recall);
}

double sharedGrams(const QStringList &first, const QStringList &second, qsizetype length)
{
    const auto gramsOf = [length](const QStringList &words) {
        QHash<QString, int> grams;
        for (qsizetype i = 0; i + length <= words.size(); ++i)
            ++grams[words.sliced(i, length).join(u' ')];
        return grams;
    };
    const QHash<QString, int> ours = gramsOf(first);
    const QHash<QString, int> theirs = gramsOf(second);
    double shared = 0;
    for (auto gram = ours.begin(); gram != ours.end(); ++gram)
        shared += std::min(gram.value(), theirs.value(gram.key()));
    return f1(shared, double(std::max<qsizetype>(1, first.size() - length + 1)),
              double(std::max<qsizetype>(1, second.size() - length + 1)));
}

double longestCommon(const QStringList &first, const QStringList &second)
{
    std::vector<int> row(size_t(second.size()) + 1);
    for (const QString &word : first) {
        int diagonal = 0;
        for (qsizetype i = 0; i < second.size(); ++i) {
            int &cell = row[size_t(i) + 1];
            const int above = cell;
            cell = word == second[i] ? diagonal + 1 : std::max(cell, row[size_t(i)]);
            diagonal = above;
        }
    }
    return f1(row.back(), double(first.size()), double(second.size()));
}

} // namespace

Rouge rougeOf(const QString &summary, const QString &reference)
{
    const QStringList ours = wordsOf(summary);
    const QStringList theirs = wordsOf(reference);
    if (ours.isEmpty() || theirs.isEmpty())
        return {};
    return {sharedGrams(ours, theirs, 1), sharedGrams(ours, theirs, 2), longestCommon(ours, theirs)};
}

} // namespace quintet::bench
