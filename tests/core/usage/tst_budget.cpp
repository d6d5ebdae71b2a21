// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/process.h"
#include "support/fakes.h"
#include "support/resultof.h"
#include "usage/ledgerstore.h"
#include "usage/spendingstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::usage;
using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestBudget final : public QObject {
    Q_OBJECT

    static Expense expense(qint64 promptTokens = 1'000)
    {
        return {.model = u"gpt-5-mini"_s,
                .price = Prices({}).find(u"gpt-5-mini"_s, QDate(2026, 11, 1), promptTokens), // 0.25 in, 2 out
                .promptTokens = promptTokens};
    }

    static Budgets perDay(double dollars) { return {.day = {.money = Money::fromDollars(dollars)}}; }

private Q_SLOTS:
    void withoutALimitARequestGoesAsItIs()
    {
        const auto allowed = allowance(expense(), {}, {});
        QVERIFY(allowed.has_value());
        QCOMPARE(allowed->answerTokens, std::optional<int>());
    }

    void theAnswerIsCappedToWhatTheMoneyBuys()
    {
        Expense wish = expense(13'000);
        wish.own.money = Money::fromDollars(0.001);
        QCOMPARE(allowance(wish, {}, {}).error().kind, ErrorKind::Budget);
        wish.own.money = Money::fromDollars(0.01);
        const auto capped = allowance(wish, {}, {});
        QCOMPARE(*capped->answerTokens, 3375); // (0.01 - 0.00325) / 2 $ a million
        QVERIFY(capped->held.money <= *wish.own.money);
        wish.answerTokens = 100;
        QCOMPARE(*allowance(wish, {}, {})->answerTokens, 100);
    }

    void whatCannotBeCutShortFitsAsAWholeOrNotAtAll()
    {
        Expense whole = expense(10'000);
        whole.answerTokens = 1'000;
        whole.isWhole = true;
        whole.own.money = Money::fromDollars(0.0044); // 0.0025 for the prompts, 0.002 for the answers
        const auto refused = allowance(whole, {}, {});
        QCOMPARE(refused.error().kind, ErrorKind::Budget);
        QVERIFY2(refused.error().message.contains(display(Money::fromDollars(0.0045))),
                 qPrintable(refused.error().message));
        whole.own.money = Money::fromDollars(0.0046);
        const auto allowed = allowance(whole, {}, {});
        QCOMPARE(allowed->held.money, Money::fromDollars(0.0045));
        QCOMPARE(allowed->held.tokens, 11'000);
    }

    void whatIsHeldNeverPassesTheTightestLimit()
    {
        Budgets budgets{.day = {.money = Money::fromDollars(1)},
                        .month = {.money = Money::fromDollars(10), .tokens = 50'000}};
        SpentSoFar spent{.day = {Money::fromDollars(0.99), 1'000}, .month = {Money::fromDollars(3), 45'000}};
        const auto allowed = allowance(expense(), budgets, spent);
        QVERIFY(allowed.has_value());
        QVERIFY(allowed->held.money <= Money::fromDollars(0.01));
        QVERIFY(allowed->held.tokens <= 5'000);
        spent.month.tokens = 49'500;
        const Error error = allowance(expense(), budgets, spent).error();
        QVERIFY2(error.message.contains(u"month"), qPrintable(error.message));
    }

    void aModelWithoutAPriceAsksOnceWhereMoneyIsLimited()
    {
        Expense wish = expense();
        wish.model = u"unheard-of"_s;
        wish.price.reset();
        QVERIFY(allowance(wish, {}, {}).has_value());
        Budgets budgets = perDay(1);
        QCOMPARE(allowance(wish, budgets, {}).error().kind, ErrorKind::Budget);
        budgets.unpricedAllowed << wish.model;
        QVERIFY(allowance(wish, budgets, {}).has_value());
        wish.isFree = true;
        QVERIFY(allowance(wish, perDay(0), {}).has_value());
    }

    void tokensAreLimitedAsMoneyIs()
    {
        Expense wish = expense(1'000);
        wish.own.tokens = 900;
        const Error tooMuch = allowance(wish, {}, {}).error();
        QCOMPARE(tooMuch.kind, ErrorKind::Budget);
        QVERIFY2(tooMuch.message.contains(u"1,000 tokens") && tooMuch.message.contains(u"900 tokens"),
                 qPrintable(tooMuch.message));
        wish.own.tokens = 3'000;
        QCOMPARE(*allowance(wish, {}, {})->answerTokens, 2'000);
        wish.own = {};
        wish.runLimit.tokens = 10'000;
        const auto capped = allowance(wish, {}, {.run = {Money::fromDollars(99), 8'500}});
        QCOMPARE(*capped->answerTokens, 500);
        const Error usedUp = allowance(wish, {}, {.run = {{}, 9'500}}).error();
        QVERIFY2(usedUp.message.contains(u"this run"), qPrintable(usedUp.message));
        // Each limit in its own unit, whichever else stands beside it.
        wish.runLimit.money = Money::fromDollars(1);
        const Error ofBoth = allowance(wish, {}, {.run = {Money::fromDollars(0.1), 9'500}}).error();
        QVERIFY2(ofBoth.message.contains(u"1,000 tokens"), qPrintable(ofBoth.message));
    }

    void onThisComputerOnlyTheLastAnswersAreCut()
    {
        Expense wish = expense(1'000);
        wish.isFree = true;
        wish.runLimit.tokens = 20'000;
        QCOMPARE(allowance(wish, {}, {})->answerTokens, std::optional<int>());
        QCOMPARE(allowance(wish, {}, {})->held.tokens, 9'192);
        QCOMPARE(allowance(wish, {}, {.run = {{}, 15'000}})->answerTokens, std::optional(4'000));
    }

    void whatOthersHoldIsWaitedFor()
    {
        Expense wish = expense(1'000);
        wish.runLimit.tokens = 20'000;
        const SpentSoFar spent{.run = {{}, 2'000}};
        const auto beside = [&](qint64 held) { return allowanceBeside(wish, {}, spent, {.run = {{}, 2'000 + held}}); };
        QCOMPARE(*beside(0)->answerTokens, 8'192);
        QCOMPARE(*beside(8'000)->answerTokens, 8'192);
        QVERIFY(beside(9'000).error().retryAfter); // else its answer would be cut short
        QVERIFY(beside(18'000).error().retryAfter);
        wish.answerTokens = 500;
        QCOMPARE(*beside(16'000)->answerTokens, 500);
        wish.promptTokens = 18'500; // which no waiting makes fit
        QVERIFY(!beside(0));
        QVERIFY(!beside(0).error().retryAfter && !beside(5'000).error().retryAfter);
    }

    void whatIsLeftOfALimitIsNeverLessThanNothing()
    {
        const Limit limit{.money = Money::fromDollars(1), .tokens = 1'000};
        QCOMPARE(limit.after(Money::fromDollars(0.4), 300), (Limit{Money::fromDollars(0.6), 700}));
        QCOMPARE(limit.after(Money::fromDollars(4), 3'000), (Limit{Money(), 0}));
        QCOMPARE(limit.after({}, 0), (Limit{Money(), 1'000})); // a cost that is not known uses the money up
        QCOMPARE(Limit().after({}, 5), Limit());
    }

    void aRunHasABudgetOfItsOwn()
    {
        Expense wish = expense();
        wish.run = u"r"_s;
        wish.runLimit.money = Money::fromDollars(0.5);
        QVERIFY(allowance(wish, {}, {.run = {Money::fromDollars(0.4), 1}}).has_value());
        QCOMPARE(allowance(wish, {}, {.run = {Money::fromDollars(0.5), 1}}).error().kind, ErrorKind::Budget);
    }

    void aWarningComesAtHalfAndAtFourFifths()
    {
        const auto at = [](double dollars) { return warning(perDay(10), {.day = {Money::fromDollars(dollars), 0}}); };
        QCOMPARE(at(4.9), QString());
        QVERIFY(at(5).contains(u"50 %"));
        QVERIFY(at(8.4).contains(u"84 %"));
        QVERIFY(at(10).contains(u"used up"));
        QCOMPARE(warning({}, {.day = {Money::fromDollars(99), 9}}), QString());
    }

    void requestsAtOnceDoNotPassALimitTogether()
    {
        const QTemporaryDir folder;
        auto one = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        auto other = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        QVERIFY(one && other);
        FakeClock clock;
        SpendingStore first(**one, clock);
        SpendingStore second(**other, clock);
        Expense wish = expense();
        wish.answerTokens = 100'000; // $0.20
        Money held;
        QStringList ids;
        for (int i = 0; i < 20; ++i) {
            SpendingStore &store = i % 2 == 0 ? first : second;
            if (const auto hold = resultOf(store.hold(wish, perDay(0.5)))) {
                held += hold->allowance.held.money;
                ids << hold->id;
            }
        }
        QVERIFY2(held <= Money::fromDollars(0.5), qPrintable(display(held)));
        QVERIFY(ids.size() >= 2 && ids.size() < 20);
        for (const QString &id : std::as_const(ids))
            first.release(id);
        (*one)->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        QVERIFY(resultOf(second.hold(wish, perDay(0.5))).has_value());
    }

    void whatWasSpentStandsInTheLedger()
    {
        const QTemporaryDir folder;
        auto database = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        FakeClock clock;
        SpendingStore spending(**database, clock);
        LedgerStore ledger(**database);
        UsageEvent event;
        event.time = clock.now();
        event.pattern = u"batch"_s;
        event.endpoint = u"e"_s;
        event.run = u"r"_s;
        event.tokens = {1'000, 500};
        event.cost = Money::fromDollars(0.25);
        event.price = u"{}"_s;
        ledger.record(event);
        event.time = clock.now().addDays(-1).addSecs(-3600 * 24);
        ledger.record(event);
        event.time = clock.now().addMSecs(1);
        event.cached = true;
        event.cost = Money();
        event.saved = Money::fromDollars(0.25);
        ledger.record(event);
        (*database)->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        const auto spent = spending.spentSoFar();
        QCOMPARE(spent->day, (Spent{Money::fromDollars(0.25), 1'500}));
        Expense wish = expense();
        wish.run = u"r"_s;
        wish.runLimit.money = Money::fromDollars(0.5);
        QCOMPARE(resultOf(spending.hold(wish, {})).error().kind, ErrorKind::Budget);
        wish.runLimit.money = Money::fromDollars(0.6);
        QVERIFY(resultOf(spending.hold(wish, {})).has_value());
        QCOMPARE(ledger.recent(1)->front().saved, event.saved);
    }

    void whatIsHeldLastinglyStaysUntilItIsReleased()
    {
        const QTemporaryDir folder;
        auto database = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        FakeClock clock;
        SpendingStore spending(**database, clock);
        Expense part = expense();
        part.answerTokens = 200'000; // $0.40
        part.isWhole = true;
        part.lastingHold = u"run-1"_s;
        for (int i = 0; i < 3; ++i) // set aside once, however often it is said
            QVERIFY(resultOf(spending.hold(part, {})).has_value());
        // As a process sees it that comes later, which drops what others held.
        Expense wish = expense();
        wish.answerTokens = 100'000; // $0.20
        wish.isWhole = true;
        QCOMPARE(resultOf(SpendingStore(**database, clock).hold(wish, perDay(0.5))).error().kind, ErrorKind::Budget);
        spending.release(u"run-1"_s);
        QVERIFY(resultOf(spending.hold(wish, perDay(0.5))).has_value());
    }

    void whatADeadProcessHeldIsFreed()
    {
        const QTemporaryDir folder;
        auto database = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        FakeClock clock;
        SpendingStore spending(**database, clock);
        const store::ProcessIdentity self = store::thisProcess();
        (*database)
            ->writer()
            .write([&self](store::Connection &connection) {
                return connection.execute(u"INSERT INTO budget_hold (id, host, pid, start, time, run, cost, tokens) "
                                          "VALUES ('x', ?, ?, ?, 0, NULL, 1000000000, 5)"_s,
                                          {self.host, self.pid, self.start + 1});
            })
            .waitForFinished();
        QVERIFY(resultOf(spending.hold(expense(), perDay(0.5))).has_value());
    }

    void whatAnotherComputerHeldIsFreedInTime()
    {
        const QTemporaryDir folder;
        auto database = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        FakeClock clock;
        SpendingStore spending(**database, clock);
        (*database)
            ->writer()
            .write([&clock](store::Connection &connection) {
                return connection.execute(u"INSERT INTO budget_hold (id, host, pid, start, time, run, cost, tokens) "
                                          "VALUES ('x', 'before the last start/1', 1, 1, ?, NULL, 1000000000, 5)"_s,
                                          {clock.now().toMSecsSinceEpoch()});
            })
            .waitForFinished();
        const auto held = resultOf(spending.hold(expense(), perDay(0.5)));
        QVERIFY(!held && held.error().retryAfter);
        clock.turn(std::chrono::minutes(16));
        QVERIFY(resultOf(spending.hold(expense(), perDay(0.5))).has_value());
    }
};

QTEST_GUILESS_MAIN(TestBudget)
#include "tst_budget.moc"
