// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/heighttree.h"

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using namespace quintet::ui;

class TestHeightTree final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itAgreesWithASumAfterRandomEdits()
    {
        QRandomGenerator random(3);
        HeightTree tree;
        std::vector<int> naive;
        const auto between = [&random](size_t end) { return size_t(random.bounded(quint32(end))); };
        for (int edit = 0; edit < 100'000; ++edit) {
            const int kind = random.bounded(10);
            if (kind < 3 || naive.empty()) {
                naive.push_back(random.bounded(200));
                tree.append(naive.back());
            } else if (kind < 8) {
                const size_t i = between(naive.size());
                naive[i] = random.bounded(200);
                tree.set(i, naive[i]);
            } else {
                const size_t first = between(naive.size() + 1);
                const size_t removed =
                    between(std::min<size_t>(naive.size() - first, naive.size() > 4000 ? 3000 : 3) + 1);
                std::vector<int> heights(between(8));
                std::ranges::generate(heights, [&random] { return random.bounded(200); });
                naive.erase(naive.begin() + qsizetype(first), naive.begin() + qsizetype(first + removed));
                naive.insert(naive.begin() + qsizetype(first), heights.begin(), heights.end());
                tree.replace(first, removed, heights);
            }
            QCOMPARE(tree.size(), naive.size());
            const size_t i = between(naive.size() + 1);
            const qint64 sum = std::accumulate(naive.begin(), naive.begin() + qsizetype(i), qint64(0));
            QCOMPARE(tree.yOf(i), sum);
            if (i < naive.size() && naive[i] > 0) {
                QCOMPARE(tree.indexAt(sum), i);
                QCOMPARE(tree.indexAt(sum + naive[i] - 1), i);
            }
        }
        QCOMPARE(tree.total(), std::accumulate(naive.begin(), naive.end(), qint64(0)));
    }

    void whatLiesOutsideIsTheFirstOrTheLast()
    {
        HeightTree tree;
        QCOMPARE(tree.indexAt(10), size_t(0));
        tree.append(5);
        tree.append(5);
        QCOMPARE(tree.indexAt(-3), size_t(0));
        QCOMPARE(tree.indexAt(1000), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestHeightTree)
#include "tst_heighttree.moc"
