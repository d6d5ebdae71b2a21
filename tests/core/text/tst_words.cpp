// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/language.h"
#include "text/tokenestimate.h"
#include "text/vocabulary.h"

#include <QTest>

using namespace quintet::text;
using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(QStringView text)
{
    QStringList words;
    forEachWord(text, [&](Span span, WordKind) { words << span.of(text).toString(); });
    return words;
}

} // namespace

class TestWords final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfSpacedScripts()
    {
        QCOMPARE(wordsOf(u"Don't panic: it's 3.5 km, B12-free."),
                 (QStringList{u"Don"_s, u"panic"_s, u"it"_s, u"3.5"_s, u"km"_s, u"B12"_s, u"free"_s}));
        QCOMPARE(wordsOf(u"l’homme d'été"), (QStringList{u"l"_s, u"homme"_s, u"d"_s, u"été"_s}));
        QCOMPARE(wordsOf(u"الكتاب جديد"), (QStringList{u"الكتاب"_s, u"جديد"_s}));
    }

    void wordsOfScriptsWithoutSpaces()
    {
        QCOMPARE(wordsOf(u"天气很好。"), (QStringList{u"天气"_s, u"气很"_s, u"很好"_s}));
        QCOMPARE(wordsOf(u"水"), (QStringList{u"水"_s}));
        QCOMPARE(wordsOf(u"ภาษา"), (QStringList{u"ภาษ"_s, u"าษา"_s}));
    }

    void countsAgreeWithWc()
    {
        QCOMPARE(countWords(u"Three plain words."), 3);
        QCOMPARE(countWords(u"  a -- b\n\nc  "), 4);
        QCOMPARE(countWords(u"今天天气很好我们"), 5);
        QCOMPARE(countWords(u""), 0);
    }

    void formsOfAWordAreOneTerm()
    {
        Vocabulary english({u"en"_s});
        const int first = english.idOf(u"Kettles", WordKind::Letters);
        QCOMPARE(english.idOf(u"kettle", WordKind::Letters), first);
        QCOMPARE(english.idOf(u"The", WordKind::Letters), Vocabulary::stopWord);
        QVERIFY(english.idOf(u"boiling", WordKind::Letters) != first);
        Vocabulary german({u"de"_s});
        QCOMPARE(german.idOf(u"Häuser", WordKind::Letters), german.idOf(u"haus", WordKind::Letters));
    }

    void eachFormIsStemmedOnce()
    {
        Vocabulary vocabulary({u"en"_s});
        for (int i = 0; i < 100'000; ++i)
            vocabulary.idOf(i % 2 ? u"running" : u"Runs", WordKind::Letters);
        QCOMPARE(vocabulary.formsSeen(), 2);
        for (int i = 0; i < 50'000; ++i)
            vocabulary.idOf(QString::number(i), WordKind::Number);
        QCOMPARE(vocabulary.size(), 50'001);
        QCOMPARE(vocabulary.idOf(u"77", WordKind::Number), vocabulary.idOf(u"77", WordKind::Number));
    }

    void languagesAreGuessed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        const auto row = [](const char *language, const QString &text) {
            QTest::newRow(language) << text << QString::fromLatin1(language);
        };
        row("en", u"The kettle is on the stove and it will boil soon."_s);
        row("de", u"Der Kessel steht auf dem Herd und wird bald kochen."_s);
        row("fr", u"La bouilloire est sur le feu et elle va bientôt chanter."_s);
        row("es", u"La tetera está en el fuego y pronto va a hervir para todos."_s);
        row("it", u"Il bollitore è sul fuoco e presto bollirà, come ogni mattina della settimana."_s);
        row("pt", u"A chaleira está no fogo e não demora muito para ferver."_s);
        row("nl", u"De ketel staat op het vuur en het water zal zo koken."_s);
        row("ru", u"Чайник стоит на плите, и вода скоро закипит."_s);
        row("zh", u"水壶在炉子上，水很快就会开。"_s);
        row("ja", u"やかんは火にかかっていて、もうすぐ沸きます。"_s);
        row("ko", u"주전자가 불 위에 있고 물이 곧 끓을 것입니다."_s);
        row("ar", u"الغلاية على النار والماء سوف يغلي قريبا."_s);
        row("el", u"Ο βραστήρας είναι στη φωτιά και το νερό θα βράσει."_s);
        row("", u"12 34 56"_s);
    }

    void languagesAreGuessed()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QCOMPARE(guessLanguage(text), language);
    }

    void aMixedTextHasBothLanguages()
    {
        const QString text = u"The kettle is on the stove and it will boil. "_s.repeated(5)
                             + u"Der Kessel steht auf dem Herd und er wird bald kochen. "_s.repeated(5);
        QVERIFY(guessLanguages(text).contains(u"de"_s));
        QVERIFY(guessLanguages(text).contains(u"en"_s));
    }

    void tokensAreEstimatedByScript()
    {
        const qint64 english =
            estimateTokens(u"The quick brown fox jumps over the lazy dog and runs away from the hunters.");
        QVERIFY2(english >= 14 && english <= 20, qPrintable(QString::number(english)));
        const qint64 chinese = estimateTokens(u"今天天气很好我们去公园吧");
        QVERIFY2(chinese >= 10 && chinese <= 18, qPrintable(QString::number(chinese)));
        QCOMPARE(estimateTokens(u""), 0);
        QVERIFY(estimateTokens(u"a") >= 1);
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
