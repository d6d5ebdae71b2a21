// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include "llm/builtin/extractive.h"
#include "text/sentences.h"

#include <QRandomGenerator>

#include <cmath>

namespace quintet::bench {

namespace {

/// Prose of about `bytes` bytes with a vocabulary whose words are as unevenly frequent as a language's (Zipf).
QString prose(qsizetype bytes)
{
    QRandomGenerator random(7);
    QString text;
    while (text.size() < bytes) {
        const int words = 8 + static_cast<int>(random.bounded(20));
        for (int i = 0; i < words; ++i) {
            const double rank = std::pow(20'000.0, random.generateDouble());
            const QString word =
                QStringLiteral("w%1").arg(QString::number(static_cast<int>(rank), 26).replace(u'0', u'q'));
            text += i == 0 ? QStringLiteral("The ") + word : word;
            text += i + 1 < words ? QStringLiteral(" ") : QStringLiteral(". ");
        }
        if (random.bounded(6) == 0)
            text += QStringLiteral("\n\n");
    }
    return text;
}

} // namespace

std::vector<Figure> summarize(const Options &options)
{
    std::vector<Figure> figures;
    for (const int megabytes : options.quick ? std::vector<int>{1} : std::vector<int>{1, 8}) {
        const QString text = prose(megabytes * 1'000'000LL);
        const auto [whole, splitting] = pairedSeconds(
            3, [&] { static_cast<void>(llm::builtin::quoteKeySentences(text, {}, {})); },
            [&] { static_cast<void>(text::sentencesOf(text)); });
        figures.push_back({QStringLiteral("summarize"), QStringLiteral("%1 MB of prose").arg(megabytes),
                           QStringLiteral("throughput"), megabytes / whole, QStringLiteral("MB/s"),
                           megabytes / splitting, QStringLiteral("splitting into sentences alone")});
    }
    return figures;
}

} // namespace quintet::bench
