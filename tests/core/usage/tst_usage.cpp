// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/ledgerstore.h"
#include "usage/prices.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace quintet;
using namespace quintet::usage;
using namespace Qt::StringLiterals;

class TestUsage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsRecordedIsRead()
    {
        QTemporaryDir folder;
        UsageEvent full;
        full.time = QDateTime(QDate(2026, 11, 1), QTime(12, 0), QTimeZone::UTC);
        full.pattern = u"chat"_s;
        full.endpoint = u"shop"_s;
        full.model = u"m"_s;
        full.run = u"run"_s;
        full.tokens = {100, 20, 30, 5, true};
        full.cost = Money{1'234'567};
        full.queueTime = std::chrono::milliseconds(1);
        full.firstTokenTime = std::chrono::milliseconds(200);
        full.totalTime = std::chrono::milliseconds(900);
        full.attempts = 2;
        full.outcome = u"done"_s;
        UsageEvent bare;
        bare.time = full.time.addSecs(60);
        bare.pattern = bare.endpoint = bare.model = u"x"_s;
        bare.cached = true;
        bare.outcome = u"network"_s;
        const QString path = folder.filePath(u"quintet.db"_s);
        {
            const auto database = store::Database::open(path, store::mainSchema());
            LedgerStore ledger(**database);
            ledger.record(full);
            ledger.record(bare);
        }
        const auto database = store::Database::open(path, store::mainSchema());
        const LedgerStore ledger(**database);
        const auto events = ledger.recent(10);
        QVERIFY(events.has_value());
        QCOMPARE(events->size(), size_t(2));
        QVERIFY(events->at(0) == bare);
        QVERIFY(events->at(1) == full);
        QCOMPARE(ledger.totalsSince(full.time).value(), (LedgerStore::Totals{2, 1, {1'234'567}, 1}));
        QCOMPARE(ledger.totalsSince(bare.time).value(), (LedgerStore::Totals{1, 1, {}, 1}));
    }

    void whatAFullDiskKeepsOutIsWrittenWithTheNext()
    {
        const QTemporaryDir folder;
        const auto database = store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema());
        QVERIFY(database.has_value());
        const auto run = [&database](const QByteArray &sql) {
            (*database)
                ->writer()
                .write([sql](store::Connection &connection) { return connection.executeScript(sql); })
                .waitForFinished();
        };
        LedgerStore ledger(**database);
        UsageEvent event;
        event.time = QDateTime(QDate(2026, 3, 1), QTime(12, 0), QTimeZone::UTC);
        event.pattern = u"chat"_s;
        run("CREATE TRIGGER full BEFORE INSERT ON usage_event BEGIN SELECT raise(ABORT, 'disk full'); END");
        ledger.record(event);
        ledger.record(event);
        run("DROP TRIGGER full");
        QCOMPARE(ledger.recent(10)->size(), size_t(0));
        ledger.record(event);
        run("SELECT 1");
        QCOMPARE(ledger.recent(10)->size(), size_t(3));
    }

    void amountsAreShownWithTwoDigitsThatCount_data()
    {
        QTest::addColumn<double>("dollars");
        QTest::addColumn<QString>("shown");
        QTest::addRow("nothing") << 0.0 << u"$0.00"_s;
        QTest::addRow("cents") << 0.19 << u"$0.19"_s;
        QTest::addRow("small") << 0.0004 << u"$0.00040"_s;
        QTest::addRow("smaller") << 0.00012 << u"$0.00012"_s;
        QTest::addRow("large") << 1234.5 << u"$1234.50"_s;
    }

    void amountsAreShownWithTwoDigitsThatCount()
    {
        QFETCH(double, dollars);
        QFETCH(QString, shown);
        QCOMPARE(display(Money::fromDollars(dollars)), shown);
    }

    void thePriceIsThatOfTheDayAndTheLength()
    {
        const auto input = [](const QString &model, QDate day, qint64 tokens) {
            const auto price = Prices({}).find(model, day, tokens);
            return price ? price->input : -1;
        };
        QCOMPARE(input(u"gpt-5.6-terra"_s, QDate(2026, 7, 29), 10), 2.5);
        QCOMPARE(input(u"gpt-5.6-terra"_s, QDate(2026, 7, 30), 10), 2.0);
        QCOMPARE(input(u"gpt-5.6-terra"_s, QDate(2026, 8, 1), 300'000), 4.0);
        QCOMPARE(input(u"openai/gpt-5-mini"_s, QDate(2026, 8, 1), 10), 0.25);
        QCOMPARE(input(u"gpt-5-mini-2025-08-07"_s, QDate(2026, 8, 1), 10), 0.25);
        QCOMPARE(input(u"gpt-5-mini-turbo"_s, QDate(2026, 8, 1), 10), -1.0);
        QCOMPARE(input(u"unheard-of"_s, QDate(2026, 8, 1), 10), -1.0);
    }

    void whatTheServerHadReadCostsLess()
    {
        const auto price = Prices({}).find(u"gpt-5-mini"_s, QDate(2026, 8, 1), 10);
        QCOMPARE(price->costOf({1'000'000, 0, 0, 0, false}), Money::fromDollars(0.25));
        QCOMPARE(price->costOf({1'000'000, 0, 1'000'000, 0, false}), Money::fromDollars(0.025));
        QCOMPARE(price->costOf({0, 1'000'000, 0, 0, false}), Money::fromDollars(2));
    }

    void pricesThatAreNoneAreRefusedAndADamagedFileIsLeft()
    {
        QVERIFY(!priceFrom({{u"model"_s, u"m"_s}, {u"in"_s, -1}, {u"out"_s, 1}}));
        QVERIFY(!priceFrom({{u"model"_s, u"m"_s}, {u"in"_s, 1e300}, {u"out"_s, 1}}));
        QVERIFY(!priceFrom({{u"model"_s, u"m("_s}, {u"in"_s, 1}, {u"out"_s, 1}}));
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"prices.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{\"model\": \"a\", \"in\"");
        file.close();
        Prices prices(file.fileName());
        QCOMPARE(prices.setOwn({}).error().kind, ErrorKind::Corrupt);
        QVERIFY(file.remove());
        QVERIFY(prices.setOwn({*priceFrom({{u"model"_s, u"m"_s}, {u"in"_s, 1}, {u"out"_s, 2}})}));
        QCOMPARE(prices.find(u"m"_s, QDate(2026, 1, 1), 1)->output, 2.0);
    }
};

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"
