// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledgequality.h"

#include "document/extraction/fileextractor.h"
#include "knowledge/library/library.h"
#include "support/resultof.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

using Judgements = std::map<QString, std::map<QString, int>>; ///< by query and document

class NoEmbedder final : public knowledge::Embedder {
public:
    Task<Result<std::vector<std::vector<float>>>> embed(QString, QStringList, Kind, CancelToken) override
    {
        co_return failure(ErrorKind::NeedsModel, u"none"_s);
    }
};

QList<QJsonObject> rowsOf(const QString &path)
{
    QList<QJsonObject> rows;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    while (!file.atEnd()) {
        if (const QJsonObject row = QJsonDocument::fromJson(file.readLine()).object(); !row.isEmpty())
            rows << row;
    }
    return rows;
}

QString idOf(const QJsonObject &row)
{
    return row.value(row.contains(u"id") ? u"id"_s : u"_id"_s).toVariant().toString();
}

Judgements judgementsIn(const QString &path)
{
    Judgements judgements;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return judgements;
    while (!file.atEnd()) {
        const QStringList parts = QString::fromUtf8(file.readLine()).simplified().split(u' ');
        if (parts.size() == 4 && parts[3].toInt() > 0)
            judgements[parts[0]][parts[2]] = parts[3].toInt();
    }
    return judgements;
}

struct Quality {
    double ndcg = 0;
    double precision = 0;
    double recall = 0;
};

double gain(int relevance, size_t rank)
{
    return (std::exp2(relevance) - 1) / std::log2(2.0 + double(rank));
}

Quality qualityOf(const QStringList &found, const std::map<QString, int> &judged)
{
    std::vector<int> best;
    for (const auto &[id, relevance] : judged)
        best.push_back(relevance);
    std::ranges::sort(best, std::ranges::greater());
    double ideal = 0;
    for (size_t i = 0; i < std::min<size_t>(10, best.size()); ++i)
        ideal += gain(best[i], i);
    Quality quality;
    int seen = 0;
    for (qsizetype i = 0; i < found.size() && i < 100; ++i) {
        const auto known = judged.find(found[i]);
        if (known == judged.end())
            continue;
        ++seen;
        quality.precision += double(seen) / double(i + 1);
        if (i < 10)
            quality.ndcg += gain(known->second, size_t(i));
    }
    quality.ndcg /= std::max(1e-9, ideal);
    quality.precision /= double(judged.size());
    quality.recall = double(seen) / double(judged.size());
    return quality;
}

} // namespace

std::vector<Figure> knowledgeQuality(const QString &folder)
{
    const QDir dir(folder);
    const QList<QJsonObject> documents = rowsOf(dir.filePath(u"documents.jsonl"_s));
    const QList<QJsonObject> queries = rowsOf(dir.filePath(u"queries.jsonl"_s));
    const Judgements judgements = judgementsIn(dir.filePath(u"qrels.txt"_s));
    if (documents.isEmpty() || queries.isEmpty() || judgements.empty()) {
        std::fprintf(stderr, "quintet-bench: %s needs documents.jsonl, queries.jsonl and qrels.txt\n",
                     qPrintable(folder));
        return {};
    }
    const QTemporaryDir work;
    QDir().mkpath(work.filePath(u"files"_s));
    QHash<QString, QString> ids; // by path
    for (qsizetype i = 0; i < documents.size(); ++i) {
        QFile file(work.filePath(u"files/%1.md"_s.arg(i)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        const QString title = documents[i][u"title"].toString().simplified();
        file.write(
            ((title.isEmpty() ? QString() : u"# "_s + title + u"\n\n"_s) + documents[i][u"text"].toString()).toUtf8());
        ids.insert(file.fileName(), idOf(documents[i]));
    }
    SystemClock clock;
    NoEmbedder embedder;
    document::FileExtractor extractor;
    knowledge::Library library(work.filePath(u"collections"_s), {extractor, embedder, clock});
    const auto collection = test::resultOf(library.create(u"Quality"_s)).value();
    static_cast<void>(test::resultOf(collection->addSources({work.filePath(u"files"_s)})));
    static_cast<void>(test::resultOf(collection->ingest({}, {})));
    static_cast<void>(test::resultOf(collection->keepVectors({}, {})));

    std::vector<Figure> figures;
    Quality words;
    for (const auto mode :
         {knowledge::SearchMode::Keyword, knowledge::SearchMode::Vector, knowledge::SearchMode::Hybrid}) {
        Quality sum;
        int count = 0;
        for (const QJsonObject &query : queries) {
            const auto judged = judgements.find(idOf(query));
            if (judged == judgements.end())
                continue;
            const QString text = query.value(query.contains(u"query") ? u"query"_s : u"text"_s).toString();
            const auto hits = test::resultOf(
                library.search({.collections = {u"Quality"_s}, .text = text, .count = 150, .mode = mode}, {}));
            QStringList found; // a document's place is its best passage's
            for (const knowledge::Hit &hit : hits.value_or(std::vector<knowledge::Hit>())) {
                if (const QString id = ids.value(hit.document); !found.contains(id))
                    found << id;
            }
            const Quality one = qualityOf(found, judged->second);
            sum.ndcg += one.ndcg;
            sum.precision += one.precision;
            sum.recall += one.recall;
            ++count;
        }
        const double all = std::max(1, count);
        const Quality mean{sum.ndcg / all, sum.precision / all, sum.recall / all};
        if (mode == knowledge::SearchMode::Keyword)
            words = mean;
        const auto add = [&](const QString &name, double value, double baseline) {
            const bool isWords = mode == knowledge::SearchMode::Keyword;
            figures.push_back({u"knowledge"_s, nameOf(mode), name, value, QString(),
                               isWords ? std::nullopt : std::optional(baseline), isWords ? QString() : u"keyword"_s});
        };
        add(u"nDCG@10"_s, mean.ndcg, words.ndcg);
        add(u"MAP"_s, mean.precision, words.precision);
        add(u"Recall@100"_s, mean.recall, words.recall);
    }
    return figures;
}

} // namespace quintet::bench
