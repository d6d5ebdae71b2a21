// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "llm/builtin/extractive.h"
#include "llm/builtin/phrases.h"
#include "llm/builtin/sentencevectors.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/words.h"

#include <QSet>
#include <QTest>

using namespace quintet;
using namespace quintet::llm::builtin;
using namespace Qt::StringLiterals;

namespace {

document::Document sample(const QString &name)
{
    const auto document = document::FileExtractor::extractNow(
        {.path = QStringLiteral(QUINTET_TEST_DATA) + u'/' + name, .bytes = {}, .name = {}, .password = {}}, {});
    if (!document)
        qFatal("%s", qPrintable(document.error().message));
    return *document;
}

Result<Quotation> quote(const QString &text, int words, Markup markup = Markup::Guess)
{
    return quoteKeySentences(text, {.words = words, .markup = markup, .title = {}}, {});
}

QString stretch(const QString &text, qint64 start, qint64 end)
{
    const QList<uint> points = text.toUcs4().sliced(start, end - start);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size());
}

/// A page of a user's manual.
QString manual()
{
    QString text = u"Measuring your kettle\n\nIf you want to know how loudly your kettle whistles, you can measure it "
                   u"with the meter that came with it. "_s;
    text += u"Your kettle must be filled with cold water for that, and stand on your stove.\n\n"
            "- Hold the meter at the height of your head while the water boils.\n"
            "- Read the figure from it before the whistle ends.\n\n"_s;
    for (const QString &part : {u"lid"_s, u"gap"_s, u"spout"_s, u"handle"_s, u"base"_s}) {
        text += u"Your kettle shows you a small lamp at its %1 when the water in it is warm enough. You can turn off "
                "the %1 with your thumb.\n\n"_s.arg(part);
    }
    return text;
}

} // namespace

class TestExtractive final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void summariesKeepWhatTheyPromise_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("words");
        for (const auto &name : {u"texts/news-de.txt"_s, u"texts/article-ru.txt"_s, u"texts/article-zh.txt"_s,
                                 u"texts/article-ar.txt"_s, u"texts/readme.md"_s, u"pdf/kettles.pdf"_s}) {
            for (const int words : {15, 40, 80, 150})
                QTest::addRow("%s %d", qPrintable(name), words) << name << words;
        }
    }

    /// The checks that need no reference.
    void summariesKeepWhatTheyPromise()
    {
        QFETCH(QString, name);
        QFETCH(int, words);
        const document::Document document = sample(name);
        const bool markdown = document.format == u"markdown";
        const auto found = quote(document.text, words);
        QVERIFY(found.has_value());
        QStringList whole;
        const auto blocks = markdown ? text::splitMarkdownBlocks(document.text) : text::splitBlocks(document.text);
        for (const auto &sentence : text::splitSentences(document.text, blocks, {document.language, markdown}))
            whole << (markdown ? text::plainInline(sentence.span.of(document.text))
                               : text::flowed(sentence.span.of(document.text)));
        qint64 last = 0;
        qsizetype length = 0;
        QStringList seen;
        for (const KeySentence &sentence : found->sentences) {
            QVERIFY2(whole.contains(sentence.text), qPrintable(sentence.text));
            QVERIFY2(!seen.contains(sentence.text), qPrintable(sentence.text));
            QVERIFY2(!isCaption(sentence.text), qPrintable(sentence.text));
            QVERIFY(sentence.start >= last);
            QCOMPARE(markdown ? text::plainInline(stretch(document.text, sentence.start, sentence.end))
                              : text::flowed(stretch(document.text, sentence.start, sentence.end)),
                     sentence.text);
            seen << sentence.text;
            last = sentence.end;
            length += text::countWords(sentence.text);
        }
        QVERIFY2(length <= words + std::max(6, words / 10) || found->sentences.size() == 1,
                 qPrintable(QString::number(length)));
        // At most one in sixteen, and never the first.
        QVERIFY2(!startsDangling(found->sentences.front().text), qPrintable(found->sentences.front().text));
    }

    void markdownIsQuotedAsItIsRead()
    {
        const auto found = quote(sample(u"texts/readme.md"_s).text, 120);
        QVERIFY(found.has_value());
        QCOMPARE(found->kind, TextKind::Headed);
        QVERIFY2(found->sentences.front().text.startsWith(u"Teapot is a small server"), qPrintable(found->text()));
        for (const auto &mark : {u"**"_s, u"]("_s, u"`"_s, u"|"_s, u"make install"_s, u"rights reserved"_s, u"# "_s})
            QVERIFY2(!found->text().contains(mark), qPrintable(found->text()));
    }

    void anAbstractIsQuotedInOrder()
    {
        const auto found = quote(
            u"A Study\n\nAbstract\n\nWe measured forty kettles in twelve households over a year. The pitch depends on "
            u"the gap alone, whatever the water does. "
            "A maker can choose the pitch by choosing the gap.\n\nIntroduction\n\nKettles have been made for many "
            "centuries by many people in many lands. "
            "They boil the water that tea is made with every day.\n\nConclusion\n\nThe gap makes the whistle, and the water only drives it on."_s,
            34);
        QVERIFY(found.has_value());
        QCOMPARE(found->kind, TextKind::Abstract);
        QVERIFY(found->sentences.front().text.startsWith(u"We measured"));
        QVERIFY(found->text().contains(u"maker can choose"));
        QCOMPARE(found->sentences.size(), size_t(3));
    }

    void referencesAreNotQuoted()
    {
        const QString body = u"Kettles whistle because of the gap in the lid, as was measured in many households. "_s;
        const auto found =
            quote(u"Introduction\n\n"_s + body
                      + u"\n\nReferences\n\nRayleigh, J. The theory of sound in kettles and in other vessels, volume "
                        u"two, London. "
                        "Strutt, A. On whistling kettles and the gap in their lids and other gaps, a long study."_s,
                  200);
        QVERIFY(found.has_value());
        QVERIFY2(!found->text().contains(u"Rayleigh"), qPrintable(found->text()));
    }

    void tenCopiesSayItOnce()
    {
        const QString page = sample(u"texts/news-de.txt"_s).text;
        const auto found = quote(QString(page + u"\n\n"_s).repeated(10), 150);
        QVERIFY(found.has_value());
        QStringList seen;
        for (const KeySentence &sentence : found->sentences) {
            QVERIFY(!seen.contains(sentence.text));
            seen << sentence.text;
        }
    }

    void strangeTextsGetASensibleAnswer()
    {
        QCOMPARE(quote(u"Hello"_s, 80)->text(), u"Hello"_s);
        QCOMPARE(quote(u"It is late. He left."_s, 80)->text(), u"It is late. He left."_s);
        const auto endless = quote(u"and the water was hot "_s.repeated(2000), 50);
        QVERIFY(endless->text().endsWith(u" …"));
        QVERIFY(text::countWords(endless->text()) <= 52);
        const auto wide = quote(u"水很热"_s.repeated(3000), 50);
        QVERIFY(wide.has_value() && wide->text().size() < 100);
    }

    void aTitleAloneIsNoSummaryOfItself()
    {
        const QString text = u"Chapter 5. Starting the system"_s;
        QVERIFY(quote(text, 100).has_value());
        const auto titled = quoteKeySentences(text, {.words = 100, .title = u"Chapter 5.  Starting the system"_s}, {});
        QVERIFY(!titled);
        QCOMPARE(titled.error().kind, ErrorKind::NeedsModel);
    }

    void textsWithoutSentencesAreExplained_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("empty") << QString() << ErrorKind::BadInput;
        QTest::newRow("white space") << u" \n\t "_s << ErrorKind::BadInput;
        QTest::newRow("table") << u"1\t2\t3\n4\t5\t6\n"_s.repeated(50) << ErrorKind::NeedsModel;
        QTest::newRow("code") << u"if (a[i] == b[j]) { ++k; }\n"_s.repeated(50) << ErrorKind::NeedsModel;
        QTest::newRow("names") << u"Ada Lovelace\nGrace Hopper\nMary Shelley\n"_s.repeated(20) << ErrorKind::NeedsModel;
        QTest::newRow("headings") << u"# One\n\n## Two\n\n## Three\n\n## Four of them all together\n"_s
                                  << ErrorKind::NeedsModel;
    }

    void textsWithoutSentencesAreExplained()
    {
        QFETCH(QString, text);
        QFETCH(ErrorKind, kind);
        const auto found = quote(text, 80);
        QVERIFY2(!found, qPrintable(found ? found->text() : QString()));
        QCOMPARE(found.error().kind, kind);
    }

    void aCancelledTokenStopsIt()
    {
        CancelSource source;
        source.request_stop();
        QCOMPARE(quoteKeySentences(u"It is late. He left."_s, {}, source.get_token()).error().kind,
                 ErrorKind::Cancelled);
    }

    void aBudgetBelowEverySentenceGivesOneWhole()
    {
        const auto found = quote(sample(u"texts/news-de.txt"_s).text, 3);
        QVERIFY(found.has_value());
        QCOMPARE(found->sentences.size(), size_t(1));
    }

    void aBudgetForOneSentenceQuotesTheOneThatSaysWhatItIs()
    {
        const auto found = quote(manual(), 8);
        QVERIFY(found.has_value());
        QVERIFY2(found->text().startsWith(u"If you want to know how loudly"), qPrintable(found->text()));
        QCOMPARE(found->sentences.size(), size_t(1));
    }

    void aManualThatSaysYouIsNoSpeech()
    {
        QCOMPARE(quote(manual(), 200)->kind, TextKind::Plain);
        const QString speech = manual().replace(u"Your kettle"_s, u"My kettle, I think, as we said"_s);
        QCOMPARE(quote(speech, 200)->kind, TextKind::Spoken);
    }

    void itemsAreQuotedWithoutTheirBullets()
    {
        const auto found = quote(manual(), 200);
        QVERIFY(found->text().contains(u"Hold the meter"));
        QVERIFY2(!found->text().contains(u"- "), qPrintable(found->text()));
        for (const KeySentence &sentence : found->sentences)
            QCOMPARE(stretch(manual(), sentence.start, sentence.end), sentence.text);
    }

    void aNameInLowerCaseMayOpenAText()
    {
        const QString text = u"npmish is a small manager for the packages of a small and friendly language.\n\n"
                             "It reads what is wanted from a file and fetches nothing that is already there.\n"_s;
        QVERIFY2(quote(text, 60)->text().startsWith(u"npmish is"), qPrintable(quote(text, 60)->text()));
    }

    void formulasAndKeywordsAreNotQuoted()
    {
        const QString text = u"Kettles\n\nA kettle boils water for one cup of tea at a time, and no more than that.\n\n"
                             "Keywords: kettle, water, tea, one cup at a time.\n\n"
                             "K < − B o i l ( p r o b = 0 . 5 , s i z e = 1 ) is what the kettle boils.\n"_s;
        QCOMPARE(quote(text, 100)->text(),
                 u"A kettle boils water for one cup of tea at a time, and no more than that."_s);
    }

    void whatIsSaidAfterOnePatternIsQuotedOnce()
    {
        QString text = u"Programs\n\nThe session starts a number of programs that run in the background for you.\n\n"_s;
        for (const auto &name : {u"bus"_s, u"keyring"_s, u"session"_s, u"settings"_s, u"sound"_s}) {
            text += u"The %1 program talks with whatever else is running on the computer at that time.\n\n"
                    "More about it can be found in the handbook in chapter %1.\n\n"_s.arg(name);
        }
        QCOMPARE(quote(text, 400)->text().count(u"More about it can be found"), 1);
    }

    void decisionsThatBeginAlikeAreAllQuoted()
    {
        QString text = u"Minutes\n\n"_s;
        for (const auto &what :
             {u"garden gets a new fence before the winter"_s, u"library stays open on two evenings"_s,
              u"kitchen is painted by its users in spring"_s, u"fee for guests rises to nine euros"_s,
              u"archive moves into the dry cellar room"_s})
            text += u"It was decided that the %1 this year.\n\n"_s.arg(what);
        QVERIFY2(quote(text, 400)->text().count(u"It was decided") >= 4, qPrintable(quote(text, 400)->text()));
    }

    void anAbstractEndsWhereTheTextBegins()
    {
        const QString text = u"A Manual\n\nAbstract\n\nThis document says how the kettle is to be used by everybody. "
                             "It also says where to find more about kettles of other makers.\n"
                             "Write to us about errors in this text at kettles@example.org at any time.\n\n"
                             "Welcome to the kettle\n\n"_s
                             + u"We are glad that you have chosen this kettle among all the kettles there are. "_s
                             + u"\n\nBoiling\n\nThe kettle boils the water when the switch at its back is turned on. "
                               "The switch of the kettle turns itself off once the water boils.\n"_s;
        const auto found = quote(text, 60);
        QVERIFY2(found->text().startsWith(u"This document says how"), qPrintable(found->text()));
        QVERIFY2(found->text().contains(u"The kettle boils the water"), qPrintable(found->text()));
        QVERIFY(!found->text().contains(u'@'));
    }

    void aVeryLargeBudgetTakesNearlyAllOnce()
    {
        QString text;
        for (int i = 0; i < 6000; ++i)
            text += u"Kettle number %1 was measured by the people of house %2 in the morning. "_s.arg(i).arg(i % 977);
        const auto found = quote(text, 1'000'000);
        QVERIFY(found.has_value());
        QSet<QString> texts;
        for (const KeySentence &sentence : found->sentences)
            texts << sentence.text;
        QCOMPARE(texts.size(), qsizetype(found->sentences.size()));
        QVERIFY2(texts.size() > 2000, qPrintable(QString::number(texts.size())));
    }

    void figuresBetweenHanAreNoFormula()
    {
        const auto found = quote(u"该公司在 3 个国家设有办事处，并且在 2 个城市建立了研究中心。"_s, 60);
        QVERIFY(found.has_value() && found->text().contains(u"研究中心"));
    }

    void anAbstractIsToldFromANameThatBeginsLikeOne()
    {
        const QString text = u"Painting\n\nAbstract Expressionism emerged in New York in the years after the war. It "
                             "was the first movement from there that painters everywhere looked at.\n"_s;
        QVERIFY(quote(text, 60)->text().startsWith(u"Abstract Expressionism"));
    }

    void aLicenceIsNotQuoted()
    {
        const auto found = quote(u"# Kettle\n\nKettle is a program that boils water for one cup of tea at a time.\n\n"
                                 "## License\n\n### The MIT License (MIT)\n\nThe software may be used by whoever "
                                 "wants to boil water with it, for any purpose at all.\n"_s,
                                 100);
        QCOMPARE(found->text(), u"Kettle is a program that boils water for one cup of tea at a time."_s);
    }

    void offsetsCountCodePoints()
    {
        const QString text =
            u"😀😀 The kettle on the stove is whistling loudly again today. It will soon be time for a cup of tea."_s;
        const auto found = quote(text, 40);
        QVERIFY(found.has_value());
        for (const KeySentence &sentence : found->sentences)
            QCOMPARE(stretch(text, sentence.start, sentence.end), sentence.text);
    }

    void pickingCostsTheSameForALongText()
    {
        // Work for redundancy grows with the picks, not with the text: both texts offer the same few hundred best.
        SentenceVectors vectors({u"en"_s});
        std::vector<int> considered;
        for (int i = 0; i < 20'000; ++i)
            vectors.add(u"kettle number %1 whistles in house %2 every morning"_s.arg(i).arg(i % 97));
        vectors.weigh();
        for (int i = 0; i < 400; ++i)
            considered.push_back(i * 7);
        std::vector<float> most(considered.size());
        vectors.raiseToCosine(0, considered, most);
        QVERIFY(vectors.work() <= 400 * 8);
        QVERIFY(most[0] > 0.999F);
    }
};

QTEST_GUILESS_MAIN(TestExtractive)
#include "tst_extractive.moc"
