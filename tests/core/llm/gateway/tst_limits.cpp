// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/limiter.h"
#include "llm/gateway/ratebookstore.h"
#include "support/fakes.h"
#include "support/resultof.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestLimits final : public QObject {
    Q_OBJECT

    using Permit = std::unique_ptr<Limiter::Permit>;

    /// Asks for a slot and keeps it where it says.
    static Task<void> take(Limiter &limiter, Limiter::Claim claim, QStringList &order, std::vector<Permit> &permits,
                           CancelToken token = {})
    {
        auto permit = co_await limiter.acquire(claim, {}, token);
        order << (permit ? claim.pattern : u"cancelled"_s);
        if (permit)
            permits.push_back(std::move(*permit));
    }

    static Limiter::Claim claim(const QString &pattern, int atOnce = 1)
    {
        return {.account = u"a"_s, .pattern = pattern, .rates = {.atOnce = atOnce}};
    }

private Q_SLOTS:
    void concurrencyDoublesThenGrowsByOneAndHalvesOnce()
    {
        Concurrency window(8, 64);
        for (int i = 0; i < 8; ++i)
            window.succeeded(true);
        QCOMPARE(window.size(), 16);
        window.succeeded(false);
        QCOMPARE(window.size(), 16);
        window.overloaded(5ns, 10ns);
        QCOMPARE(window.size(), 8);
        window.overloaded(7ns, 11ns); // sent before the last decrease
        QCOMPARE(window.size(), 8);
        for (int i = 0; i < 9; ++i)
            window.succeeded(true);
        QCOMPARE(window.size(), 9);
        for (int i = 0; i < 100; ++i)
            window.overloaded(std::chrono::nanoseconds(100 + i), std::chrono::nanoseconds(100 + i));
        QCOMPARE(window.size(), 1);
        for (int i = 0; i < 10'000; ++i)
            window.succeeded(true);
        QCOMPARE(window.size(), 64);
    }

    void goDurationsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        const auto row = [](const char *text, qint64 value) {
            QTest::newRow(text) << QString::fromLatin1(text) << value;
        };
        row("12ms", 12);
        row("6m0s", 360'000);
        row("1h2m3.5s", 3'723'500);
        row("1s", 1000);
        row("0s", 0);
        row("6", 6000);
        row("1.5", 1500);
        row("999999h", 86'400'000);
        row("", -1);
        row("soon", -1);
        row("-1", -1);
        row("1s2", -1);
    }

    void goDurationsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto duration = goDuration(text);
        QCOMPARE(duration ? qint64(duration->count()) : -1, milliseconds);
    }

    void headersTellWhatIsLeft()
    {
        const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::UTC);
        const RateState openai = ratesFrom({{"x-ratelimit-remaining-requests", "0"},
                                            {"X-RateLimit-Reset-Requests", "2s"},
                                            {"x-ratelimit-remaining-tokens", "500"},
                                            {"x-ratelimit-reset-tokens", "6m0s"}},
                                           now);
        QCOMPARE(openai.wait(10, now), 2001ms);
        QCOMPARE(openai.wait(501, now), 360'001ms);
        QCOMPARE(openai.wait(501, now.addSecs(400)), 0ms);
        const RateState anthropic = ratesFrom({{"anthropic-ratelimit-requests-remaining", "0"},
                                               {"anthropic-ratelimit-requests-reset", "2026-01-01T12:00:30Z"}},
                                              now);
        QCOMPARE(anthropic.wait(1, now), 30'001ms);
        // Azure says -1 where it does not count.
        QVERIFY(
            !ratesFrom({{"x-ratelimit-remaining-requests", "-1"}, {"x-ratelimit-reset-requests", "0"}}, now).isKnown());
        QVERIFY(!ratesFrom({{"x-ratelimit-remaining-requests", "many"}, {"x-ratelimit-reset-requests", "1s"}}, now)
                     .isKnown());
    }

    void takenPlacesAreReckonedWithUntilTheReset()
    {
        const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::UTC);
        RateState state;
        state.requests = RateLeft{2, now.addSecs(10)};
        state.take(1, now);
        QCOMPARE(state.wait(1, now), 0ms);
        state.take(1, now);
        QVERIFY(state.wait(1, now) > 9s);
        state.take(1, now.addSecs(11));
        QVERIFY(!state.requests);
    }

    void twoProcessesShareWhatAMinuteAllows()
    {
        const QTemporaryDir folder;
        auto one = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        auto other = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        QVERIFY(one && other);
        FakeClock clock;
        RateBookStore first(**one, clock);
        RateBookStore second(**other, clock);
        const RateLimits limits{.requestsPerMinute = 3};
        QCOMPARE(resultOf(first.reserve(u"a"_s, limits, 10)), 0ms);
        QCOMPARE(resultOf(second.reserve(u"a"_s, limits, 10)), 0ms);
        clock.turn(20s);
        QCOMPARE(resultOf(first.reserve(u"a"_s, limits, 10)), 0ms);
        QCOMPARE(resultOf(second.reserve(u"a"_s, limits, 10)), 40'001ms);
        QCOMPARE(resultOf(second.reserve(u"b"_s, limits, 10)), 0ms);
        clock.turn(41s);
        QCOMPARE(resultOf(second.reserve(u"a"_s, limits, 10)), 0ms);
        const RateLimits tokens{.tokensPerMinute = 100};
        QCOMPARE(resultOf(first.reserve(u"c"_s, tokens, 80)), 0ms);
        QVERIFY(resultOf(second.reserve(u"c"_s, tokens, 30)) > 59s);
        QCOMPARE(resultOf(second.reserve(u"c"_s, tokens, 20)), 0ms);
        // What is larger than any minute allows is sent alone rather than never.
        QCOMPARE(resultOf(second.reserve(u"d"_s, tokens, 5000)), 0ms);
    }

    void aPauseThatOneWasToldHoldsForAll()
    {
        const QTemporaryDir folder;
        auto one = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        auto other = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        FakeClock clock;
        RateBookStore first(**one, clock);
        RateBookStore second(**other, clock);
        QCOMPARE(resultOf(second.reserve(u"a"_s, {}, 10)), 0ms);
        first.pause(u"a"_s, 30s);
        QCOMPARE(resultOf(first.reserve(u"a"_s, {}, 10)), 30s);
        clock.turn(2s);
        QCOMPARE(resultOf(second.reserve(u"a"_s, {}, 10)), 28s);
        clock.turn(30s);
        QCOMPARE(resultOf(second.reserve(u"a"_s, {}, 10)), 0ms);
    }

    void aBatchOfThousandsHoldsAChatUpByOneSlot()
    {
        FakeRateBook rates;
        FakeClock clock;
        Limiter limiter(rates, clock);
        QStringList order;
        std::vector<Permit> permits;
        std::vector<Task<void>> tasks;
        for (int i = 0; i < 10'000; ++i)
            tasks.push_back(take(limiter, claim(u"batch"_s), order, permits));
        tasks.push_back(take(limiter, claim(u"chat"_s), order, permits));
        QTRY_COMPARE(order, QStringList{u"batch"_s});
        permits.clear();
        QTRY_COMPARE(order, (QStringList{u"batch"_s, u"chat"_s}));
        permits.clear();
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(limiter.load(u"a"_s).waiting, 9'998);
        while (order.size() < 10'001) {
            permits.clear();
            QCoreApplication::processEvents();
        }
    }

    void whoIsCancelledLeavesTheLine()
    {
        FakeRateBook rates;
        FakeClock clock;
        Limiter limiter(rates, clock);
        QStringList order;
        std::vector<Permit> permits;
        CancelSource source;
        auto first = take(limiter, claim(u"x"_s), order, permits);
        auto second = take(limiter, claim(u"x"_s), order, permits, source.get_token());
        auto third = take(limiter, claim(u"x"_s), order, permits);
        QTRY_COMPARE(order.size(), 1);
        source.request_stop();
        QTRY_COMPARE(order, (QStringList{u"x"_s, u"cancelled"_s}));
        permits.clear();
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(permits.size(), size_t(1));
    }

    void anOverloadedServerGetsHalfAndItsPause()
    {
        FakeRateBook rates;
        FakeClock clock;
        Limiter limiter(rates, clock);
        QStringList order;
        std::vector<Permit> permits;
        std::vector<Task<void>> tasks;
        for (int i = 0; i < 20; ++i)
            tasks.push_back(take(limiter, claim(u"x"_s, 8), order, permits));
        QTRY_COMPARE(order.size(), 8);
        clock.turn(1s);
        permits.front()->overloaded(7s);
        QCOMPARE(limiter.load(u"a"_s).atOnce, 4);
        QCOMPARE(rates.pauses, std::vector<std::chrono::milliseconds>{7s});
        permits.erase(permits.begin(), permits.begin() + 4);
        QTest::qWait(20);
        QCOMPARE(order.size(), 8);
        permits.clear();
        QTRY_COMPARE(order.size(), 12);
        while (order.size() < 20) {
            permits.clear();
            QCoreApplication::processEvents();
        }
    }

    void theRateBookIsAskedAgainAfterItsWait()
    {
        FakeRateBook rates;
        rates.waits = {3s, 1s};
        FakeClock clock;
        Limiter limiter(rates, clock);
        std::vector<Waiting> heard;
        const auto permit =
            resultOf(limiter.acquire(claim(u"x"_s), [&heard](const Waiting &why) { heard.push_back(why); }, {}));
        QVERIFY(permit.has_value());
        QVERIFY((clock.sleeps == std::vector<std::chrono::milliseconds>{1s, 1s})); // it looks again now and then
        QVERIFY(std::ranges::count(heard, Waiting{Waiting::Reason::Rate, 3s}) == 1);
    }

    void aServerThatIsShutForLongIsNotWaitedFor()
    {
        FakeRateBook rates;
        rates.waits = {std::chrono::hours(1)};
        FakeClock clock;
        Limiter limiter(rates, clock);
        const auto refused = resultOf(limiter.acquire(claim(u"x"_s), {}, {}));
        QCOMPARE(refused.error().kind, ErrorKind::RateLimited);
        QVERIFY2(refused.error().message.contains(u"60 minutes"), qPrintable(refused.error().message));
        QVERIFY(clock.sleeps.empty());
        QVERIFY(resultOf(limiter.acquire(claim(u"x"_s), {}, {})).has_value());
    }

    void aLargeRequestThatHasToWaitHoldsUpNoSmallOneOfAnotherTab()
    {
        FakeRateBook rates;
        rates.room = 1'000;
        SystemClock clock;
        Limiter limiter(rates, clock);
        QStringList order;
        std::vector<Permit> permits;
        Limiter::Claim large = claim(u"batch"_s, 8);
        large.tokens = 50'000;
        Limiter::Claim small = claim(u"chat"_s, 8);
        small.tokens = 500;
        CancelSource source;
        auto first = take(limiter, large, order, permits, source.get_token());
        auto second = take(limiter, small, order, permits);
        QTRY_COMPARE(order, QStringList{u"chat"_s});
        source.request_stop();
        QTRY_COMPARE(order.size(), 2);
    }

    void aLimiterThatIsGoneLeavesNobodyBehind()
    {
        FakeRateBook rates;
        FakeClock clock;
        QStringList order;
        std::vector<Permit> permits;
        CancelSource source;
        std::vector<Task<void>> tasks;
        {
            Limiter limiter(rates, clock);
            tasks.push_back(take(limiter, claim(u"x"_s), order, permits, source.get_token()));
            tasks.push_back(take(limiter, claim(u"x"_s), order, permits, source.get_token()));
            QTRY_COMPARE(order.size(), 1);
        }
        source.request_stop();
        QTRY_COMPARE(order.size(), 2);
        permits.clear();
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
