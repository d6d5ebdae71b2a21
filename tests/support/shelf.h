// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extraction/fileextractor.h"
#include "knowledge/library/library.h"
#include "support/resultof.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace quintet::test {

/// A model that turns texts into vectors by counting letters: alike texts are near each other.
class LetterEmbedder final : public knowledge::Embedder {
public:
    Task<Result<std::vector<std::vector<float>>>> embed(QString model, QStringList texts, Kind, CancelToken) override
    {
        ++requests;
        if (failure)
            co_return std::unexpected(*failure);
        const size_t length = model.endsWith(u"large") ? 52 : 26;
        std::vector<std::vector<float>> vectors;
        for (const QString &text : std::as_const(texts)) {
            std::vector<float> vector(length, 0.01F);
            for (const QChar c : text.toLower()) {
                if (c >= u'a' && c <= u'z')
                    vector[size_t(c.unicode() - u'a')] += 1;
            }
            vectors.push_back(std::move(vector));
        }
        embedded += texts.size();
        co_return vectors;
    }

    int requests = 0;
    qsizetype embedded = 0;
    std::optional<Error> failure;
};

/// A model that finds a text the better, the more often it has a word.
class CountingReranker final : public knowledge::Reranker {
public:
    Task<Result<std::vector<double>>> scores(QString model, QString, QStringList texts, CancelToken) override
    {
        models << model;
        if (failure)
            co_return std::unexpected(*failure);
        std::vector<double> scores;
        for (const QString &text : std::as_const(texts))
            scores.push_back(double(text.count(word, Qt::CaseInsensitive)));
        co_return Result<std::vector<double>>(std::move(scores));
    }

    QString word;
    QStringList models;
    std::optional<Error> failure;
};

/// Collections in a folder of their own, and a folder of files to put into them.
struct Shelf {
    QTemporaryDir folder;
    SystemClock clock;
    document::FileExtractor extractor;
    LetterEmbedder embedder;
    CountingReranker reranker;
    knowledge::Library library{folder.filePath(QStringLiteral("collections")),
                               {extractor, embedder, clock, 100, &reranker}};

    QString path(const QString &name) const { return folder.filePath(QStringLiteral("files/") + name); }
    QString files() const { return folder.filePath(QStringLiteral("files")); }

    void write(const QString &name, const QByteArray &content) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s cannot be written", qPrintable(file.fileName()));
    }

    /// A collection with the folder of files in it, read.
    std::shared_ptr<knowledge::Collection> filled(const QString &name)
    {
        const auto collection = resultOf(library.create(name));
        if (!collection)
            qFatal("%s", qPrintable(collection.error().message));
        if (const auto added = resultOf((*collection)->addSources({files()})); !added)
            qFatal("%s", qPrintable(added.error().message));
        ingest(**collection);
        return *collection;
    }

    knowledge::IngestReport ingest(knowledge::Collection &collection)
    {
        const auto report = resultOf(collection.ingest({}, {}));
        if (!report)
            qFatal("%s", qPrintable(report.error().message));
        return *report;
    }

    std::vector<knowledge::Hit> search(const QString &collection, const QString &text, int count = 3,
                                       knowledge::SearchMode mode = knowledge::SearchMode::Hybrid)
    {
        const auto hits =
            resultOf(library.search({.collections = {collection}, .text = text, .count = count, .mode = mode}, {}));
        if (!hits)
            qFatal("%s", qPrintable(hits.error().message));
        return *hits;
    }

    /// The text that a file is read to.
    QString textOf(const QString &name)
    {
        const auto document = resultOf(extractor.extract({.path = path(name)}, {}));
        return document ? document->text : QString();
    }
};

} // namespace quintet::test
