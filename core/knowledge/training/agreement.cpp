// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/training/agreement.h"

#include "text/stopwords.h"
#include "text/words.h"

#include <QSet>

#include <algorithm>
#include <numeric>
#include <random>

namespace quintet::knowledge {

namespace {

using namespace std::chrono_literals;

constexpr size_t wordsOfProbe = 8;
constexpr size_t firstFew = 10;

QString randomWords(const QString &text, const text::StopWords &stopWords, std::mt19937 &random)
{
    QStringList words;
    QSet<QString> seen;
    text::forEachWord(text, [&](text::Span span, text::WordKind kind) {
        const QString word = span.of(text).toString().toLower();
        if (kind == text::WordKind::Number || stopWords.contains(word) || seen.contains(word))
            return;
        seen.insert(word);
        words << word;
    });
    std::ranges::shuffle(words, random);
    return words.first(std::min(words.size(), qsizetype(wordsOfProbe))).join(u' ');
}

std::vector<qint64> firstTen(std::vector<Fused> passages, double Fused::*score, qint64 without)
{
    std::erase_if(passages, [&](const Fused &passage) { return passage.chunk == without || !(passage.*score > 0); });
    std::ranges::sort(passages, [score](const Fused &a, const Fused &b) {
        return a.*score != b.*score ? a.*score > b.*score : a.chunk < b.chunk;
    });
    std::vector<qint64> chunks;
    for (size_t i = 0; i < std::min(passages.size(), firstFew); ++i)
        chunks.push_back(passages[i].chunk);
    return chunks;
}

} // namespace

Result<std::vector<Probe>> probes(store::Connection &connection, int count)
{
    PassageStore passages(connection);
    const auto last = passages.lastChunk();
    if (!last)
        return std::unexpected(last.error());
    std::mt19937 random(1);
    std::uniform_int_distribution<qint64> any(0, std::max<qint64>(1, *last) - 1);
    const text::StopWords stopWords(text::StopWords::languages());
    std::vector<Probe> probes;
    QSet<qint64> seen;
    for (int i = 0; i < count; ++i) {
        const auto rows = passages.passagesBehind(any(random), 1);
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->empty() || seen.contains(rows->front().chunk))
            continue;
        seen.insert(rows->front().chunk);
        if (const QString words = randomWords(rows->front().text, stopWords, random); !words.isEmpty())
            probes.push_back({rows->front().chunk, words});
    }
    return probes;
}

Result<std::optional<double>> overlap(const Probe &probe, CollectionSearch &search,
                                      const std::vector<float> &questionVector, CancelToken token)
{
    const Query query{.text = probe.words, .patience = 0ms, .vectorWeight = 0.5};
    return search.find(query, Question{.words = probe.words}, questionVector, token)
        .transform([&probe](const Findings &findings) -> std::optional<double> {
            const auto byWords = firstTen(findings.passages, &Fused::keyword, probe.chunk);
            const auto byMeaning = firstTen(findings.passages, &Fused::vector, probe.chunk);
            if (byWords.empty() || byMeaning.empty())
                return std::nullopt;
            const auto shared = std::ranges::count_if(
                byMeaning, [&byWords](qint64 chunk) { return std::ranges::find(byWords, chunk) != byWords.end(); });
            return double(shared) / double(std::max(byWords.size(), byMeaning.size()));
        });
}

double weightFrom(const std::vector<double> &overlaps)
{
    if (overlaps.empty())
        return 0;
    return std::min(0.5, std::accumulate(overlaps.begin(), overlaps.end(), 0.0) / double(overlaps.size()));
}

} // namespace quintet::knowledge
