// SPDX-License-Identifier: GPL-3.0-or-later
#include "pattern/advisor.h"

#include <QTest>

using namespace quintet::pattern;
using namespace Qt::StringLiterals;

class TestAdvisor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSummaryOfOneFileNeedsNoConversation()
    {
        const auto hint = cheaperThan(
            Pattern::Chat, {.text = QStringLiteral("Summarize this report"), .files = 1, .characters = 40'000});
        QVERIFY(hint);
        QCOMPARE(hint->pattern, Pattern::Summarize);
        QVERIFY2(hint->factor > 3 && hint->factor < 6, qPrintable(QString::number(hint->factor)));
        QVERIFY(!cheaperThan(
            Pattern::Chat, {.text = QStringLiteral("Let's talk about this report"), .files = 1, .characters = 40'000}));
    }

    void aTaskWithoutToolsNeedsNoAgent()
    {
        const Wish plain{.text = QStringLiteral("Write a friendly birthday card for a colleague")};
        const auto hint = cheaperThan(Pattern::Agent, plain, {.usdPerMillionInput = 2, .usdPerMillionOutput = 8});
        QVERIFY(hint && hint->factor >= 5);
        QVERIFY(!cheaperThan(Pattern::Agent, {.text = QStringLiteral("Find the total sales of last month")}));
        QVERIFY(!cheaperThan(Pattern::Summarize, plain));
        QVERIFY(!cheaperThan(Pattern::Agent, {}));
    }

    void aPictureIsForChat()
    {
        QCOMPARE(recommend({.text = QStringLiteral("What is on it?"), .pictures = 1}).pattern, Pattern::Chat);
    }

    void aWishFindsItsPattern_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("files");
        QTest::addColumn<int>("folders");
        QTest::addColumn<bool>("ownDocuments");
        QTest::addColumn<Pattern>("pattern");
        const auto row = [](const QString &text, int files, int folders, bool own, Pattern pattern) {
            QTest::newRow(qPrintable(text + QStringLiteral(" %1/%2").arg(files).arg(folders)))
                << text << files << folders << own << pattern;
        };
        using enum Pattern;
        row(u"Summarize this report"_s, 1, 0, false, Summarize);
        row(u"Fasse den Bericht zusammen"_s, 1, 0, false, Summarize);
        row(QString(), 1, 0, false, Summarize);
        row(QString(), 0, 0, false, Summarize);
        row(QString(), 200, 0, false, Batch);
        row(QString(), 0, 1, false, Batch);
        row(u"Classify each file by its mood"_s, 0, 1, false, Batch);
        row(u"Summarize 5 thousand reviews"_s, 0, 0, false, Batch);
        row(u"Übersetze jede Datei ins Englische"_s, 0, 1, false, Batch);
        row(u"How long is the warranty?"_s, 0, 0, true, Knowledge);
        row(u"Which contract ends first?"_s, 0, 1, false, Knowledge);
        row(u"Wo steht die Kündigungsfrist in unseren Dokumenten?"_s, 0, 0, false, Knowledge);
        row(u"Look up the sales in the database and calculate the average of each month"_s, 0, 0, false, Agent);
        row(u"Berechne den Umsatz aus der Datenbank"_s, 0, 0, false, Agent);
        row(u"classify these 4000 reviews"_s, 0, 0, false, Batch);
        row(u"Translate 1,200 product descriptions"_s, 0, 0, false, Batch);
        row(u"Summarize this in 200 words"_s, 1, 0, false, Summarize);
        row(u"Summarize the 2026 annual report"_s, 1, 0, false, Summarize);
        row(u"what does my contract say about damage"_s, 0, 0, false, Knowledge);
        row(u"Was steht im Mietvertrag? Was sagt unsere Satzung dazu?"_s, 0, 0, false, Knowledge);
        row(u"find the total sales for last month and calculate growth"_s, 0, 0, false, Agent);
        row(u"hello"_s, 0, 0, false, Chat);
        row(u"Let's discuss my thesis"_s, 0, 0, false, Chat);
        row(u"Why is the sky blue?"_s, 0, 0, false, Chat);
        row(u"Lass uns über den Plan diskutieren"_s, 0, 0, false, Chat);
    }

    void aWishFindsItsPattern()
    {
        QFETCH(QString, text);
        QFETCH(int, files);
        QFETCH(int, folders);
        QFETCH(bool, ownDocuments);
        QFETCH(Pattern, pattern);
        const auto found = recommend({.text = text, .files = files, .folders = folders, .ownDocuments = ownDocuments});
        QCOMPARE(found.pattern, pattern);
        QCOMPARE(found.traits, traitsOf(pattern));
        QVERIFY(!found.reasons.isEmpty());
        for (const QString &reason : found.reasons)
            QVERIFY2(reason.endsWith(u'.'), qPrintable(reason));
        QVERIFY(found.alternative != found.pattern);
        QVERIFY(found.whyNotAlternative.endsWith(u'.'));
    }

    void anUnknownPriceIsNotZero()
    {
        const auto found = recommend({.text = u"Summarize"_s, .files = 1, .characters = 4000});
        QVERIFY(!found.expectedCostUsd);
        QVERIFY(!found.expectedSeconds);
    }

    void aKnownPriceGivesAnExpectation()
    {
        const ModelFacts facts{.usdPerMillionInput = 1.0, .usdPerMillionOutput = 2.0, .tokensPerSecond = 100.0};
        const auto one = recommend({.text = u"Summarize"_s, .files = 1, .characters = 4'000'000}, facts);
        QVERIFY(one.expectedCostUsd && *one.expectedCostUsd > 0.9 && *one.expectedCostUsd < 1.2);
        QCOMPARE(one.expectedSeconds, 3.0);
        const auto many = recommend({.text = {}, .files = 100, .characters = 4'000'000}, facts);
        QCOMPARE(many.pattern, Pattern::Batch);
        QVERIFY(many.expectedCostUsd && *many.expectedCostUsd < 0.6);
    }

    void aFolderOfUnknownSizeGivesNoExpectation()
    {
        const ModelFacts facts{.usdPerMillionInput = 1.0, .usdPerMillionOutput = 2.0, .tokensPerSecond = 100.0};
        QVERIFY(!recommend({.text = {}, .folders = 1}, facts).expectedCostUsd);
    }

    void theTableHasFiveRowsWithKeys()
    {
        const auto all = allTraits();
        QCOMPARE(all.size(), size_t(5));
        for (const Traits &traits : all) {
            QCOMPARE(patternFromKey(traits.key), std::optional(traits.pattern));
            QVERIFY(!traits.title.isEmpty() && !traits.use.isEmpty() && !traits.technique.isEmpty());
        }
        QVERIFY(!patternFromKey(u"nothing"_s));
    }
};

QTEST_GUILESS_MAIN(TestAdvisor)
#include "tst_advisor.moc"
