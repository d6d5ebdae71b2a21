// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/answering.h"
#include "llm/builtin/builtinbackend.h"
#include "llm/stream.h"
#include "support/resultof.h"

#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::llm::builtin;
using quintet::test::resultOf;
using namespace Qt::StringLiterals;

namespace {

const QString policy = u"# Refunds\n\nThank you for shopping with us.\n\nA refund is paid within 14 days of the "
                       u"return. Shipping costs are not refunded. Vouchers can be used for three years.\n\n"
                       u"| Kind | Days |\n|---|---|\n| Laptop · 30 days to return it |\n| Book | 60 days |\n"_s;
const QString travel = u"Travel expenses\n\nTrains are booked in second class. A hotel may cost 120 euros a night; "
                       u"more needs a manager's word. Receipts are handed in within a month.\n"_s;

std::vector<AnswerSentence> ask(const QString &question, const QStringList &passages, int sentences = 4)
{
    AnswerWish wish{.question = question, .passages = {}, .sentences = sentences};
    for (const QString &passage : passages)
        wish.passages.push_back({passage, {}});
    const auto found = answerFrom(wish, {});
    if (!found)
        qFatal("%s", qPrintable(found.error().message));
    return *found;
}

} // namespace

class TestAnswering final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesTheSentenceThatHoldsTheAnswer_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<int>("passage");
        QTest::addColumn<QString>("answer");
        QTest::addRow("inflected") << u"How soon are refunds paid?"_s << 0
                                   << u"A refund is paid within 14 days of the return."_s;
        QTest::addRow("second passage") << u"What may a hotel cost?"_s << 1
                                        << u"A hotel may cost 120 euros a night; more needs a manager's word."_s;
        QTest::addRow("table row") << u"Return a laptop"_s << 0 << u"Laptop · 30 days to return it"_s;
    }

    void quotesTheSentenceThatHoldsTheAnswer()
    {
        QFETCH(QString, question);
        QFETCH(int, passage);
        QFETCH(QString, answer);
        const auto found = ask(question, {policy, travel}, 1);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found.front().passage, passage);
        QVERIFY2(found.front().text.contains(answer), qPrintable(found.front().text));
    }

    void offsetsAreThoseOfTheSentence()
    {
        const QString text = u"\U0001F600 Hello there, dear reader. The harbour opens at six. Nothing else is said."_s;
        const auto found = ask(u"When does the harbour open?"_s, {text}, 1);
        QCOMPARE(found.size(), size_t(1));
        const QList<uint> points = text.toUcs4().sliced(found[0].start, found[0].end - found[0].start);
        QCOMPARE(QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size()),
                 u"The harbour opens at six."_s);
    }

    void saysNothingWhereNothingFits()
    {
        QCOMPARE(ask(u"Who painted the ceiling of the chapel?"_s, {policy, travel}).size(), size_t(0));
        QCOMPARE(ask(u"the of and"_s, {policy}).size(), size_t(0));
        QCOMPARE(ask(u"refunds"_s, {}).size(), size_t(0));
    }

    void doesNotSayTheSameTwice()
    {
        QCOMPARE(ask(u"How soon are refunds paid?"_s, {policy, policy}).size(),
                 ask(u"How soon are refunds paid?"_s, {policy}).size());
    }

    void worksInOtherLanguages()
    {
        const auto chinese = ask(u"退款需要几天？"_s, {u"感谢您的光临。退款将在十四天内支付。运费不予退还。"_s}, 1);
        QCOMPARE(chinese.size(), size_t(1));
        QCOMPARE(chinese[0].text, u"退款将在十四天内支付。"_s);
        const auto german = ask(u"Wann schließt das Lager?"_s,
                                {u"Das Büro öffnet um neun. Das Lager schließt am Freitag schon um drei."_s}, 1);
        QCOMPARE(german.size(), size_t(1));
        QCOMPARE(german[0].text, u"Das Lager schließt am Freitag schon um drei."_s);
    }

    void anEmptyQuestionIsRefused()
    {
        const auto found = answerFrom({.question = u"  "_s, .passages = {{policy, {}}}}, {});
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::BadInput);
    }

    void theBackendStreamsItWithMarkers()
    {
        Request request;
        request.answer = AnswerWish{.question = u"What may a hotel cost?"_s,
                                    .passages = {{policy, u"Refunds"_s}, {travel, u"Travel"_s}},
                                    .sentences = 1};
        BuiltinBackend backend;
        const auto answered = resultOf(llm::collect(backend.start(request, {}), {}, {}));
        QVERIFY(answered);
        QCOMPARE(answered->text, u"A hotel may cost 120 euros a night; more needs a manager's word. [2]"_s);
        QCOMPARE(answered->quotes.size(), size_t(1));
        QCOMPARE(answered->quotes[0].passage, 1);
        request.answer->question = u"Who painted the chapel?"_s;
        const auto nothing = resultOf(llm::collect(backend.start(request, {}), {}, {}));
        QVERIFY(nothing);
        QVERIFY(nothing->quotes.empty());
        QVERIFY(!nothing->text.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAnswering)
#include "tst_answering.moc"
