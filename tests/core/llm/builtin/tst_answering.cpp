// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/answering.h"
#include "llm/builtin/asked.h"
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

    void tellsWhatIsAskedFor_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<Asked>("asked");
        const auto row = [](const QString &question, Asked asked) {
            QTest::addRow("%s", qPrintable(question)) << question << asked;
        };
        row(u"Within how many days can I get a refund?"_s, Asked::Duration);
        row(u"How long may I keep it?"_s, Asked::Duration);
        row(u"How many tools may I borrow?"_s, Asked::Number);
        row(u"What is the share of electric buses?"_s, Asked::Number);
        row(u"When is the next meeting?"_s, Asked::Moment);
        row(u"What happens when a repair fails?"_s, Asked::Anything);
        row(u"How do I return something?"_s, Asked::Anything);
        row(u"Wie lange gilt der Gutschein?"_s, Asked::Duration);
        row(u"Wie viele Tage habe ich Zeit?"_s, Asked::Duration);
        row(u"Wie hoch ist die Pfandgebühr?"_s, Asked::Number);
        row(u"Bis wann ist geöffnet?"_s, Asked::Moment);
        row(u"Combien de jours avant la livraison ?"_s, Asked::Duration);
        row(u"¿Cuándo abre la tienda?"_s, Asked::Moment);
        row(u"¿Cuántos socios hay?"_s, Asked::Number);
        row(u"Quanto costa il biglietto?"_s, Asked::Number);
        row(u"Сколько дней можно вернуть товар?"_s, Asked::Duration);
        row(u"多少钱？"_s, Asked::Number);
        row(u"会议什么时候开始？"_s, Asked::Moment);
    }

    void tellsWhatIsAskedFor()
    {
        QFETCH(QString, question);
        QFETCH(Asked, asked);
        QCOMPARE(askedFor(question), asked);
    }

    void tellsWhichSentencesHaveSuchANumber()
    {
        QCOMPARE(fitness(u"The money comes within five working days.", Asked::Duration), 2);
        QCOMPARE(fitness(u"Die Frist beträgt 14 Tage.", Asked::Duration), 2);
        QCOMPARE(fitness(u"商品可以在30天内退货。", Asked::Duration), 2);
        QCOMPARE(fitness(u"A deposit of 40 € is taken.", Asked::Duration), 1);
        QCOMPARE(fitness(u"The money comes back the way it went.", Asked::Duration), 0);
        QCOMPARE(fitness(u"Up to three tools are lent at a time.", Asked::Number), 2);
        QCOMPARE(fitness(u"One of the tools is often booked.", Asked::Number), 0);
        QCOMPARE(fitness(u"The sixth form of B12 is weightless.", Asked::Number), 0);
        QCOMPARE(fitness(u"The counter opens at 10:30.", Asked::Moment), 2);
        QCOMPARE(fitness(u"Sie treffen sich am 3. Oktober.", Asked::Moment), 2);
        QCOMPARE(fitness(u"Until the day after, ask at the desk.", Asked::Moment), 0);
        QCOMPARE(fitness(u"It has 30 pages.", Asked::Anything), 0);
    }

    void prefersSentencesWithTheNumberThatIsAskedFor()
    {
        const QString rules =
            u"Whoever borrows tools keeps the borrowed tools dry. Tools that are borrowed are kept in "
            u"their boxes. Borrowed tools come back after seven days."_s;
        const auto found = ask(u"For how many days may I keep borrowed tools?"_s, {rules}, 1);
        QCOMPARE(found.size(), size_t(1));
        QVERIFY2(found.front().text.contains(u"seven days"), qPrintable(found.front().text));
        // A question about something else is answered as ever.
        const auto other = ask(u"Where are borrowed tools kept?"_s, {rules}, 1);
        QVERIFY(!other.empty() && other.front().text.contains(u"boxes"));
    }

    void aQuestionIsAnsweredByWhatStandsBelowTheSameQuestion()
    {
        const QString faq = u"How do I pronounce quince?\n\nThe letters are spoken as in \"quick\" and \"since\".\n\n"
                            u"Do quinces need sun?\n\nThey like to stand at a wall that is warm all afternoon.\n"_s;
        const auto found = ask(u"How do I pronounce quince?"_s, {faq}, 1);
        QCOMPARE(found.size(), size_t(1));
        QVERIFY2(found.front().text.contains(u"quick"), qPrintable(found.front().text));
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
