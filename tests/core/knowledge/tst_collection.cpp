// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lease.h"
#include "support/shelf.h"
#include "text/codepoints.h"

#include <QLockFile>
#include <QTest>
#include <QThreadPool>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestCollection final : public QObject {
    Q_OBJECT

private:
    static void verifySound(Collection &collection)
    {
        const auto report = resultOf(collection.check({}));
        QVERIFY(report.has_value());
        QVERIFY2(report->problems.isEmpty(), qPrintable(report->problems.join(u'\n')));
        QVERIFY2(report->repaired.isEmpty(), qPrintable(report->repaired.join(u'\n')));
    }

    /// A collection "Old" as the first version of the program left it.
    static void makeOldCollection(const Shelf &shelf)
    {
        QVERIFY(QDir().mkpath(shelf.library.folder()));
        QFile shape(u":/sql/collection/0001_collection.sql"_s);
        QVERIFY(shape.open(QIODevice::ReadOnly));
        auto old = store::Connection::open(shelf.library.folder() + u"/old.db"_s);
        QVERIFY(old && old->executeScript(shape.readAll()));
        QVERIFY(old->executeScript("INSERT INTO setting VALUES ('name', 'Old');"
                                   "INSERT INTO space (name, dimensions, trained, serving) "
                                   "VALUES ('builtin', 8, 100, 0);"
                                   "PRAGMA application_id = 1364478798; PRAGMA user_version = 1;"));
    }

    static CollectionSums sumsOf(Collection &collection)
    {
        const auto info = resultOf(collection.info());
        return info ? info->sums : CollectionSums();
    }

private Q_SLOTS:
    void aFolderIsReadAndFound()
    {
        Shelf shelf;
        shelf.write(u"refunds.md"_s, "# Refunds\n\nWe refund every purchase within 30 days.\n");
        shelf.write(u"deep/er/lending.txt"_s, "A borrowed tool is to be returned after seven days at the latest.\n");
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(sumsOf(*collection).indexed, 2);
        const auto hits = shelf.search(u"House"_s, u"When must borrowed tools be returned?"_s);
        QCOMPARE(hits.size(), size_t(1));
        QCOMPARE(hits[0].document, shelf.path(u"deep/er/lending.txt"_s));
        QCOMPARE(hits[0].score, 1.0);
        verifySound(*collection);
    }

    void whatDidNotChangeIsNotReadAgain()
    {
        Shelf shelf;
        for (int i = 0; i < 20; ++i)
            shelf.write(u"%1.txt"_s.arg(i), "Text number " + QByteArray::number(i) + " speaks of apples.\n");
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(shelf.ingest(*collection).unchanged, 20);
        shelf.write(u"7.txt"_s, "This one now speaks of pears and plums.\n");
        const IngestReport report = shelf.ingest(*collection);
        QCOMPARE(report.read, 1);
        QCOMPARE(report.unchanged, 19);
        QCOMPARE(shelf.search(u"House"_s, u"plums"_s).size(), size_t(1));
        QCOMPARE(sumsOf(*collection).chunks, 20);
        verifySound(*collection);
    }

    void aMovedFileIsKnownByItsContentAndADeletedOneGoes()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Only this one speaks of walnuts.\n");
        shelf.write(u"b.txt"_s, "Another one speaks of hazelnuts.\n");
        const auto collection = shelf.filled(u"House"_s);
        QVERIFY(QDir().mkpath(shelf.path(u"new"_s)));
        QVERIFY(QFile::rename(shelf.path(u"a.txt"_s), shelf.path(u"new/c.txt"_s)));
        QVERIFY(QFile::remove(shelf.path(u"b.txt"_s)));
        const IngestReport report = shelf.ingest(*collection);
        QCOMPARE(report.read, 0);
        QCOMPARE(report.known, 1);
        QCOMPARE(report.removed, 2);
        QCOMPARE(shelf.search(u"House"_s, u"walnuts"_s).at(0).document, shelf.path(u"new/c.txt"_s));
        QVERIFY(shelf.search(u"House"_s, u"hazelnuts"_s).empty());
        QCOMPARE(sumsOf(*collection).chunks, 1);
        verifySound(*collection);
    }

    void whatGoesBeforeItIsReadIsCountedOnce()
    {
        Shelf shelf;
        for (int i = 0; i < 10; ++i)
            shelf.write(u"%1.txt"_s.arg(i), "Text number " + QByteArray::number(i) + " on bilberries.\n");
        const auto collection = shelf.filled(u"House"_s);
        QVERIFY(resultOf(collection->clear()).has_value());
        for (int i = 0; i < 4; ++i)
            QVERIFY(QFile::remove(shelf.path(u"%1.txt"_s.arg(i))));
        const IngestReport report = shelf.ingest(*collection);
        QCOMPARE(report.removed, 4);
        QCOMPARE(report.read, 6);
        verifySound(*collection);
    }

    void identicalFilesAreKeptOnce()
    {
        Shelf shelf;
        for (int i = 0; i < 12; ++i)
            shelf.write(u"copy%1.txt"_s.arg(i), "The same words about quinces in each.\n");
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(sumsOf(*collection).documents, 12);
        QCOMPARE(sumsOf(*collection).chunks, 1);
        QCOMPARE(shelf.search(u"House"_s, u"quinces"_s).size(), size_t(1));
        for (int i = 0; i < 11; ++i)
            QVERIFY(QFile::remove(shelf.path(u"copy%1.txt"_s.arg(i))));
        shelf.ingest(*collection);
        QCOMPARE(shelf.search(u"House"_s, u"quinces"_s).at(0).document, shelf.path(u"copy11.txt"_s));
    }

    void whatCannotBeReadSaysWhy()
    {
        Shelf shelf;
        shelf.write(u"broken.pdf"_s, "%PDF-1.7 and nothing behind it");
        shelf.write(u"program.bin"_s, QByteArray("\x7f"
                                                 "ELF\0\1\2\3",
                                                 8)
                                          .repeated(40));
        shelf.write(u"fine.txt"_s, "Words about apricots.\n");
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(sumsOf(*collection).failed, 1);
        QCOMPARE(sumsOf(*collection).skipped, 1);
        const auto documents = resultOf(collection->documents());
        QVERIFY(documents.has_value());
        for (const DocumentRow &row : *documents)
            QCOMPARE(row.reason.isEmpty(), row.state == DocumentState::Indexed);
        QCOMPARE(shelf.ingest(*collection).failed, 0); // not tried again
        QVERIFY(resultOf(collection->retry(false)).has_value());
        QCOMPARE(shelf.ingest(*collection).failed, 1);
    }

    void rulesLeaveFilesOut()
    {
        Shelf shelf;
        shelf.write(u".gitignore"_s, "build/\n*.log\n!keep.log\n");
        shelf.write(u"a.txt"_s, "cherries\n");
        shelf.write(u"a.log"_s, "cherries in the log\n");
        shelf.write(u"keep.log"_s, "cherries in the log that is kept\n");
        shelf.write(u"build/b.txt"_s, "cherries that were built\n");
        shelf.write(u".hidden/c.txt"_s, "cherries that hide\n");
        shelf.write(u"drafts/d.txt"_s, "cherries in a draft\n");
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(sumsOf(*collection).documents, 3);
        auto settings = resultOf(collection->info())->settings;
        settings.exclude = {u"drafts/"_s};
        settings.include = {u"*.txt"_s};
        QVERIFY(resultOf(collection->save(settings)).has_value());
        shelf.ingest(*collection);
        QCOMPARE(sumsOf(*collection).documents, 1);
    }

    void aPathThatIsTakenOutStaysOut()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "figs\n");
        shelf.write(u"private/b.txt"_s, "more figs\n");
        const auto collection = shelf.filled(u"House"_s);
        QVERIFY(resultOf(collection->removePaths({shelf.path(u"private"_s)})).has_value());
        shelf.ingest(*collection);
        QCOMPARE(sumsOf(*collection).documents, 1);
        QVERIFY(!resultOf(collection->removePaths({u"/not/there"_s})).has_value());
        QVERIFY(resultOf(collection->addSources({shelf.path(u"private"_s)})).has_value());
        shelf.ingest(*collection);
        QCOMPARE(sumsOf(*collection).documents, 2);
    }

    void aFolderOnADriveThatIsNotThereKeepsItsDocuments()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "medlars\n");
        const auto collection = shelf.filled(u"House"_s);
        QVERIFY(QDir().rename(shelf.files(), shelf.folder.filePath(u"away"_s)));
        shelf.ingest(*collection);
        QCOMPARE(shelf.search(u"House"_s, u"medlars"_s).size(), size_t(1));
    }

    void everyHitIsTheTextAtItsOffsets()
    {
        Shelf shelf;
        QByteArray text = "# Über 𝔘nicode 🙂\n\n";
        for (int i = 0; i < 400; ++i) {
            text += "Sentence " + QByteArray::number(i) + " tells of 𝔘nicode 🙂 and of the number "
                    + QByteArray::number(i * 7) + ".";
            text += i % 9 == 0 ? "\n\n## Part " + QByteArray::number(i) + "\n\n" : " ";
        }
        shelf.write(u"long.md"_s, text);
        shelf.write(u"table.csv"_s, "name,value\n" + QByteArray("apple,unicode 5\n").repeated(900));
        const auto collection = shelf.filled(u"House"_s);
        int seen = 0;
        for (const QString &query : {u"unicode number"_s, u"sentence 77"_s, u"part 9"_s, u"apple value"_s}) {
            for (const bool join : {true, false}) {
                const auto hits = resultOf(shelf.library.search(
                    {.collections = {u"House"_s}, .text = query, .count = 30, .joinNeighbours = join}, {}));
                QVERIFY(hits.has_value());
                for (const Hit &hit : *hits) {
                    const QString whole = shelf.textOf(QFileInfo(hit.document).fileName());
                    const text::CodePointMap map(whole);
                    const qsizetype start = map.unit(hit.start);
                    QCOMPARE(hit.text, whole.sliced(start, map.unit(hit.end) - start));
                    ++seen;
                }
            }
        }
        QVERIFY(seen > 20);
    }

    void aStoppedIngestionGoesOnInTheMiddleOfADocument()
    {
        Shelf shelf;
        QByteArray text;
        for (int i = 0; i < 60'000; ++i)
            text += "Line " + QByteArray::number(i) + " of a long document about gooseberries.\n";
        shelf.write(u"long.txt"_s, text);
        const auto collection = *resultOf(shelf.library.create(u"House"_s));
        QVERIFY(resultOf(collection->addSources({shelf.files()})).has_value());
        CancelSource stop;
        auto ingesting = collection->ingest({}, stop.get_token());
        QTRY_VERIFY(sumsOf(*collection).chunks > 0);
        stop.request_stop();
        const auto stopped = resultOf(std::move(ingesting));
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
        const qint64 kept = sumsOf(*collection).chunks;
        QVERIFY(kept > 0);
        QVERIFY(shelf.search(u"House"_s, u"gooseberries"_s).empty()); // not before it is whole
        shelf.ingest(*collection);
        QVERIFY(sumsOf(*collection).chunks > kept);
        verifySound(*collection);
        Shelf fresh;
        fresh.write(u"long.txt"_s, text);
        QCOMPARE(sumsOf(*fresh.filled(u"House"_s)).chunks, sumsOf(*collection).chunks);
    }

    void aCollectionIsExportedAndImportedAsOneFile()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "rhubarb\n");
        const auto collection = shelf.filled(u"House"_s);
        const QString file = shelf.folder.filePath(u"house.quintet"_s);
        QVERIFY(resultOf(collection->exportTo(file)).has_value());
        const auto imported = resultOf(shelf.library.import(file));
        QVERIFY(imported.has_value());
        QCOMPARE(resultOf((*imported)->info())->settings.name, u"House 2"_s);
        QCOMPARE(shelf.search(u"House 2"_s, u"rhubarb"_s).size(), size_t(1));
        shelf.write(u"foreign.db"_s, "not a database at all, though long enough to look like one");
        QVERIFY(!resultOf(shelf.library.import(shelf.path(u"foreign.db"_s))));
        QVERIFY(resultOf(shelf.library.remove(u"House 2"_s)).has_value());
        QCOMPARE(resultOf(shelf.library.list())->size(), size_t(1));
        QVERIFY(resultOf(shelf.library.find(u"House 2"_s)).error().message.contains(u"House"_s));
    }

    void aCollectionOfTheFirstVersionIsBroughtUpToDate()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "bilberries\n");
        makeOldCollection(shelf);
        const auto collection = resultOf(shelf.library.find(u"Old"_s));
        QVERIFY2(collection.has_value(), collection ? "" : qPrintable(collection.error().message));
        QVERIFY(resultOf((*collection)->addSources({shelf.files()})));
        QCOMPARE(shelf.ingest(**collection).read, 1);
        QCOMPARE(shelf.search(u"Old"_s, u"bilberries"_s).size(), size_t(1));
        const auto spaces = resultOf((*collection)->read<std::vector<SpaceRow>>([](store::Connection &connection) {
            return VectorStore(connection).spaces();
        }));
        QVERIFY(spaces && spaces->size() == 1 && spaces->front().mark > 0);
        verifySound(**collection);
    }

    void othersAreServedWhileACollectionIsBroughtUpToDate()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "cranberries\n");
        shelf.filled(u"House"_s);
        makeOldCollection(shelf);
        QThreadPool::globalInstance()->setMaxThreadCount(4);        // on any computer
        QLockFile lock(shelf.library.folder() + u"/old.db.lock"_s); // as another process that is at it
        QVERIFY(lock.tryLock(0));
        auto finding = shelf.library.find(u"Old"_s);
        auto again = shelf.library.find(u"Old"_s);
        QCOMPARE(shelf.search(u"House"_s, u"cranberries"_s).size(), size_t(1));
        QVERIFY(!finding.isReady());
        lock.unlock();
        const auto found = resultOf(std::move(finding));
        QVERIFY(found.has_value());
        QCOMPARE(resultOf(std::move(again)).value(), *found);
    }

    void whatIsRemovedWhileItIsOpenedStaysAway()
    {
        Shelf shelf;
        makeOldCollection(shelf);
        {
            QLockFile lock(shelf.library.folder() + u"/old.db.lock"_s);
            QVERIFY(lock.tryLock(0));
            auto finding = shelf.library.find(u"Old"_s);
            auto removing = shelf.library.remove(u"Old"_s);
            lock.unlock();
            QVERIFY(resultOf(std::move(removing)).has_value());
            static_cast<void>(resultOf(std::move(finding)));
        }
        const auto found = resultOf(shelf.library.find(u"Old"_s));
        QVERIFY(!found && found.error().kind == ErrorKind::BadInput);
        QCOMPARE(QDir(shelf.library.folder()).entryList(QDir::Files), QStringList());
    }

    void twoThatAreMadeAtOnceDoNotGetTheSameName()
    {
        Shelf shelf;
        auto first = shelf.library.create(u"House"_s);
        auto second = shelf.library.create(u"House"_s);
        const bool isFirst = resultOf(std::move(first)).has_value();
        QCOMPARE(resultOf(std::move(second)).has_value(), !isFirst);
        QCOMPARE(resultOf(shelf.library.list())->size(), size_t(1));
    }

    void aCheckIsRightWhileFilesAreRead()
    {
        Shelf shelf;
        QByteArray text; // long enough that something is written while it is gone through
        for (int i = 0; i < 40'000; ++i)
            text += "Line " + QByteArray::number(i) + " of a long document about loquats.\n";
        shelf.write(u"long.txt"_s, text);
        const auto collection = shelf.filled(u"House"_s);
        for (int i = 0; i < 600; ++i)
            shelf.write(u"%1.txt"_s.arg(i), "Number " + QByteArray::number(i) + " of many notes on loquats.\n");
        auto ingesting = collection->ingest({}, {});
        while (!ingesting.isReady())
            verifySound(*collection);
        QCOMPARE(resultOf(std::move(ingesting))->read, 600);
        verifySound(*collection);
    }

    void aGraphThatIsBeingBuiltIsLeftAlone()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "One note on loquats.\n");
        const auto collection = shelf.filled(u"House"_s);
        QFile half(collection->graphPath());
        QVERIFY(half.open(QIODevice::WriteOnly) && half.write("half of it") > 0);
        half.close();
        const auto database = store::Database::open(collection->path(), collectionSchema());
        const auto lease = [&](const auto &change) { return (*database)->writer().write(change).result().has_value(); };
        QVERIFY(lease([&](store::Connection &connection) {
            return store::takeLease(connection, VectorKeeper::leaseName(), store::thisProcess(), shelf.clock.now())
                .transform([](bool) { });
        }));
        auto report = resultOf(collection->check({}));
        QVERIFY(report && report->repaired.isEmpty());
        QCOMPARE(report->leftOut.size(), 1);
        QVERIFY(half.exists());
        QVERIFY(lease([](store::Connection &connection) {
            return store::releaseLease(connection, VectorKeeper::leaseName(), store::thisProcess());
        }));
        report = resultOf(collection->check({}));
        QVERIFY(report && report->leftOut.isEmpty() && report->repaired.size() == 1);
        QVERIFY(!half.exists());
    }

    void clearedItIsReadAnew()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "mulberries\n");
        const auto collection = shelf.filled(u"House"_s);
        QVERIFY(resultOf(collection->clear()).has_value());
        QVERIFY(shelf.search(u"House"_s, u"mulberries"_s).empty());
        QCOMPARE(shelf.ingest(*collection).read, 1);
        QCOMPARE(shelf.search(u"House"_s, u"mulberries"_s).size(), size_t(1));
        verifySound(*collection);
    }
};

QTEST_GUILESS_MAIN(TestCollection)
#include "tst_collection.moc"
