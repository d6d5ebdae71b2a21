// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "document/pdf/pageheadings.h"
#include "document/pdf/pagetables.h"
#include "document/pdf/tornwords.h"

#include <QTest>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

class TestPdf final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columnsThatStandSideBySideAreATable()
    {
        const QString page = u"Prices\nItem\nKettle\n\nPrice\n25.50\n\nMade in\nDelft\n\nAnd so on."_s;
        const std::vector<PlacedWord> words{{u"Prices"_s, 10}, {u"Item"_s, 30}, {u"Kettle"_s, 45}, {u"Price"_s, 30},
                                            {u"25.50"_s, 45},  {u"Made"_s, 31}, {u"Delft"_s, 44},  {u"And"_s, 90}};
        QCOMPARE(withTableRows(page, [&words] { return words; }),
                 u"Prices\n\nItem | Price | Made in\nKettle | 25.50 | Delft\n\nAnd so on."_s);
    }

    void blocksThatStandOneBelowTheOtherAreNone()
    {
        const QString page = u"Ada Muster\nLondon\n\nMax Muster\nDelft"_s;
        const std::vector<PlacedWord> words{{u"Ada"_s, 10}, {u"London"_s, 20}, {u"Max"_s, 40}, {u"Delft"_s, 50}};
        QCOMPARE(withTableRows(page, [&words] { return words; }), page);
    }

    void pagesWithoutShortBlocksAreNotLookedAtTwice()
    {
        int asked = 0;
        const QString page = u"A long line that is nobody's cell, however one looks at it.\nAnother.\n\nOne line."_s;
        withTableRows(page, [&asked] {
            ++asked;
            return std::vector<PlacedWord>();
        });
        QCOMPARE(asked, 0);
    }

    void wordsWithAccentsDrawnApartAreWhole()
    {
        const auto document =
            FileExtractor::extractNow({.path = QStringLiteral(QUINTET_TEST_DATA "/pdf/accents.pdf")}, {});
        QVERIFY(document.has_value());
        QCOMPARE(document->text, u"Der Kessel pfeift in der Küche, und der Tee ist für alle Gäste genug. Nach dem "
                                 "Frühstück können wir über die Länge der Kanne reden."_s);
    }

    void onlyWhatAllButTouchesIsJoined()
    {
        const std::vector<CutWord> words{{u"é"_s, 0, 5, 5, 10},          {u"té"_s, 6, 14, 5, 10},
                                         {u"gâté"_s, 17, 30, 5, 10},     {u"fin"_s, 31, 40, 17, 10},
                                         {u"plain"_s, 40.5, 60, 17, 10}, {u"text"_s, 60.5, 80, 17, 10}};
        const auto whole = mended(words);
        QCOMPARE(whole.size(), size_t(5));
        QCOMPARE(whole[0].text, u"été"_s);
        QCOMPARE(withoutGaps(u"é té  gâté\nfin plain text, dé té"_s, words), u"été  gâté\nfin plain text, dé té"_s);
        QVERIFY(mayBeTorn(u"fü r die Kü che"));
        QVERIFY(!mayBeTorn(u"L’été a été gâté par la pluie, et le thé est prêt."));
        QVERIFY(!mayBeTorn(u"nothing at all"));
    }

    void wordsThatLineEndsTearToo()
    {
        const std::vector<CutWord> words{
            {u"Vor-"_s, 0, 20, 5, 10}, {u"prü"_s, 0, 15, 17, 10}, {u"f-"_s, 16, 20, 17, 10}, {u"ung"_s, 0, 15, 29, 10}};
        QCOMPARE(withoutGaps(u"Vorprü fung"_s, words), u"Vorprüfung"_s);
    }

    void theOutlineNamesTheHeadings()
    {
        const QString text = u"Contents\n\nIntroduction\nText 😀 here.\n\n1 Methods\nMore text.\n\nMethods\nagain"_s;
        const auto headings = headingsOf(text, {{1, u"Introduction"_s}, {2, u"Methods"_s}});
        QCOMPARE(headings.size(), size_t(2));
        QCOMPARE(headings[0], (Heading{10, 1, u"Introduction"_s}));
        QCOMPARE(headings[1].level, 2);
        QCOMPARE(headings[1].title, u"1 Methods"_s);
        QCOMPARE(headings[1].start, text.toUcs4().indexOf(U'1'));
    }

    void withoutAnOutlineNumbersTell()
    {
        const auto headings =
            headingsOf(u"1 Introduction\nIn 2024 it was.\n2.1. The Kettle\n3.5 percent of all.\n1999 Was it"_s, {});
        QCOMPARE(headings.size(), size_t(2));
        QCOMPARE(headings[1].title, u"2.1. The Kettle"_s);
        QCOMPARE(headings[1].level, 2);
    }

    void anotherProgramsPdfIsReadInOrder()
    {
        const auto document =
            FileExtractor::extractNow({.path = QStringLiteral(QUINTET_TEST_DATA "/documents/tour.pdf")}, {});
        QVERIFY(document);
        for (
            const QString &words :
            {u"The efficient kettle boils quickly. Größe, naïveté, 水壶在炉子上, Чайник кипит, 😀 and the Hebrew word שלום are here."_s,
             u"• some tea"_s, u"Item | Price | Made in\nKettle | 25.50 | Delft\nCup | 4.20 | Meissen"_s,
             u"العربية تُكتب من اليمين إلى اليسار"_s})
            QVERIFY2(document->text.contains(words), qPrintable(document->text));
        QVERIFY(!document->text.endsWith(u"\n1"));
        QCOMPARE(document->title, u"The Kettle and the Bridge"_s);
        const qint64 prices =
            document->text.toUcs4().size() - document->text.sliced(document->text.indexOf(u"25.50")).toUcs4().size();
        QCOMPARE(headingPath(document->headings, prices), QStringList({u"First steps"_s, u"Prices"_s}));
    }

    void columnsAreReadOneAfterTheOther()
    {
        const auto document =
            FileExtractor::extractNow({.path = QStringLiteral(QUINTET_TEST_DATA "/pdf/columns.pdf")}, {});
        QVERIFY(document);
        const QString text = document->text.simplified();
        const qsizetype left = text.indexOf(u"The left column ends with this sentence about tea.");
        const qsizetype right = text.indexOf(u"The right column begins with the town");
        QVERIFY2(left > 0 && right > left, qPrintable(document->text));
    }
};

QTEST_GUILESS_MAIN(TestPdf)
#include "tst_pdf.moc"
