// SPDX-License-Identifier: GPL-3.0-or-later
// A collection: how fast it is filled, what one changed file costs, how fast questions as people write them are
// answered, and what the graph over its vectors finds, each beside what it is made of.
#include "barehnswlib.h"
#include "benchmark.h"

#include "document/worker/workerextractor.h"
#include "knowledge/index/vectorindex.h"
#include "knowledge/index/vectortable.h"
#include "knowledge/library/library.h"
#include "knowledgequality.h"
#include "support/resultof.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

namespace quintet::bench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr size_t dimensions = 128;

double secondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

Figure figure(const QString &variant, const QString &name, double value, const QString &unit,
              std::optional<double> baseline = {}, const QString &baselineName = {})
{
    return {u"knowledge"_s, variant, name, value, unit, baseline, baselineName};
}

class NoEmbedder final : public knowledge::Embedder {
public:
    Task<Result<std::vector<std::vector<float>>>> embed(QString, QStringList, Kind, CancelToken) override
    {
        co_return failure(ErrorKind::NeedsModel, u"none"_s);
    }
};

/// Words as languages have them: few that are everywhere, many that are rare, themes that have words of their own.
class Writer final {
public:
    explicit Writer(quint32 seed) : m_random(seed) { }

    QByteArray sentence(int theme)
    {
        static const QByteArrayList small{"the",  "of",  "and",  "to", "in", "is",
                                          "that", "for", "with", "as", "on", "by"};
        QByteArray text;
        const int length = 9 + int(m_random.bounded(14));
        for (int i = 0; i < length; ++i) {
            if (i > 0)
                text += ' ';
            text += m_random.bounded(5) < 2 ? small.at(m_random.bounded(int(small.size()))) : word(theme);
        }
        text[0] = char(std::toupper(text[0]));
        return text + ". ";
    }

    QByteArray question(int theme)
    {
        QByteArray text = "what is the ";
        for (int i = 0; i < 5; ++i)
            text += word(theme) + (i % 2 == 0 ? " of the " : " and ");
        return text + "in this";
    }

    int theme() { return int(m_random.bounded(400)); }

private:
    QByteArray word(int theme)
    {
        // By Zipf's law; half of the words belong to the theme.
        const double share = std::pow(m_random.generateDouble(), 3);
        const bool isOwn = m_random.bounded(2) == 0;
        const auto rank = int(share * (isOwn ? 120 : 30'000));
        return spelled(isOwn ? 40'000 + theme * 120 + rank : rank);
    }

    static QByteArray spelled(int number)
    {
        static const QByteArrayList syllables{"ba",  "ko", "ri",  "den", "mas", "tu",
                                              "vel", "o",  "pra", "sin", "ga",  "lo"};
        QByteArray text;
        for (int rest = number + 12; rest > 0; rest /= 12)
            text += syllables.at(rest % 12);
        return text;
    }

    QRandomGenerator m_random;
};

/// A collection on real services, filled with `files` files of ten passages each.
struct Filled {
    explicit Filled(int files)
    {
        QDir().mkpath(folder.filePath(u"files"_s));
        Writer writer(1);
        for (int i = 0; i < files; ++i) {
            QFile file(folder.filePath(u"files/%1.txt"_s.arg(i)));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("no room for the bench");
            const int theme = writer.theme();
            QByteArray text;
            for (int sentence = 0; sentence < 110; ++sentence) {
                text += writer.sentence(theme);
                if (sentence % 11 == 10)
                    text += "\n\n";
            }
            file.write(text);
            bytes += text.size();
        }
        collection = test::resultOf(library.create(u"Bench"_s)).value();
        static_cast<void>(test::resultOf(collection->addSources({folder.filePath(u"files"_s)})));
    }

    void ingest()
    {
        if (const auto done = test::resultOf(collection->ingest({}, {})); !done)
            qFatal("%s", qPrintable(done.error().message));
    }

    QTemporaryDir folder;
    qint64 bytes = 0;
    SystemClock clock;
    NoEmbedder embedder;
    document::WorkerExtractor extractor{document::extractWorkerProgram(), {}};
    knowledge::Library library{folder.filePath(u"collections"_s), {extractor, embedder, clock}};
    std::shared_ptr<knowledge::Collection> collection;
};

/// The same texts in a keyword index and nothing else.
double plainIndexSeconds(const Filled &filled)
{
    auto connection = store::Connection::open(filled.folder.filePath(u"plain.db"_s));
    static_cast<void>(connection->executeScript("CREATE VIRTUAL TABLE plain USING fts5 (body, tokenize = porter)"));
    return secondsOf([&] {
        const QDir folder(filled.folder.filePath(u"files"_s));
        static_cast<void>(connection->transaction([&]() -> Result<void> {
            for (const QString &name : folder.entryList(QDir::Files)) {
                QFile file(folder.filePath(name));
                if (!file.open(QIODevice::ReadOnly))
                    continue;
                for (const QByteArray &passage : file.readAll().split('\n')) {
                    if (!passage.isEmpty())
                        static_cast<void>(connection->execute(u"INSERT INTO plain (body) VALUES (?)"_s,
                                                              {QString::fromUtf8(passage)}));
                }
            }
            return {};
        }));
    });
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// A collection that is opened anew: how soon words answer, and how soon its vectors do.
void measureOpening(std::vector<Figure> &figures, Filled &filled, const QString &variant)
{
    knowledge::Library opened(filled.library.folder(), {filled.extractor, filled.embedder, filled.clock});
    knowledge::Query query{.collections = {u"Bench"_s}, .text = u"what is the vel of the pra"_s, .patience = 0ms};
    const double words = secondsOf([&] { static_cast<void>(test::resultOf(opened.search(query, {}))); });
    query.patience.reset();
    const double vectors = secondsOf([&] { static_cast<void>(test::resultOf(opened.search(query, {}))); });
    figures.push_back(figure(variant, u"opened, by words"_s, words * 1000, u"ms"_s));
    figures.push_back(figure(variant, u"opened, with vectors"_s, (words + vectors) * 1000, u"ms"_s));
    const auto report = test::resultOf(filled.collection->check({}));
    if (report && report->recall)
        figures.push_back(figure(variant, u"recall@10 of its graph"_s, *report->recall, u"share"_s));
}

void measureCollection(std::vector<Figure> &figures, const Options &options)
{
    const int files = options.quick ? 600 : options.isLong ? 76'000 : 10'000;
    Filled filled(files);
    const double megabytes = double(filled.bytes) / 1e6;
    const QString variant = u"%1 files, %2 MB"_s.arg(files).arg(megabytes, 0, 'f', 0);
    const double seconds = secondsOf([&] { filled.ingest(); });
    figures.push_back(figure(variant, u"ingest"_s, megabytes / seconds, u"MB/s"_s,
                             megabytes / plainIndexSeconds(filled), u"FTS5 alone, one thread"_s));
    QFile changed(filled.folder.filePath(u"files/7.txt"_s));
    if (changed.open(QIODevice::WriteOnly))
        changed.write("One file of all was changed, and speaks of turnips.\n");
    changed.close();
    knowledge::IngestReport report;
    const double edit = secondsOf([&] { report = test::resultOf(filled.collection->ingest({}, {})).value_or(report); });
    figures.push_back(figure(variant, u"edit"_s, double(report.read), u"files read"_s));
    figures.push_back(figure(variant, u"edit time"_s, edit * 1000, u"ms"_s));
    const double learning =
        secondsOf([&] { static_cast<void>(test::resultOf(filled.collection->keepVectors({}, {}))); });
    figures.push_back(figure(variant, u"learn"_s, learning, u"s"_s));

    auto connection = store::Connection::open(filled.folder.filePath(u"plain.db"_s));
    Writer writer(2);
    std::vector<double> hybrid;
    std::vector<double> orTogether;
    for (int i = 0; i < (options.quick ? 50 : 200); ++i) {
        const QString question = QString::fromLatin1(writer.question(writer.theme()));
        hybrid.push_back(secondsOf([&] {
            static_cast<void>(test::resultOf(
                filled.library.search({.collections = {u"Bench"_s}, .text = question, .count = 10}, {})));
        }));
        if (options.isLong && i >= 5)
            continue; // each takes seconds there
        orTogether.push_back(secondsOf([&] {
            const QString all = u'"' + question.split(u' ').join(u"\" OR \""_s) + u'"';
            static_cast<void>(
                connection->select(u"SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"_s, {all},
                                   [](const QSqlQuery &) { }));
        }));
    }
    const auto passages = test::resultOf(filled.collection->info())->sums.chunks;
    const QString searched = u"%1 passages"_s.arg(passages);
    figures.push_back(figure(searched, u"hybrid query"_s, median(hybrid) * 1000, u"ms"_s, median(orTogether) * 1000,
                             u"all words in FTS5 alone"_s));
    std::ranges::sort(hybrid);
    figures.push_back(figure(searched, u"slowest of 100"_s, hybrid[hybrid.size() * 99 / 100] * 1000, u"ms"_s));
    measureOpening(figures, filled, searched);
}

/// Unit vectors round some centres, as texts on themes have them.
std::vector<float> clustered(size_t count, quint32 seed)
{
    QRandomGenerator random(7);
    constexpr size_t centres = 500;
    std::vector<float> middle(centres * dimensions);
    for (float &value : middle)
        value = float(random.generateDouble() - 0.5);
    QRandomGenerator own(seed);
    std::vector<float> values(count * dimensions);
    for (size_t i = 0; i < count; ++i) {
        const size_t centre = own.bounded(int(centres));
        for (size_t j = 0; j < dimensions; ++j)
            values[i * dimensions + j] = middle[centre * dimensions + j] + 0.6F * float(own.generateDouble() - 0.5);
        static_cast<void>(knowledge::normalize(std::span(values).subspan(i * dimensions, dimensions)));
    }
    return values;
}

void measureGraph(std::vector<Figure> &figures, const Options &options)
{
    const size_t count = options.quick ? 10'000 : 100'000;
    const QString variant = u"%1 vectors of 128"_s.arg(count);
    const std::vector<float> values = clustered(count, 1);
    std::vector<qint64> chunks(count);
    for (size_t i = 0; i < count; ++i)
        chunks[i] = qint64(i) + 1;
    auto index = knowledge::VectorIndex::make(int(dimensions), qsizetype(count));
    BareHnswlib bare(dimensions, count);
    // One thread for both, in turns.
    double ours = 0;
    double theirs = 0;
    constexpr size_t stripe = 1'000;
    for (size_t from = 0; from < count; from += stripe) {
        ours += secondsOf([&] {
            static_cast<void>(index->add(std::span(chunks).subspan(from, stripe),
                                         std::span(values).subspan(from * dimensions, stripe * dimensions), {}, 1));
        });
        theirs += secondsOf([&] {
            for (size_t i = from; i < from + stripe; ++i)
                bare.add(values.data() + i * dimensions, i);
        });
    }
    figures.push_back(figure(variant, u"build"_s, double(count) / ours, u"vectors/s"_s, double(count) / theirs,
                             u"bare hnswlib, AVX2"_s));
    knowledge::VectorTable table{int(dimensions)};
    table.add(chunks, values);
    const std::vector<float> questions = clustered(500, 2);
    qsizetype found = 0;
    double ourQueries = 0;
    double theirQueries = 0;
    double exactQueries = 0;
    for (size_t i = 0; i < 500; ++i) {
        const std::span question = std::span(questions).subspan(i * dimensions, dimensions);
        std::vector<knowledge::Near> near;
        std::vector<knowledge::Near> exact;
        ourQueries += secondsOf([&] { near = index->nearest(question, 10, 200); });
        theirQueries += secondsOf([&] { bare.search(question.data(), 10, 200); });
        exactQueries += secondsOf([&] { exact = table.nearest(question, 10); });
        for (const knowledge::Near &one : near)
            found += std::ranges::find(exact, one.chunk, &knowledge::Near::chunk) != exact.end() ? 1 : 0;
    }
    figures.push_back(
        figure(variant, u"queries"_s, 500 / ourQueries, u"per s"_s, 500 / theirQueries, u"bare hnswlib, AVX2"_s));
    figures.push_back(figure(variant, u"recall@10"_s, double(found) / 5'000, u"share"_s));
    figures.push_back(figure(variant, u"exact queries"_s, 500 / exactQueries, u"per s"_s));
}

} // namespace

std::vector<Figure> knowledge(const Options &options)
{
    if (!options.data.isEmpty())
        return knowledgeQuality(options.data);
    std::vector<Figure> figures;
    measureCollection(figures, options);
    measureGraph(figures, options);
    return figures;
}

} // namespace quintet::bench
