// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/ledgerstore.h"
#include "usage/report/usagecsv.h"
#include "usage/report/usagereportstore.h"
#include "usage/spendingstore.h"
#include "usage/usagesumstore.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <ctime>
#include <random>

using namespace quintet;
using namespace quintet::usage;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr std::array splits{SplitBy::Pattern, SplitBy::Model, SplitBy::Endpoint, SplitBy::Day, SplitBy::Run};

QDateTime utc(int month, int day, int hour, int minute = 0)
{
    return {QDate(2026, month, day), QTime(hour, minute), QTimeZone::UTC};
}

void liveIn(const char *zone)
{
    qputenv("TZ", zone);
    ::tzset();
}

UsageEvent eventAt(const QDateTime &time, const QString &pattern = u"chat"_s)
{
    UsageEvent made;
    made.time = time;
    made.pattern = pattern;
    made.endpoint = u"shop"_s;
    made.model = u"m"_s;
    made.tokens = {.prompt = 100, .completion = 10};
    made.cost = Money{1000};
    made.firstTokenTime = milliseconds(100);
    made.totalTime = milliseconds(1000);
    made.attempts = 1;
    made.outcome = u"done"_s;
    return made;
}

UsageEvent randomEvent(std::mt19937 &random)
{
    const auto below = [&random](int count) { return std::uniform_int_distribution(0, count - 1)(random); };
    const std::array patterns{u"chat"_s, u"batch"_s, u"agent"_s};
    UsageEvent made = eventAt(utc(3, 1, 0).addSecs(below(60 * 24 * 3600)), patterns[size_t(below(3))]);
    made.model = u"m%1"_s.arg(below(3));
    made.endpoint = u"e%1"_s.arg(below(2));
    if (made.pattern != u"chat")
        made.run = u"run%1"_s.arg(below(20));
    made.cached = below(4) == 0;
    if (below(5) == 0)
        made.cost.reset();
    if (made.cached)
        made.saved = Money{below(5000)};
    if (below(3) == 0)
        made.firstTokenTime.reset();
    made.totalTime = milliseconds(below(20'000));
    const std::array outcomes{u"done"_s, u"done"_s, u"done"_s, u"cancelled"_s, u"network"_s};
    made.outcome = outcomes[size_t(below(5))];
    return made;
}

/// A ledger of its own.
struct House {
    QTemporaryDir folder;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<LedgerStore> ledger;

    House()
    {
        database = std::move(*store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()));
        ledger = std::make_unique<LedgerStore>(*database);
    }

    /// Waits for what was given to the writer.
    void settle()
    {
        database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
    }

    void rollUpAll()
    {
        bool more = true;
        while (more) {
            database->writer()
                .write([&more](store::Connection &connection) -> Result<void> {
                    const auto stepped = UsageRollupStore::step(connection);
                    more = stepped.value_or(false);
                    return stepped.transform([](bool) { });
                })
                .waitForFinished();
        }
    }

    qint64 behind()
    {
        auto connection = database->reader();
        return *sums::behind(*connection, 1'000'000);
    }

    std::vector<UsageRow> rows(SplitBy split, const QDateTime &start = QDateTime::fromSecsSinceEpoch(0))
    {
        return *UsageReportStore(*database).rows(split, start);
    }

    UsageRow total(const QDateTime &start = QDateTime::fromSecsSinceEpoch(0), Grain grain = Grain::Day)
    {
        return UsageReportStore(*database).read(start, grain)->total();
    }
};

QStringList keys(const std::vector<UsageRow> &rows)
{
    QStringList all;
    for (const UsageRow &row : rows)
        all << row.key;
    return all;
}

} // namespace

class TestUsageReport final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { liveIn("Europe/Berlin"); }

    void eachRequestCountsAsWhatItWas()
    {
        House house;
        UsageEvent cached = eventAt(utc(11, 1, 12));
        cached.cached = true;
        cached.cost = Money{0};
        cached.saved = Money{3000};
        UsageEvent failed = eventAt(utc(11, 1, 13));
        failed.outcome = u"network"_s;
        UsageEvent cancelled = eventAt(utc(11, 1, 13));
        cancelled.outcome = u"cancelled"_s;
        UsageEvent unknown = eventAt(utc(11, 1, 14));
        unknown.cost.reset();
        for (const UsageEvent &each : {eventAt(utc(11, 1, 11)), cached, failed, cancelled, unknown})
            house.ledger->record(each);
        house.settle();
        const UsageRow total = house.total();
        QCOMPARE(total.requests, 5);
        QCOMPARE(total.cached, 1);
        QCOMPARE(total.failed, 1);
        QCOMPARE(total.promptTokens, 400); // nothing was read where the cache answered
        QCOMPARE(total.cost, Money{3000});
        QCOMPARE(total.unpriced, 1);
        QCOMPARE(total.saved, Money{3000});
        QCOMPARE(total.hitRate(), 0.2);
        QCOMPARE(total.savedShare(), 0.5);
        QVERIFY(qAbs(total.total->median.count() - 1000) <= 25);
        QCOMPARE(total.averageTime, milliseconds(1000));
        house.rollUpAll();
        QCOMPARE(house.behind(), 0);
        QCOMPARE(house.total(), total);
    }

    void whatHasNoKnownPriceIsUnknownNotFree()
    {
        House house;
        UsageEvent unknown = eventAt(utc(11, 1, 14));
        unknown.cost.reset();
        house.ledger->record(unknown);
        house.settle();
        QCOMPARE(house.total().knownCost(), std::nullopt);
        QCOMPARE(costPerRequest(house.total()), std::nullopt);
        house.ledger->record(eventAt(utc(11, 1, 15)));
        house.settle();
        QCOMPARE(house.total().knownCost(), Money{1000});
        QCOMPARE(costPerRequest(house.total()), Money{1000}); // of those with a price
        QCOMPARE(UsageRow().knownCost(), Money{0});           // nothing was asked
    }

    void daysAreThoseOfTheComputersCalendar()
    {
        House house;
        // In Berlin 29 March 2026 has 23 hours and 25 October has 25.
        for (const QDateTime &time : {utc(3, 28, 22, 59), utc(3, 28, 23), utc(3, 29, 21, 59), utc(3, 29, 22),
                                      utc(10, 24, 21, 59), utc(10, 24, 22), utc(10, 25, 22, 59), utc(10, 25, 23)})
            house.ledger->record(eventAt(time));
        house.settle();
        const auto read = house.rows(SplitBy::Day);
        QCOMPARE(keys(read), (QStringList{u"2026-03-28"_s, u"2026-03-29"_s, u"2026-03-30"_s, u"2026-10-24"_s,
                                          u"2026-10-25"_s, u"2026-10-26"_s}));
        QCOMPARE(read[1].requests, 2);
        QCOMPARE(read[4].requests, 2);
        house.rollUpAll();
        QCOMPARE(house.rows(SplitBy::Day), read);
        QCOMPARE(house.rows(SplitBy::Day, QDate(2026, 10, 25).startOfDay()).front().requests, 2);
        const auto report =
            UsageReportStore(*house.database).read(QDate(2026, 10, 25).startOfDay(), Grain::QuarterHour);
        const CostStack hours = report->costs(SplitBy::Pattern, BarLength::Hour, 3, QDateTime(utc(10, 25, 23)));
        QCOMPARE(hours.bars.size(), size_t(26)); // 25 hours, and the first one of the next day
        QCOMPARE(hours.all.front().requests, 1);
    }

    void whoTravelsKeepsEveryRequest_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addRow("west") << QByteArray("America/New_York");
        QTest::addRow("half an hour") << QByteArray("Asia/Kolkata");
        QTest::addRow("three quarters") << QByteArray("Asia/Kathmandu");
        QTest::addRow("across the date line") << QByteArray("Pacific/Kiritimati");
    }

    void whoTravelsKeepsEveryRequest()
    {
        QFETCH(QByteArray, zone);
        House house;
        std::mt19937 random(1);
        for (int i = 0; i < 600; ++i)
            house.ledger->record(randomEvent(random));
        house.settle();
        liveIn(zone.constData());
        const auto read = house.rows(SplitBy::Day);
        const auto since = house.rows(SplitBy::Model, QDate(2026, 3, 20).startOfDay());
        liveIn("Europe/Berlin");
        house.rollUpAll();
        liveIn(zone.constData());
        QCOMPARE(house.rows(SplitBy::Day), read);
        QCOMPARE(house.rows(SplitBy::Model, QDate(2026, 3, 20).startOfDay()), since);
        house.ledger->record(eventAt(utc(5, 20, 12)));
        house.rollUpAll();
        QCOMPARE(house.total().requests, 601);
        QCOMPARE(house.rows(SplitBy::Day).size(), read.size() + 1);
    }

    void theSumsSayWhatTheEventsSay()
    {
        House house;
        std::mt19937 random(7);
        std::vector<QDateTime> starts{QDateTime::fromSecsSinceEpoch(0), QDate(2026, 3, 29).startOfDay(),
                                      QDate(2026, 4, 1).startOfDay(), utc(4, 3, 4, 7).addMSecs(11), utc(6, 1, 0)};
        for (int i = 0; i < 2500; ++i)
            house.ledger->record(randomEvent(random));
        house.settle();
        const auto readAll = [&] {
            std::vector<std::vector<UsageRow>> all;
            for (const QDateTime &start : starts) {
                for (const SplitBy split : splits)
                    all.push_back(house.rows(split, start));
                all.push_back({house.total(start), house.total(start, Grain::QuarterHour)});
            }
            return all;
        };
        // Up to here a part may be in the sums already; a scan is read from a ledger that never was added up.
        auto connection = house.database->reader();
        const auto stepped = readAll();
        house.rollUpAll();
        QCOMPARE(house.behind(), 0);
        QCOMPARE(readAll(), stepped);
        house.database->writer()
            .write([](store::Connection &writing) { return writing.executeScript("DELETE FROM usage_rolled"); })
            .waitForFinished();
        QCOMPARE(house.behind(), 2500); // all from the events again
        QCOMPARE(readAll(), stepped);
        house.rollUpAll();
        QCOMPARE(readAll(), stepped);
        for (const QDateTime &start : starts)
            QCOMPARE(house.ledger->totalsSince(start)->requests, house.total(start).requests);
    }

    void twoWhoWriteAtOnceAddEveryRequestOnce()
    {
        House house;
        constexpr int each = 1500;
        std::atomic<int> done = 0;
        const auto write = [&](unsigned seed) {
            const auto database = store::Database::open(house.database->path(), store::mainSchema());
            LedgerStore ledger(**database);
            std::mt19937 random(seed);
            for (int i = 0; i < each; ++i) {
                ledger.record(randomEvent(random));
                if (i % 100 == 0)
                    ledger.rollUp();
            }
            ++done;
        };
        const std::unique_ptr<QThread> one(QThread::create([&] { write(1); }));
        const std::unique_ptr<QThread> two(QThread::create([&] { write(2); }));
        one->start();
        two->start();
        qint64 seen = 0;
        while (done < 2) {
            const qint64 now = house.total().requests;
            QVERIFY2(now >= seen, "a report lost requests");
            seen = now;
        }
        one->wait();
        two->wait();
        house.rollUpAll();
        QCOMPARE(house.behind(), 0);
        QCOMPARE(house.total().requests, 2 * each);
        const auto added = house.rows(SplitBy::Model);
        house.database->writer()
            .write([](store::Connection &writing) { return writing.executeScript("DELETE FROM usage_rolled"); })
            .waitForFinished();
        QCOMPARE(house.rows(SplitBy::Model), added);
    }

    void anotherLedgerInTheSamePlaceIsAddedUpAnew()
    {
        House house;
        for (int i = 0; i < 5; ++i)
            house.ledger->record(eventAt(utc(11, 1, i)));
        house.rollUpAll();
        house.database->writer()
            .write([](store::Connection &writing) { return writing.executeScript("DELETE FROM usage_event"); })
            .waitForFinished();
        QCOMPARE(house.total().requests, 0);
        house.ledger->record(eventAt(utc(11, 2, 1), u"agent"_s));
        house.rollUpAll();
        QCOMPARE(keys(house.rows(SplitBy::Pattern)), QStringList{u"agent"_s});
    }

    void runsStandByThemselves()
    {
        House house;
        UsageEvent ofRun = eventAt(utc(11, 1, 1), u"batch"_s);
        ofRun.run = u"b"_s;
        house.ledger->record(ofRun);
        ofRun.run = u"a"_s;
        house.ledger->record(ofRun);
        ofRun.time = utc(11, 3, 1);
        house.ledger->record(ofRun);
        house.ledger->record(eventAt(utc(11, 1, 1)));
        house.rollUpAll();
        const auto rows = house.rows(SplitBy::Run);
        QCOMPARE(keys(rows), (QStringList{QString(u""_s), u"a"_s, u"b"_s}));
        QCOMPARE(rows[1].requests, 2);
        QCOMPARE(keys(house.rows(SplitBy::Run, utc(11, 2, 0))), QStringList{u"a"_s});
    }

    void costsAreStackedTheLargestFirst()
    {
        House house;
        for (int i = 0; i < 4; ++i) {
            UsageEvent made = eventAt(utc(11, 2, 12), u"p%1"_s.arg(i));
            made.cost = Money{1000 * (i + 1)};
            house.ledger->record(made);
        }
        house.ledger->record(eventAt(utc(11, 4, 12), u"p3"_s));
        house.settle();
        const auto report = UsageReportStore(*house.database).read(QDate(2026, 11, 1).startOfDay());
        const CostStack stack =
            report->costs(SplitBy::Pattern, BarLength::Day, 2, QDateTime(QDate(2026, 11, 5), QTime(1, 0)));
        QCOMPARE(stack.bars.size(), size_t(5)); // days without a request too
        QCOMPARE(stack.layers.size(), size_t(3));
        QCOMPARE(stack.layers[0].name, u"p3"_s);
        QCOMPARE(stack.layers[0].total, Money{5000});
        QCOMPARE(stack.layers[0].cost[3], Money{1000});
        QCOMPARE(stack.layers[2].name, QString()); // the others
        QCOMPARE(stack.layers[2].total, Money{3000});
    }

    void ofManyTimesTheMedianAndTheSlowestTwentiethAreRight()
    {
        LatencyHistogram histogram;
        std::vector<int> times;
        std::mt19937 random(3);
        std::lognormal_distribution<double> length(7, 1);
        for (int i = 0; i < 20'000; ++i) {
            times.push_back(int(length(random)));
            histogram.add(milliseconds(times.back()));
        }
        std::ranges::sort(times);
        const auto near = [&](milliseconds value, size_t at) {
            return std::abs(double(value.count()) / times[at] - 1) < 0.03;
        };
        QVERIFY(near(histogram.latency()->median, times.size() / 2));
        QVERIFY(near(histogram.latency()->p95, times.size() * 95 / 100));
        QCOMPARE(LatencyHistogram::fromBytes(histogram.toBytes()), histogram);
        QCOMPARE(LatencyHistogram::fromBytes("nonsense that is none of ours!"), LatencyHistogram());
        LatencyHistogram twice = histogram;
        twice += histogram;
        QCOMPARE(twice.count(), 40'000);
        QCOMPARE(twice.latency(), histogram.latency());
    }

    void aBudgetKnowsWhatARunSpent()
    {
        House house;
        UsageEvent ofRun = eventAt(utc(11, 1, 1), u"batch"_s);
        ofRun.run = u"r"_s;
        for (int i = 0; i < 3; ++i)
            house.ledger->record(ofRun);
        house.rollUpAll();
        house.ledger->record(ofRun);
        house.settle();
        auto connection = house.database->reader();
        QCOMPARE(sums::totalOf(*connection, u"r"_s)->cost, Money{4000});
        QCOMPARE(sums::totalOf(*connection, u"other"_s)->requests, 0);
    }

    void csvIsPlainAndLeavesTheUnknownEmpty()
    {
        UsageRow row;
        row.key = u"=a,b"_s;
        row.requests = 2;
        row.unpriced = 2;
        const QByteArray csv = csvOf({row}, SplitBy::Model);
        QVERIFY(csv.startsWith("model,requests,cached,failed,"));
        QVERIFY2(csv.contains("\"'=a,b\",2,0,0,0,0,,2,0.000000000,0.0000,0.0000,,,,,\r\n"), csv.constData());
    }
};

QTEST_GUILESS_MAIN(TestUsageReport)
#include "tst_usagereport.moc"
