// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace quintet::text;
using namespace Qt::StringLiterals;

namespace {

QList<BlockKind> kindsOf(QStringView text)
{
    QList<BlockKind> kinds;
    for (const Block &block : splitBlocks(text))
        kinds << block.kind;
    return kinds;
}

} // namespace

class TestSentences final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsSplitAsPeopleWould_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("sentences");
        QFile file(QStringLiteral(QUINTET_TEST_DATA "/split_cases.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(cases.size() > 30);
        for (const QJsonValue &value : cases) {
            QStringList sentences;
            for (const QJsonValue &sentence : value["sentences"_L1].toArray())
                sentences << sentence.toString();
            QTest::newRow(qPrintable(value["name"_L1].toString()))
                << value["text"_L1].toString() << value["lang"_L1].toString() << sentences;
        }
    }

    void textIsSplitAsPeopleWould()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QFETCH(QStringList, sentences);
        QCOMPARE(sentencesOf(text, language), sentences);
        // Nobody tells the program the language of a file.
        QCOMPARE(sentencesOf(text), sentences);
    }

    void moreCases_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("sentences");
        const auto row = [](const char *name, const QString &text, const QStringList &sentences) {
            QTest::newRow(name) << text << sentences;
        };
        row("an ellipsis in a list", u"We saw Y1 , . . . , YJ in the data. It was late."_s,
            {u"We saw Y1 , . . . , YJ in the data."_s, u"It was late."_s});
        row("a bracket with a sentence of its own", u"(It failed. We saw.) Then we left."_s,
            {u"(It failed. We saw.)"_s, u"Then we left."_s});
        row("etc. at the end", u"We sold tea, milk, etc. The shop closed at noon."_s,
            {u"We sold tea, milk, etc."_s, u"The shop closed at noon."_s});
        row("a spaced ellipsis", u"He said . . . Nothing."_s, {u"He said . . ."_s, u"Nothing."_s});
        row("an initial is no end, the pronoun is", u"So did I. Then he left."_s, {u"So did I."_s, u"Then he left."_s});
        row("a year ends a German sentence", u"Das geschah im Jahr 1990. Danach war es so."_s,
            {u"Das geschah im Jahr 1990."_s, u"Danach war es so."_s});
        row("chapter numbers", u"1.2. The method is old. It works."_s, {u"1.2. The method is old."_s, u"It works."_s});
        row("Chinese with normalised marks", u"我们去公园吧!大家都来了?是的。"_s,
            {u"我们去公园吧!"_s, u"大家都来了?"_s, u"是的。"_s});
        row("no text", QString(), {});
        row("marks alone", u"... !!! ???"_s, {});
    }

    void moreCases()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, sentences);
        QCOMPARE(sentencesOf(text), sentences);
    }

    void everySentencePointsAtItsSource()
    {
        const QString text =
            u"One is here.  Two was wrapped by an old mail program at sixty and\nis joined again. Three."_s;
        const auto blocks = splitBlocks(text);
        qsizetype last = 0;
        for (const Sentence &sentence : splitSentences(text, blocks)) {
            QVERIFY(sentence.span.start >= last);
            QVERIFY(!sentence.span.isEmpty());
            QVERIFY(blocks.at(size_t(sentence.block)).span.contains(sentence.span.start));
            last = sentence.span.end;
        }
        QCOMPARE(last, text.size());
    }

    void aTextWithoutCapitalsIsStillCut()
    {
        const QString text = u"i went home. it was late. "_s.repeated(200);
        QCOMPARE(sentencesOf(text).size(), 400);
    }

    void titlesHeadingsListsAndTablesAreTold()
    {
        using enum BlockKind;
        QCOMPARE(kindsOf(u"A Study of Kettles\n\nKettles boil. They whistle."), (QList<BlockKind>{Title, Paragraph}));
        QCOMPARE(kindsOf(u"It starts. Here.\n\nResults\n\nThey were good."),
                 (QList<BlockKind>{Paragraph, Heading, Paragraph}));
        QCOMPARE(kindsOf(u"Say this.\n- one\n- two"), (QList<BlockKind>{Paragraph, ListItem, ListItem}));
        QCOMPARE(kindsOf(u"Say this.\n\n1. Introduction\n\nIt works."),
                 (QList<BlockKind>{Paragraph, Heading, Paragraph}));
        QCOMPARE(kindsOf(u"Say this.\nyear\tsales\tcost\n2001\t5\t6"), (QList<BlockKind>{Paragraph, Table, Table}));
        QCOMPARE(kindsOf(u"Anna: Hello there.\nDr. Lee: Good day."), (QList<BlockKind>{Speech, Speech}));
        QCOMPARE(kindsOf(u"Say this.\n=====\nIt works."), (QList<BlockKind>{Paragraph, Markup, Paragraph}));
    }

    void flowingUndoesLineBreaks()
    {
        QCOMPARE(flowed(u"a sum-\nmary  of\n\tit"), u"a summary of it"_s);
        QCOMPARE(flowed(u"pre- and post-\nWar"), u"pre- and post- War"_s);
        QCOMPARE(flowed(u"今天天气\n很好"), u"今天天气很好"_s);
    }

    void bracketsThatNeverCloseCostNothing()
    {
        // Quadratic work here would take hours.
        const QString text = u"(a. B ["_s.repeated(300'000);
        QVERIFY(!sentencesOf(text).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
