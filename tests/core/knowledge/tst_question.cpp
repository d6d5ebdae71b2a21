// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/question.h"
#include "knowledge/retrieval/fusion.h"
#include "knowledge/retrieval/hitselection.h"
#include "knowledge/retrieval/keywordleg.h"
#include "knowledge/terms/termreader.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace Qt::StringLiterals;

class TestQuestion final : public QObject {
    Q_OBJECT

private:
    static QStringList termsOf(const QString &text, const QString &language)
    {
        QStringList terms;
        TermReader(language).read(text, [&terms](const Term *term) {
            if (term)
                terms << term->text;
        });
        return terms;
    }

private Q_SLOTS:
    void optionsOfProgramsAreAskedFor()
    {
        const Question question = questionFrom(u"how much memory does xz -9 need, and what does rm -rf do -windows"_s);
        QCOMPARE(question.without, QStringList{u"windows"_s});
        QVERIFY(question.words.contains(u"-9") && question.words.contains(u"-rf"));
        QCOMPARE(questionFrom(u"旅館 -東京"_s).without, QStringList{u"東京"_s});
    }

    void operatorsAreTakenOutOfTheWords()
    {
        const Question question =
            questionFrom(u"who \"pays  wear\" -borrower file:\"lending rules\" file:.pdf after:2024-05 now"_s);
        QCOMPARE(question.words, u"who pays wear now"_s);
        QCOMPARE(question.phrases, QStringList{u"pays wear"_s});
        QCOMPARE(question.without, QStringList{u"borrower"_s});
        QCOMPARE(question.files, (QStringList{u"lending rules"_s, u".pdf"_s}));
        QCOMPARE(question.after, QDate(2024, 5, 1));
    }

    void whatIsNoOperatorIsAWord()
    {
        QCOMPARE(questionFrom(u"after:tomorrow - -- \"open"_s).words, u"after:tomorrow - -- \"open"_s);
        QCOMPARE(questionFrom(QString()), Question());
        const QString quotes(100'000, u'"');
        QVERIFY(questionFrom(quotes).phrases.isEmpty());
        QVERIFY(questionFrom(QString(u"\" "_s).repeated(50'001)).words.size() < 100'003);
    }

    void wordsBecomeTermsOfTheirLanguage()
    {
        QCOMPARE(termsOf(u"The borrowed tools"_s, u"en"_s), (QStringList{u"borrow"_s, u"tool"_s}));
        QCOMPARE(termsOf(u"Die Häuser"_s, u"de"_s), QStringList{u"haus"_s});
        QCOMPARE(termsOf(u"東京都"_s, u"ja"_s), (QStringList{u"東京"_s, u"京都"_s}));
        QCOMPARE(termsOf(u"parseQuery(HTTPServer)"_s, QString()),
                 (QStringList{u"parsequery"_s, u"parse"_s, u"query"_s, u"httpserver"_s, u"http"_s, u"server"_s}));
        QCOMPARE(termsOf(u"café CAFE"_s, QString()), (QStringList{u"cafe"_s, u"cafe"_s}));
    }

    void noTermCanSaySomethingToTheIndex()
    {
        for (const QString &text : {u"\"a\" OR b* NEAR(c) {heading}: ^d"_s, u"x\u0000y ' \\ -- ; ✓ ( )"_s}) {
            for (const QString &term : termsOf(text, u"en"_s)) {
                for (const QChar c : term)
                    QVERIFY2(c.unicode() > 127 || c.isLetterOrNumber() || c == u'.' || c == u',', qPrintable(term));
            }
        }
    }

    void packedCountsComeBack()
    {
        QRandomGenerator random(1);
        TermCounts counts;
        for (int i = 0; i < 2'000; ++i)
            counts.push_back({random.generate(), random.bounded(1U, 300U), i % 5 == 0 ? random.bounded(1U, 9U) : 0});
        counts = summedUp(counts);
        QCOMPARE(unpacked(packed(counts)), counts);
        for (const TermCount &count : counts)
            QCOMPARE(*knowledge::find(counts, count.id), count);
        const QByteArray bytes = packed(counts);
        for (qsizetype cut = 0; cut < bytes.size(); cut += 97)
            QVERIFY(unpacked(bytes.first(cut)).size() <= counts.size());
    }

    void theIndexIsAskedForFewPostings()
    {
        QuestionTerms question;
        question.terms = {{{u"rare"_s, 1}, 10}, {{u"usual"_s, 2}, 50'000}, {{u"everywhere"_s, 3}, 900'000}};
        QCOMPARE(expressionFor(question), u"(\"rare\" OR \"usual\")"_s);
        question.terms.erase(question.terms.begin(), question.terms.begin() + 2);
        QCOMPARE(expressionFor(question), u"(\"everywhere\")"_s);
        question.phrases = {u"(\"exact words\")"_s};
        question.withoutTexts = {u"not"_s};
        QCOMPARE(expressionFor(question), u"((\"everywhere\") AND (\"exact words\")) NOT (\"not\")"_s);
        QCOMPARE(expressionFor(QuestionTerms()), QString());
    }

    void fusionOrdersByBothLegs()
    {
        QRandomGenerator random(2);
        for (int round = 0; round < 200; ++round) {
            std::vector<Fused> passages;
            for (int i = 0; i < 40; ++i)
                passages.push_back({.chunk = i + 1,
                                    .keyword = random.bounded(3) ? random.bounded(20.0) : 0,
                                    .vector = random.bounded(3) ? random.bounded(2.0) - 1 : 0});
            const auto raw = passages;
            const double weight = random.bounded(1.0);
            fuse(passages, weight);
            for (size_t i = 0; i < passages.size(); ++i) {
                const Fused &passage = passages[i];
                QVERIFY(passage.score > 0 && passage.score <= 1 + 1e-9);
                QVERIFY(i == 0 || passages[i - 1].score >= passage.score);
                // Who is better in both is never behind.
                for (size_t j = 0; j < i; ++j) {
                    const Fused &a = raw[size_t(passages[j].chunk - 1)];
                    const Fused &b = raw[size_t(passage.chunk - 1)];
                    QVERIFY(!(b.keyword > a.keyword && b.vector > a.vector && b.vector > 0 && a.keyword > 0)
                            || passages[j].score >= passage.score);
                }
            }
        }
    }

    void hitsAreChosenForVarietyAndNothingIsSaidTwice()
    {
        QRandomGenerator random(5);
        for (int round = 0; round < 100; ++round) {
            std::vector<Candidate> candidates;
            for (int i = 0; i < 60; ++i) {
                Candidate candidate;
                candidate.fused = {.chunk = i + 1, .score = 1 - i / 100.0};
                const int kind = int(random.bounded(20));
                candidate.row = {.chunk = i + 1, .content = random.bounded(1, 8), .number = int(random.bounded(30))};
                candidate.row.start = candidate.row.number * 10;
                candidate.row.text = u"says %1 of %2"_s.arg(kind).arg(candidate.row.content);
                candidate.row.end = candidate.row.start + candidate.row.text.size();
                for (TermId term = 0; term < 6; ++term)
                    candidate.terms.push_back({TermId(kind * 6) + term, 1, 0});
                candidates.push_back(std::move(candidate));
            }
            const int count = int(random.bounded(0, 12));
            const std::vector<Hit> hits = selectHits(candidates, count, false);
            QVERIFY(hits.size() <= size_t(count));
            QVERIFY(count == 0 || hits.front().chunk == 1); // the best is always the first
            QSet<QString> said;
            for (const Hit &hit : hits) {
                QVERIFY(!said.contains(hit.text));
                said.insert(hit.text);
                const Candidate &its = candidates[size_t(hit.chunk - 1)];
                QCOMPARE(hit.text, its.row.text);
                QCOMPARE(hit.start, its.row.start);
                // Who is left out and better was like one that was taken.
                for (const Candidate &better : candidates) {
                    if (better.fused.chunk >= hit.chunk || said.contains(better.row.text))
                        continue;
                    QVERIFY(std::ranges::any_of(hits, [&](const Hit &taken) {
                        const Candidate &one = candidates[size_t(taken.chunk - 1)];
                        return one.row.text == better.row.text || likeness(one.terms, better.terms) > freeLikeness;
                    }));
                }
            }
            for (const Hit &joined : selectHits(candidates, count, true))
                QVERIFY(joined.end >= joined.start);
        }
    }

    void withoutVectorsTheOrderIsThatOfTheWords()
    {
        std::vector<Fused> passages{{.chunk = 1, .keyword = 2}, {.chunk = 2, .keyword = 5}, {.chunk = 3, .vector = 1}};
        fuse(passages, 0);
        QCOMPARE(passages.size(), size_t(2));
        QCOMPARE(passages[0].chunk, 2);
        QCOMPARE(passages[0].score, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestQuestion)
#include "tst_question.moc"
