// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/absence/absencefinder.h"
#include "support/shelf.h"

#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Why a document is not among the hits.
class TestAbsence final : public QObject {
    Q_OBJECT

private:
    static Absence absenceOf(Collection &collection, const QString &text, const QString &wanted, int count = 1)
    {
        const auto database = store::Database::open(collection.path(), collectionSchema());
        VectorSource vectors(**database, collection.graphPath(), 1'000);
        auto connection = (*database)->reader();
        const Query query{.text = text, .count = count, .joinNeighbours = false};
        return AbsenceFinder(*connection, vectors).find(query, wanted, {}, {}).value_or(Absence());
    }

private Q_SLOTS:
    void aDocumentIsNotThereNotReadOrAmongTheHits()
    {
        Shelf shelf;
        shelf.write(u"quince.txt"_s, "Quinces are cooked with sugar.\n");
        shelf.write(u"broken.pdf"_s, "%PDF-1.7 and nothing behind it");
        shelf.write(u"program.bin"_s, QByteArray(200, '\1'));
        const auto collection = shelf.filled(u"House"_s);
        QCOMPARE(absenceOf(*collection, u"quinces"_s, u"medlar.txt"_s).reason, Absence::NotInCollection);
        const Absence failed = absenceOf(*collection, u"quinces"_s, u"broken"_s);
        QCOMPARE(failed.reason, Absence::Failed);
        QVERIFY(!failed.detail.isEmpty() && sentencesFor(failed).first().contains(failed.detail));
        QCOMPARE(absenceOf(*collection, u"quinces"_s, u"program.bin"_s).reason, Absence::Skipped);
        const Absence there = absenceOf(*collection, u"quinces"_s, u"quince.txt"_s);
        QCOMPARE(there.reason, Absence::IsAmongHits);
        QCOMPARE(there.hit, 1);
        QVERIFY(resultOf(collection->retry(true)).has_value());
        QVERIFY(resultOf(collection->clear()).has_value());
        QCOMPARE(absenceOf(*collection, u"quinces"_s, u"quince.txt"_s).reason, Absence::Waiting);
    }

    void theWordsThatItHasAndLacksAreSaid()
    {
        Shelf shelf;
        shelf.write(u"quince.txt"_s, "Quinces are cooked with sugar and honey.\n");
        shelf.write(u"other.txt"_s, "Sugar is sold in bags.\n");
        shelf.write(u"stone.txt"_s, "Granite is a hard stone.\n");
        const auto collection = shelf.filled(u"House"_s);
        const Absence behind = absenceOf(*collection, u"quinces cooked with sugar"_s, u"other.txt"_s);
        QCOMPARE(behind.reason, Absence::Behind);
        QCOMPARE(behind.words, QStringList{u"sugar"_s});
        QCOMPARE(behind.missing.size(), 2);
        QCOMPARE(behind.byWords.rank, 2);
        QCOMPARE(behind.byWords.of, 2);
        QVERIFY(behind.score > 0 && behind.score <= behind.lastScore);
        const Absence without = absenceOf(*collection, u"quinces cooked with sugar"_s, u"stone.txt"_s);
        QCOMPARE(without.reason, Absence::NotReached);
        QVERIFY(without.words.isEmpty());
        QVERIFY(sentencesFor(without).first().contains(u"stone.txt"));
    }

    void operatorsThatLeaveItOutAreNamed()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Quinces are cooked with sugar.\n");
        shelf.write(u"b.txt"_s, "Quinces are cooked without anything.\n");
        const auto collection = shelf.filled(u"House"_s);
        const auto reason = [&](const QString &text, const QString &wanted) {
            const Absence absence = absenceOf(*collection, text, wanted);
            return absence.reason == Absence::LeftOutBy ? absence.detail : QString::number(absence.reason);
        };
        QCOMPARE(reason(u"quinces file:b.txt"_s, u"a.txt"_s), u"file:b.txt"_s);
        QCOMPARE(reason(u"quinces -sugar"_s, u"a.txt"_s), u"-sugar"_s);
        QCOMPARE(reason(u"quinces \"without anything\""_s, u"a.txt"_s), u"\"without anything\""_s);
        QCOMPARE(reason(u"quinces after:2100-01-01"_s, u"a.txt"_s), u"after:2100-01-01"_s);
        QCOMPARE(reason(u"quinces -sugar"_s, u"b.txt"_s), QString::number(Absence::IsAmongHits));
    }

    void operatorsAreJudgedByThePassage()
    {
        Shelf shelf;
        QByteArray parts = "# Fruit\n\n";
        for (const QByteArray &fruit : QByteArrayList{"quinces", "medlars"})
            parts += "## About " + fruit + "\n\n"
                     + QByteArray("A long paragraph on " + fruit + " that goes on and on. ").repeated(80) + "\n\n";
        shelf.write(u"both.md"_s, parts);
        const auto collection = shelf.filled(u"House"_s);
        const auto passages = resultOf(collection->passagesOf(shelf.path(u"both.md"_s)));
        QVERIFY(passages && passages->size() > 1);
        // Both are said, but nowhere together.
        const Absence apart = absenceOf(*collection, u"paragraph \"on quinces\" \"on medlars\""_s, u"both.md"_s);
        QCOMPARE(apart.reason, Absence::LeftOutBy);
        QCOMPARE(apart.detail, u"\"on quinces\" \"on medlars\""_s);
        const Absence without = absenceOf(*collection, u"paragraph \"on quinces\" -quinces"_s, u"both.md"_s);
        QCOMPARE(without.reason, Absence::LeftOutBy);
        QCOMPARE(without.detail, u"\"on quinces\" -quinces"_s);
        const Absence second = absenceOf(*collection, u"paragraph \"on quinces\" \"on plums\""_s, u"both.md"_s);
        QCOMPARE(second.detail, u"\"on plums\""_s);
        QCOMPARE(absenceOf(*collection, u"paragraph -quinces"_s, u"both.md"_s).reason, Absence::IsAmongHits);
    }

    void aNameMeansTheDocumentThatItFitsBest()
    {
        Shelf shelf;
        for (const QString &name : {u"a/notes.txt.bak.txt"_s, u"notes.txt"_s, u"old/draft-notes.txt"_s})
            shelf.write(name, "Nothing that is looked for, in " + name.toUtf8() + ".\n");
        shelf.write(u"x.txt"_s, "Quinces.\n");
        const auto collection = shelf.filled(u"House"_s);
        const auto meant = [&](const QString &wanted) {
            return QString(absenceOf(*collection, u"quinces"_s, wanted).document).remove(shelf.files() + u'/');
        };
        QCOMPARE(meant(u"notes.txt"_s), u"notes.txt"_s);
        QCOMPARE(meant(u"NOTES.TXT"_s), u"notes.txt"_s);
        QCOMPARE(meant(u"draft-notes.txt"_s), u"old/draft-notes.txt"_s);
        QCOMPARE(meant(u"-notes.txt"_s), u"old/draft-notes.txt"_s);
        QCOMPARE(meant(u"bak"_s), u"a/notes.txt.bak.txt"_s);
        const Absence several = absenceOf(*collection, u"quinces"_s, u"notes"_s);
        QCOMPARE(several.reason, Absence::SeveralFit);
        QCOMPARE(several.documents.size(), 3);
        QVERIFY(sentencesFor(several).first().contains(u"notes.txt"));
    }

    void whatAModelPutBehindIsSaidToBe()
    {
        Shelf shelf;
        for (int i = 0; i < 4; ++i)
            shelf.write(u"%1.txt"_s.arg(i), "Quinces are cooked with sugar, says number " + QByteArray::number(i)
                                                + QByteArray(" of honey").repeated(i) + ".\n");
        const auto collection = shelf.filled(u"House"_s);
        shelf.reranker.word = u"honey"_s;
        const Query query{.text = u"quinces sugar"_s, .count = 2, .reranker = u"some/sorter"_s};
        const auto hits = resultOf(collection->search(query, {}));
        QVERIFY(hits && hits->size() == 2 && hits->at(0).document.endsWith(u"3.txt"));
        const auto behind = resultOf(collection->whyNot(query, u"0.txt"_s, {}));
        QVERIFY(behind && behind->first().contains(u"some/sorter") && behind->first().contains(u'4'));
        const auto there = resultOf(collection->whyNot(query, u"2.txt"_s, {}));
        QCOMPARE(there.value(), QStringList{u"2.txt is there: passage 2."_s});
        // A model that cannot be asked put nothing behind.
        shelf.reranker.failure = Error(ErrorKind::Network, u"It is away."_s);
        const auto unasked = resultOf(collection->whyNot(query, u"0.txt"_s, {}));
        QVERIFY(unasked && !unasked->first().contains(u"some/sorter"));
        QCOMPARE(unasked->filter(u"It is away."_s).size(), 1);
    }

    void theSameTextAndWhatIsSwitchedOffAreToldApart()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Quinces are cooked with sugar.\n");
        shelf.write(u"copy.txt"_s, "Quinces are cooked with sugar.\n");
        shelf.write(u"off.txt"_s, "Quinces of a kind that nobody is to find.\n");
        const auto collection = shelf.filled(u"House"_s);
        shelf.write(u"nearly.txt"_s, "Quinces are cooked with sugar. \n\n"); // among equals the older passage is found
        shelf.ingest(*collection);
        const auto off = resultOf(collection->passagesOf(shelf.path(u"off.txt"_s)));
        QVERIFY(off && resultOf(collection->setEnabled(off->front().chunk, false)));
        for (const QString &name : {u"copy.txt"_s, u"nearly.txt"_s}) {
            const Absence absence = absenceOf(*collection, u"quinces"_s, name, 5);
            QCOMPARE(absence.reason, Absence::Duplicate);
            QCOMPARE(absence.other, shelf.path(u"a.txt"_s));
        }
        QCOMPARE(absenceOf(*collection, u"quinces"_s, u"off.txt"_s, 5).reason, Absence::SwitchedOff);
    }

    void whatIsMuchLikeAHitIsSaidToBe()
    {
        Shelf shelf;
        const QByteArray words = "Quinces ripen late, smell sweet, keep long and are cooked with sugar";
        shelf.write(u"a.txt"_s, words + " today.\n");
        shelf.write(u"b.txt"_s, words + " tomorrow.\n");
        shelf.write(u"c.txt"_s, "Quinces ripen, ripen with sugar, sugar: so say the merchants of quinces.\n");
        const auto collection = shelf.filled(u"House"_s);
        const auto hits = shelf.search(u"House"_s, u"quinces ripen sugar"_s, 2);
        QCOMPARE(hits.size(), size_t(2));
        // One of the two that are alike is there, and the third text.
        const auto isThere = [&hits](const QString &name) {
            return std::ranges::any_of(hits, [&name](const Hit &hit) { return hit.document.endsWith(name); });
        };
        QVERIFY(isThere(u"c.txt"_s));
        const QString missed = isThere(u"a.txt"_s) ? u"b.txt"_s : u"a.txt"_s;
        const Absence absence = absenceOf(*collection, u"quinces ripen sugar"_s, missed, 2);
        QCOMPARE(absence.reason, Absence::TooAlike);
        QVERIFY(!hits[size_t(absence.hit) - 1].document.endsWith(u"c.txt"));
    }

    void itIsAskedThroughTheCollection()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Quinces are cooked with sugar.\n");
        shelf.write(u"b.txt"_s, "Sugar.\n");
        const auto collection = shelf.filled(u"House"_s);
        const auto sentences = resultOf(collection->whyNot({.text = u"quinces sugar"_s, .count = 1}, u"b.txt"_s, {}));
        QVERIFY(sentences.has_value());
        QVERIFY(sentences->size() >= 4);
        QVERIFY(sentences->at(0).contains(u"b.txt"));
        QVERIFY(sentences->join(u' ').contains(u"quinc"));
    }
};

QTEST_GUILESS_MAIN(TestAbsence)
#include "tst_absence.moc"
