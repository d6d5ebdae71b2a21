// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in summaries of a folder of documents against reference summaries, beside three other ways to choose
// sentences: the first ones, any, and TextRank (Mihalcea and Tarau 2004). For each NAME.txt or NAME.md in the folder,
// NAME.summary.txt holds the reference; its length is the budget of all.
#include "benchmark.h"

#include "llm/builtin/extractive.h"
#include "rouge.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/words.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostSentences = 1500; // TextRank compares each with each
constexpr int rankSteps = 30;
constexpr double damping = 0.85;

struct Pair {
    QString text;
    QString reference;
};

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<Pair> pairsIn(const QString &folder)
{
    std::vector<Pair> pairs;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({u"*.txt"_s, u"*.md"_s}, QDir::Files)) {
        const QString reference = dir.filePath(name.section(u'.', 0, -2) + u".summary.txt"_s);
        if (!name.endsWith(".summary.txt"_L1) && QFile::exists(reference))
            pairs.push_back({read(dir.filePath(name)), read(reference)});
    }
    return pairs;
}

/// All sentences but titles and headings, which no way of summarizing may quote.
QStringList sentencesOf(const QString &text)
{
    const std::vector<text::Block> blocks =
        text::looksLikeMarkdown(text) ? text::splitMarkdownBlocks(text) : text::splitBlocks(text);
    QStringList sentences;
    for (const text::Sentence &sentence : text::splitSentences(text, blocks, {})) {
        const text::BlockKind kind = blocks[size_t(sentence.block)].kind;
        if (kind != text::BlockKind::Title && kind != text::BlockKind::Heading)
            sentences << text::flowed(sentence.span.of(text));
    }
    return sentences;
}

/// Sentences in the order of `order` until the budget is full, put back into the order of the text.
QString taken(const QStringList &sentences, const std::vector<size_t> &order, qsizetype budget)
{
    std::vector<size_t> chosen;
    qsizetype words = 0;
    for (const size_t i : order) {
        const qsizetype more = text::countWords(sentences[qsizetype(i)]);
        if (words > 0 && words + more > budget)
            continue;
        chosen.push_back(i);
        words += more;
    }
    std::ranges::sort(chosen);
    QStringList parts;
    for (const size_t i : chosen)
        parts << sentences[qsizetype(i)];
    return parts.join(u' ');
}

std::vector<size_t> inOrder(size_t count)
{
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t(0));
    return order;
}

std::vector<size_t> byTextRank(const QStringList &sentences)
{
    const size_t count = std::min(size_t(sentences.size()), mostSentences);
    std::vector<QSet<QString>> words(count);
    for (size_t i = 0; i < count; ++i) {
        const QString lowered = sentences[qsizetype(i)].toLower();
        text::forEachWord(lowered, [&](text::Span span, text::WordKind) { words[i] << span.of(lowered).toString(); });
    }
    std::vector<std::vector<double>> likeness(count, std::vector<double>(count));
    std::vector<double> sums(count);
    for (size_t i = 0; i < count; ++i) {
        for (size_t k = 0; k < i; ++k) {
            const double lengths = std::log(double(words[i].size()) + 1) + std::log(double(words[k].size()) + 1);
            const double shared = double((QSet<QString>(words[i]) & words[k]).size());
            likeness[i][k] = likeness[k][i] = lengths > 0 ? shared / lengths : 0;
            sums[i] += likeness[i][k];
            sums[k] += likeness[i][k];
        }
    }
    std::vector<double> ranks(count, 1);
    for (int step = 0; step < rankSteps; ++step) {
        std::vector<double> next(count, 1 - damping);
        for (size_t i = 0; i < count; ++i) {
            for (size_t k = 0; k < count; ++k)
                next[i] += sums[k] > 0 ? damping * ranks[k] * likeness[k][i] / sums[k] : 0;
        }
        ranks = std::move(next);
    }
    std::vector<size_t> order = inOrder(count);
    std::ranges::stable_sort(order, std::ranges::greater(), [&ranks](size_t i) { return ranks[i]; });
    return order;
}

/// What one way of summarizing got, document by document.
struct Scores {
    QString name;
    std::vector<Rouge> found;

    double mean(double Rouge::*field) const
    {
        return std::transform_reduce(found.begin(), found.end(), 0.0, std::plus(),
                                     [field](const Rouge &rouge) { return rouge.*field; })
               / double(found.size());
    }
};

/// Student's t of the paired differences of two ways: beyond 2 or -2, one is significantly above the other.
double pairedT(const Scores &one, const Scores &other, double Rouge::*field)
{
    const double mean = one.mean(field) - other.mean(field);
    const double count = double(one.found.size());
    double squares = 0;
    for (size_t i = 0; i < one.found.size(); ++i)
        squares += std::pow(one.found[i].*field - other.found[i].*field - mean, 2);
    return squares > 0 ? mean / std::sqrt(squares / (count - 1) / count) : 0;
}

} // namespace

std::vector<Figure> summaryQuality(const Options &options)
{
    const std::vector<Pair> pairs = options.data.isEmpty() ? std::vector<Pair>() : pairsIn(options.data);
    if (pairs.empty()) {
        std::fprintf(stderr, "summary-quality needs --data DIR with NAME.txt and NAME.summary.txt in it\n");
        return {};
    }
    Scores builtin;
    std::vector<Scores> others{{u"Lead"_s, {}}, {u"random"_s, {}}, {u"TextRank"_s, {}}};
    QRandomGenerator random(11);
    for (const Pair &pair : pairs) {
        const qsizetype budget = text::countWords(pair.reference);
        const auto quotation = llm::builtin::quoteKeySentences(pair.text, {.words = int(budget)}, {});
        builtin.found.push_back(rougeOf(quotation ? quotation->text() : QString(), pair.reference));
        const QStringList sentences = sentencesOf(pair.text);
        std::vector<size_t> shuffled = inOrder(size_t(sentences.size()));
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        const std::vector<size_t> orders[] = {inOrder(size_t(sentences.size())), shuffled, byTextRank(sentences)};
        for (size_t i = 0; i < others.size(); ++i)
            others[i].found.push_back(rougeOf(taken(sentences, orders[i], budget), pair.reference));
    }
    const QString documents = u"%1 documents"_s.arg(pairs.size());
    std::vector<Figure> figures;
    const auto add = [&](const QString &figure, double Rouge::*field) {
        for (const Scores &other : others) {
            figures.push_back({u"summary-quality"_s, documents, figure, 100 * builtin.mean(field), u"points"_s,
                               100 * other.mean(field), other.name});
        }
    };
    add(u"ROUGE-1"_s, &Rouge::one);
    add(u"ROUGE-2"_s, &Rouge::two);
    add(u"ROUGE-L"_s, &Rouge::longest);
    for (const Scores &other : others) {
        figures.push_back({u"summary-quality"_s, documents, u"ROUGE-1 against "_s + other.name,
                           pairedT(builtin, other, &Rouge::one), u"paired t"_s});
    }
    return figures;
}

} // namespace quintet::bench
