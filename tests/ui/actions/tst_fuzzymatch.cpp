// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/fuzzymatch.h"

#include <QTest>

using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestFuzzyMatch final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypedLetterIsThereAndInOrder()
    {
        QVERIFY(fuzzyMatch(u"nwcnv"_s, u"New conversation"_s));
        QVERIFY(!fuzzyMatch(u"vnc"_s, u"New conversation"_s));
        QVERIFY(!fuzzyMatch(u"newx"_s, u"New conversation"_s));
        QVERIFY(!fuzzyMatch(u"a text that is longer"_s, u"short"_s));
    }

    void caseAccentsAndSpacesDoNotCount()
    {
        QVERIFY(fuzzyMatch(u"ubersicht"_s, u"Übersicht"_s));
        QVERIFY(fuzzyMatch(u"NEW CHAT"_s, u"New temporary chat"_s));
        QCOMPARE(fuzzyMatch({}, u"anything"_s), 0);
    }

    void beginningsOfWordsWin_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("initials") << u"nc"_s << u"New conversation"_s << u"Once"_s;
        QTest::newRow("start") << u"ex"_s << u"Export"_s << u"Next conversation"_s;
        QTest::newRow("in a row") << u"run"_s << u"New run"_s << u"Return"_s;
        QTest::newRow("shorter") << u"stop"_s << u"Stop"_s << u"Stop the answer"_s;
    }
    void beginningsOfWordsWin()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(fuzzyMatch(typed, better));
        QVERIFY(fuzzyMatch(typed, better).value() > fuzzyMatch(typed, worse).value_or(-1'000));
    }
};

QTEST_GUILESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
