// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/history/summaryhistorystore.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace quintet;
using namespace quintet::summarize;
using namespace Qt::StringLiterals;

class TestSummaryHistory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSummarizedIsFoundAgain()
    {
        const QTemporaryDir folder;
        auto database = store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()).value();
        SummaryHistoryStore history(*database);
        for (int i = 0; i < 3; ++i) {
            history.put({u"id%1"_s.arg(i),
                         QDateTime::fromMSecsSinceEpoch(1000 + i, QTimeZone::UTC),
                         u"report %1.pdf"_s.arg(i),
                         {},
                         u"built-in"_s,
                         i == 1 ? u"Über die Häfen."_s : u"Else."_s,
                         {}});
        }
        history
            .put({u"id2"_s,
                  QDateTime::fromMSecsSinceEpoch(1002, QTimeZone::UTC),
                  u"report 2.pdf"_s,
                  {},
                  {},
                  u"Better."_s,
                  {}})
            .waitForFinished();
        QCOMPARE(history.find({}, 10)->size(), size_t(3));
        QCOMPARE(history.find({}, 10)->front().text, u"Better."_s);
        QCOMPARE(history.find(u"häfen REPORT"_s, 10)->front().id, u"id1"_s);
        QVERIFY(history.find(u"airport"_s, 10)->empty());
        QCOMPARE(history.find({}, 2)->size(), size_t(2));
        history.remove(u"id1"_s).waitForFinished();
        QCOMPARE(history.find({}, 10)->size(), size_t(2));
        history.clear().waitForFinished();
        QVERIFY(history.find({}, 10)->empty());
    }
};

QTEST_GUILESS_MAIN(TestSummaryHistory)
#include "tst_summaryhistory.moc"
