// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/deadlines.h"

#include <QTest>

#include <optional>

using namespace quintet;
using namespace std::chrono_literals;

class TestDeadlines final : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<Deadlines> m_all = std::make_shared<Deadlines>();

private Q_SLOTS:
    void itIsNoticedOnceAndNotBefore()
    {
        int passed = 0;
        Deadline deadline(m_all, [&passed] { ++passed; });
        const auto start = std::chrono::steady_clock::now();
        deadline.set(60ms);
        QTRY_COMPARE(passed, 1);
        QCOMPARE_GE(std::chrono::steady_clock::now() - start, 60ms);
        QTest::qWait(100);
        QCOMPARE(passed, 1);
        deadline.set(1ms);
        QTRY_COMPARE(passed, 2);
    }

    void whatIsClearedMovedOrDestroyedDoesNotPass()
    {
        QStringList passed;
        Deadline cleared(m_all, [&passed] { passed << QStringLiteral("cleared"); });
        Deadline none(m_all, [&passed] { passed << QStringLiteral("none"); });
        Deadline moved(m_all, [&passed] { passed << QStringLiteral("moved"); });
        std::optional<Deadline> destroyed;
        destroyed.emplace(m_all, [&passed] { passed << QStringLiteral("destroyed"); });
        Deadline last(m_all, [&passed] { passed << QStringLiteral("last"); });
        for (Deadline *each : {&cleared, &none, &moved, &*destroyed, &last})
            each->set(20ms);
        cleared.clear();
        none.set(0ms);
        moved.set(1h);
        destroyed.reset();
        QTRY_COMPARE(passed, QStringList(QStringLiteral("last")));
        QTest::qWait(100);
        QCOMPARE(passed, QStringList(QStringLiteral("last")));
    }

    void oneThatPassesMayDestroyItselfAndTheOthers()
    {
        int passed = 0;
        std::vector<std::unique_ptr<Deadline>> deadlines;
        for (int i = 0; i < 5; ++i) {
            deadlines.push_back(std::make_unique<Deadline>(m_all, [&] {
                ++passed;
                std::exchange(deadlines, {});
            }));
            deadlines.back()->set(1ms);
        }
        QTRY_COMPARE(passed, 1);
        QTest::qWait(100);
        QCOMPARE(passed, 1);
    }
};

QTEST_GUILESS_MAIN(TestDeadlines)

#include "tst_deadlines.moc"
