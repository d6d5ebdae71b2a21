// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/forecast.h"
#include "usage/report/planner.h"

#include <QTest>
#include <QTimeZone>

using namespace quintet::usage;
using namespace Qt::StringLiterals;

class TestPlanner final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlanCostsItsTokens()
    {
        const Price price{.model = u"m"_s, .from = {}, .to = {}, .input = 2, .output = 10, .batchFactor = 0.5};
        PlannedUse use{.pattern = u"batch"_s, .requests = 1'000'000, .promptTokens = 1000, .completionTokens = 100};
        QCOMPARE(plannedCost(use, price), (PlannedCost{3000, 3000, 3000}));
        use.cacheShare = 0.25;
        QCOMPARE(plannedCost(use, price), (PlannedCost{3000, 2250, 2250}));
        use.isBatch = true;
        QCOMPARE(plannedCost(use, price), (PlannedCost{3000, 2250, 1125}));
        use.cacheShare = 7;
        QCOMPARE(plannedCost(use, price).best, 0.0);
        PlannedCost sum{1, 2, 3};
        sum += {10, 20, 30};
        QCOMPARE(sum, (PlannedCost{11, 22, 33}));
    }

    void withoutBatchPriceABatchCostsTheSame()
    {
        const Price price{.model = u"m"_s, .from = {}, .to = {}, .input = 1, .output = 1};
        const PlannedUse use{.requests = 1000, .promptTokens = 1000, .isBatch = true};
        QCOMPARE(plannedCost(use, price).best, 1.0);
    }

    void itBeginsWithAMillionRequestsADay()
    {
        qint64 sum = 0;
        QStringList patterns;
        for (const PlannedUse &use : usualPlan({})) {
            sum += use.requests;
            patterns << use.pattern;
            QVERIFY(!use.isMeasured);
            QVERIFY(use.promptTokens > 0 && use.completionTokens > 0);
        }
        QCOMPARE(sum, 1'000'000);
        QCOMPARE(patterns, (QStringList{u"summarize"_s, u"chat"_s, u"batch"_s, u"knowledge"_s, u"agent"_s}));
    }

    void whatWasMeasuredGoesBeforeWhatIsUsual()
    {
        const UsageRow chat{
            .key = u"chat"_s, .requests = 20, .cached = 8, .failed = 2, .promptTokens = 5000, .completionTokens = 1000};
        const UsageRow few{.key = u"agent"_s, .requests = 2, .promptTokens = 9};
        const auto plan = usualPlan({chat, few});
        QVERIFY(plan[1].isMeasured);
        QCOMPARE(plan[1].promptTokens, 500.0);
        QCOMPARE(plan[1].completionTokens, 100.0);
        QCOMPARE(plan[1].cacheShare, 0.4);
        QVERIFY(!plan[4].isMeasured);
        QCOMPARE(plan[4], usualPlan({})[4]);
    }

    void theMonthGoesOnAsItDid()
    {
        const QTimeZone zone("Europe/Berlin");
        const auto at = [&zone](int month, int day, int hour) {
            return QDateTime(QDate(2026, month, day), QTime(hour, 0), zone);
        };
        QCOMPARE(forecast(Money::fromDollars(10), at(11, 11, 0)), Money::fromDollars(30));
        QCOMPARE(forecast(Money::fromDollars(10), at(11, 1, 23)), std::nullopt);
        QCOMPARE(forecast({}, at(11, 11, 0)), Money{});
        // March has an hour less: 743 hours, of which 719 have passed at the begin of its last day.
        QCOMPARE(forecast(Money::fromDollars(719), at(3, 31, 0)), Money::fromDollars(743));
    }
};

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"
