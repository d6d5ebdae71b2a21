// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/dotproduct.h"
#include "knowledge/index/latenttrainer.h"
#include "knowledge/index/vectorindex.h"
#include "knowledge/index/vectortable.h"
#include "knowledge/training/agreement.h"
#include "support/shelf.h"

#include <QRandomGenerator>
#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Vectors of passages: how they are learnt, kept and searched.
class TestVectors final : public QObject {
    Q_OBJECT

private:
    /// Texts on a few themes, each theme with words of its own.
    static void writeThemes(const Shelf &shelf, int count)
    {
        const QList<QByteArrayList> themes{
            {"anchor", "harbour", "sailor", "vessel", "rudder", "captain", "tide", "compass"},
            {"flour", "oven", "dough", "baker", "yeast", "bread", "crust", "pastry"},
            {"violin", "orchestra", "sonata", "melody", "conductor", "cello", "rhythm", "concert"},
            {"tractor", "harvest", "barley", "plough", "farmer", "meadow", "cattle", "orchard"}};
        QRandomGenerator random(3);
        for (int i = 0; i < count; ++i) {
            const QByteArrayList &theme = themes.at(i % themes.size());
            QByteArray text = "Note " + QByteArray::number(i) + ". ";
            for (int word = 0; word < 30; ++word)
                text += theme.at(random.bounded(int(theme.size()))) + (word % 6 == 5 ? ". The " : " ");
            shelf.write(u"%1.txt"_s.arg(i, 4, 10, QLatin1Char('0')), text + "ends.\n");
        }
    }

    static std::shared_ptr<Collection> learnt(Shelf &shelf, int count = 120)
    {
        writeThemes(shelf, count);
        const auto collection = shelf.filled(u"House"_s);
        const auto kept = resultOf(collection->keepVectors({}, {}));
        if (!kept)
            qFatal("%s", qPrintable(kept.error().message));
        return collection;
    }

private Q_SLOTS:
    void everyDotProductIsTheSame()
    {
        QRandomGenerator random(1);
        for (int length = 0; length < 200; ++length) {
            std::vector<float> a(size_t(length), 0);
            std::vector<float> b(size_t(length), 0);
            for (int i = 0; i < length; ++i) {
                a[size_t(i)] = float(random.bounded(2.0) - 1);
                b[size_t(i)] = float(random.bounded(2.0) - 1);
            }
            const float plain = plainDotProduct(a.data(), b.data(), a.size());
            QVERIFY(std::abs(dotProduct()(a.data(), b.data(), a.size()) - plain) < 1e-4F);
        }
        QVERIFY(QByteArray(dotProductName()).size() > 3);
    }

    void theNearestAreFoundInOrder()
    {
        QRandomGenerator random(4);
        VectorTable table(8);
        std::vector<std::vector<float>> all;
        for (qint64 chunk = 1; chunk <= 300; ++chunk) {
            std::vector<float> vector(8);
            for (float &value : vector)
                value = float(random.bounded(2.0) - 1);
            QVERIFY(normalize(vector));
            table.add(std::vector<qint64>{chunk * 2}, vector);
            all.push_back(vector);
        }
        for (size_t i = 0; i < all.size(); i += 17) {
            const auto near = table.nearest(all[i], 10);
            QCOMPARE(near.size(), size_t(10));
            QCOMPARE(near[0].chunk, qint64(i + 1) * 2);
            for (size_t j = 1; j < near.size(); ++j)
                QVERIFY(near[j - 1].similarity >= near[j].similarity);
            const auto even = table.nearest(all[i], 400, [](qint64 chunk) { return chunk % 4 == 0; });
            QCOMPARE(even.size(), size_t(150));
        }
        QVERIFY(table.of(2).size() == 8 && table.of(3).empty());
    }

    void tooFewPassagesTeachNothing()
    {
        LatentTrainer trainer;
        for (TermId i = 0; i < 63; ++i)
            trainer.add({{i % 7, 1, 0}, {100 + i % 5, 2, 0}});
        QCOMPARE(trainer.run({}).dimensions, 0);
    }

    void passagesOfOneThemeLieTogether()
    {
        LatentTrainer trainer;
        QRandomGenerator random(5);
        const auto passage = [&random](TermId theme) {
            TermCounts counts;
            for (int i = 0; i < 6; ++i)
                counts.push_back({theme * 100 + random.bounded(10U), 1, 0});
            return summedUp(counts);
        };
        for (TermId i = 0; i < 200; ++i)
            trainer.add(passage(i % 4));
        const LatentModel model = trainer.run({});
        QVERIFY(model.dimensions >= 4 && model.dimensions <= 25);
        for (TermId theme = 0; theme < 4; ++theme) {
            const auto question = model.vectorOfQuestion({theme * 100 + 1, theme * 100 + 2});
            double same = 0;
            double other = 0;
            for (int i = 0; i < 40; ++i) {
                const auto own = model.vectorOf(passage(theme));
                const auto foreign = model.vectorOf(passage((theme + 1) % 4));
                same += plainDotProduct(question.data(), own.data(), own.size());
                other += plainDotProduct(question.data(), foreign.data(), foreign.size());
            }
            QVERIFY2(same > 3 * std::abs(other), qPrintable(u"%1 %2"_s.arg(same).arg(other)));
        }
        QCOMPARE(trainer.run({}).directions, model.directions); // the same again
    }

    void vectorsAreLearntFromTheCollectionAndMeasured()
    {
        Shelf shelf;
        const auto collection = learnt(shelf);
        const auto info = resultOf(collection->info());
        QVERIFY(info->space && info->space->weight);
        QVERIFY(*info->space->weight > 0 && *info->space->weight <= 0.5);
        const auto near = shelf.search(u"House"_s, u"sonata"_s, 20, SearchMode::Vector);
        QCOMPARE(near.size(), size_t(20));
        int musical = 0;
        for (const Hit &hit : near)
            musical += hit.text.contains(u"orchestra") || hit.text.contains(u"melody") ? 1 : 0;
        QVERIFY(musical >= 18);
        QCOMPARE(resultOf(collection->check({}))->vectors, 120);
    }

    void aGraphFindsWhatAnExactSearchFinds()
    {
        QRandomGenerator random(6);
        VectorTable table(32);
        auto index = VectorIndex::make(32, 10);
        QVERIFY(index.has_value());
        std::vector<qint64> chunks;
        std::vector<float> values;
        for (qint64 chunk = 1; chunk <= 3'000; ++chunk) {
            std::vector<float> vector(32);
            for (size_t i = 0; i < vector.size(); ++i)
                vector[i] = float(random.bounded(2.0) - 1) + (i == size_t(chunk % 32) ? 2.0F : 0.0F);
            QVERIFY(normalize(vector));
            chunks.push_back(chunk);
            values.insert(values.end(), vector.begin(), vector.end());
        }
        table.add(chunks, values);
        QVERIFY(index->add(chunks, values).has_value());
        QCOMPARE(index->lastChunk(), 3'000);
        const auto recall = [&table](const VectorIndex &graph) {
            int found = 0;
            for (qsizetype row = 0; row < 3'000; row += 30) {
                const auto exact = table.nearest(table.at(row), 10);
                for (const Near &near : graph.nearest(table.at(row), 10, 100))
                    found += std::ranges::find(exact, near.chunk, &Near::chunk) != exact.end() ? 1 : 0;
            }
            return found / 1'000.0;
        };
        QVERIFY(recall(*index) >= 0.97);
        index->remove(1);
        QVERIFY(index->nearest(table.of(1), 1, 100).at(0).chunk != 1);

        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.graph"_s);
        QVERIFY(index->save(path, 7).has_value());
        const auto loaded = VectorIndex::load(path, 7);
        QVERIFY(loaded.has_value());
        QVERIFY(recall(*loaded) >= 0.97);
        QCOMPARE(VectorIndex::load(path, 8).error().kind, ErrorKind::Corrupt); // of another space
        // Any byte that is not as it was is noticed, and so is a file that was cut off.
        QFile file(path);
        for (int round = 0; round < 20; ++round) {
            QVERIFY(file.open(QIODevice::ReadWrite));
            const qint64 at = random.bounded(file.size());
            file.seek(at);
            const char byte = file.read(1).at(0);
            file.seek(at);
            file.putChar(char(byte ^ 0x10));
            file.close();
            QVERIFY(!VectorIndex::load(path, 7).has_value());
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(at);
            file.putChar(byte);
            file.close();
        }
        QVERIFY(VectorIndex::load(path, 7).has_value());
        QVERIFY(file.resize(file.size() / 2));
        QVERIFY(!VectorIndex::factsOf(path).has_value());
        QVERIFY(!VectorIndex::load(path, 7).has_value());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("something else");
        file.close();
        QVERIFY(!VectorIndex::load(path, 7).has_value());
    }

    void aLargeCollectionKeepsAGraphAndADamagedOneIsBuiltAnew()
    {
        Shelf shelf; // large from a hundred passages on
        const auto collection = learnt(shelf);
        QVERIFY(QFile::exists(collection->graphPath()));
        auto report = resultOf(collection->check({}));
        QVERIFY(report && report->recall);
        QVERIFY2(*report->recall >= 0.97, qPrintable(QString::number(*report->recall)));
        QVERIFY(report->repaired.isEmpty());
        QFile graph(collection->graphPath());
        QVERIFY(graph.open(QIODevice::ReadWrite));
        graph.seek(graph.size() / 2);
        graph.write("damage");
        graph.close();
        QVERIFY(!shelf.search(u"House"_s, u"sonata"_s).empty());
        report = resultOf(collection->check({}));
        QVERIFY(report && !report->recall && report->isSound());
        QCOMPARE(report->repaired.size(), 1);
        QVERIFY(resultOf(collection->keepVectors({}, {})).has_value());
        QVERIFY(resultOf(collection->check({}))->recall);
    }

    void aGraphOfAnotherCollectionOrOfAnotherDayIsNotTaken()
    {
        Shelf shelf;
        const auto collection = learnt(shelf);
        const QString yesterday = shelf.folder.filePath(u"yesterday"_s);
        QVERIFY(resultOf(collection->exportTo(yesterday)));
        Shelf other;
        const auto foreign = learnt(other);
        // As alike as two can be, with another graph beside it.
        VectorIndex::removeFiles(collection->graphPath());
        for (const QString &ending : {u""_s, u".sums"_s})
            QVERIFY(QFile::copy(foreign->graphPath() + ending, collection->graphPath() + ending));
        const auto isTaken = [](Collection &one) { return resultOf(one.check({}))->recall.has_value(); };
        QVERIFY(isTaken(*foreign));
        QVERIFY(!isTaken(*collection));
        QVERIFY(resultOf(collection->keepVectors({}, {})));
        QVERIFY(isTaken(*collection));
        // A copy goes with its own graph, but not with one that knows what came later.
        const auto restored = *resultOf(shelf.library.import(yesterday));
        for (const QString &ending : {u""_s, u".sums"_s})
            QVERIFY(QFile::copy(collection->graphPath() + ending, restored->graphPath() + ending));
        QVERIFY(isTaken(*restored));
        shelf.write(u"new.txt"_s, "Another sailor, another harbour.\n");
        shelf.ingest(*collection);
        VectorIndex::removeFiles(collection->graphPath());
        QVERIFY(resultOf(collection->keepVectors({}, {})));
        VectorIndex::removeFiles(restored->graphPath());
        for (const QString &ending : {u""_s, u".sums"_s})
            QVERIFY(QFile::copy(collection->graphPath() + ending, restored->graphPath() + ending));
        QVERIFY(!isTaken(*restored));
    }

    void whatIsDeletedLeavesTheGraphUntilItIsMuch()
    {
        Shelf shelf;
        const auto collection = learnt(shelf, 160);
        const auto made = VectorIndex::factsOf(collection->graphPath());
        QVERIFY(made && made->vectors == 160);
        const auto removeFiles = [&](int from, int to) {
            for (int i = from; i < to; ++i)
                QVERIFY(QFile::remove(shelf.path(u"%1.txt"_s.arg(i, 4, 10, QLatin1Char('0')))));
            shelf.ingest(*collection);
            QVERIFY(resultOf(collection->keepVectors({}, {})));
        };
        const QString newest = u"tractor harvest barley"_s; // of every fourth, also of the last
        const auto isFound = [&](const QString &name) {
            const auto hits = shelf.search(u"House"_s, newest, 100, SearchMode::Vector);
            return std::ranges::any_of(hits, [&name](const Hit &hit) { return hit.document.endsWith(name); });
        };
        QVERIFY(isFound(u"0159.txt"_s));
        removeFiles(155, 160);
        QCOMPARE(VectorIndex::factsOf(collection->graphPath())->lastChunk, made->lastChunk);
        QVERIFY(!isFound(u"0159.txt"_s));
        QVERIFY(isFound(u"0151.txt"_s));
        const auto report = resultOf(collection->check({}));
        QVERIFY(report && report->recall && report->repaired.isEmpty());
        QVERIFY2(*report->recall >= 0.97, qPrintable(QString::number(*report->recall)));
        removeFiles(125, 155);
        QCOMPARE(VectorIndex::factsOf(collection->graphPath())->vectors, 125);
    }

    void wordsAnswerWhileTheVectorsOfALargeCollectionAreRead()
    {
        Shelf shelf; // large from 100 passages on
        learnt(shelf);
        Library opened(shelf.library.folder(), {shelf.extractor, shelf.embedder, shelf.clock, 100});
        Query query{.collections = {u"House"_s}, .text = u"sailor rudder"_s, .patience = 0ms};
        query.notes = std::make_shared<QStringList>();
        const auto first = resultOf(opened.search(query, {}));
        QVERIFY(first && !first->empty());
        QCOMPARE(query.notes->size(), 1);
        for (const Hit &hit : *first)
            QCOMPARE(hit.vectorRank, 0);
        const auto byVectors = [&] {
            query.notes->clear();
            const auto hits = resultOf(opened.search(query, {}));
            return query.notes->isEmpty() && hits
                   && std::ranges::any_of(*hits, [](const Hit &hit) { return hit.vectorRank > 0; });
        };
        QTRY_VERIFY(byVectors());
        // Who waits has them at once, however long his patience is.
        Library patient(shelf.library.folder(), {shelf.extractor, shelf.embedder, shelf.clock, 100});
        query.patience = 1h;
        const auto late = resultOf(patient.search(query, {}));
        QVERIFY(late && query.notes->isEmpty());
        QVERIFY(std::ranges::any_of(*late, [](const Hit &hit) { return hit.vectorRank > 0; }));
        Library again(shelf.library.folder(), {shelf.extractor, shelf.embedder, shelf.clock, 100});
        query.patience.reset();
        const auto waited = resultOf(again.search(query, {}));
        QVERIFY(waited && query.notes->isEmpty());
        QVERIFY(std::ranges::any_of(*waited, [](const Hit &hit) { return hit.vectorRank > 0; }));
    }

    void aProbeDoesNotWaitForVectors()
    {
        Shelf shelf; // large from 100 passages on
        const auto path = learnt(shelf)->path();
        const auto database = store::Database::open(path, collectionSchema());
        QVERIFY(database.has_value());
        auto connection = (*database)->reader();
        QVERIFY(connection.has_value());
        VectorSource source(**database, path + u".graph"_s, 100);
        CollectionSearch search(*connection, source);
        const auto made = probes(*connection, 1);
        QVERIFY(made && made->size() == 1);
        const auto early = overlap(made->front(), search, {}, {});
        QVERIFY(early && !*early);
        QTRY_VERIFY(source.prepare(*connection).value());
        const auto late = overlap(made->front(), search, {}, {});
        QVERIFY(late && *late);
        // What cannot be read is no reason to wait for ever.
        VectorSource damaged(**database, path + u".graph"_s, 100);
        QVERIFY(!damaged.prepare(*connection).value());
        QVERIFY(store::Connection::open(path)->executeScript("ALTER TABLE vector RENAME TO gone"));
        QTRY_VERIFY(!damaged.prepare(*connection));
    }

    void newPassagesGetTheirVectorsAndManyNewOnesANewSpace()
    {
        Shelf shelf;
        const auto collection = learnt(shelf);
        const qint64 first = resultOf(collection->info())->space->id;
        shelf.write(u"late.txt"_s, "A late note on the harbour, the anchor and the captain.\n");
        shelf.ingest(*collection);
        QVERIFY(resultOf(collection->keepVectors({}, {})).has_value());
        QCOMPARE(resultOf(collection->info())->space->id, first);
        QCOMPARE(resultOf(collection->check({}))->vectors, 121);
        for (int i = 0; i < 60; ++i)
            shelf.write(u"more%1.txt"_s.arg(i), "Another note " + QByteArray::number(i) + " on cattle and meadow.\n");
        shelf.ingest(*collection);
        QVERIFY(resultOf(collection->keepVectors({}, {})).has_value());
        QVERIFY(resultOf(collection->info())->space->id != first);
        QCOMPARE(resultOf(collection->check({}))->vectors, 181);
    }

    void aModelsVectorsTakeOverWhenTheyAreAllThere()
    {
        Shelf shelf;
        const auto collection = learnt(shelf);
        auto settings = resultOf(collection->info())->settings;
        settings.embedding = u"letters/small"_s;
        QVERIFY(resultOf(collection->save(settings)).has_value());
        shelf.embedder.failure = Error(ErrorKind::Network, u"away"_s);
        QVERIFY(!resultOf(collection->keepVectors({}, {})).has_value());
        QCOMPARE(resultOf(collection->info())->space->name, u"builtin"_s); // goes on serving
        shelf.embedder.failure.reset();
        QVERIFY(resultOf(collection->keepVectors({}, {})).has_value());
        QCOMPARE(resultOf(collection->info())->space->name, u"letters/small"_s);
        QCOMPARE(resultOf(collection->info())->space->dimensions, 26);
        QVERIFY(!shelf.search(u"House"_s, u"zzz"_s, 3, SearchMode::Vector).empty());
        // While the model is away, words are enough.
        shelf.embedder.failure = Error(ErrorKind::Network, u"away"_s);
        QVERIFY(!shelf.search(u"House"_s, u"harbour"_s).empty());
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
