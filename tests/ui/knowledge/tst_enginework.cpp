// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/shelf.h"
#include "ui/knowledge/enginework.h"

#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// What the Knowledge tab has done on the engine thread.
class TestEngineWork final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hitsStayWhereItCannotBeSaidWhyADocumentIsMissing()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Quinces are cooked with sugar.\n");
        const auto collection = shelf.filled(u"House"_s);
        const Query query{.collections = {u"House"_s}, .text = u"quinces"_s};
        const auto sound = resultOf(ui::inspect(shelf.library, query, true, u"a.txt"_s, {}));
        QVERIFY(sound && sound->hits.size() == 1);
        QCOMPARE(sound->whyNot, QStringList{u"a.txt is there: passage 1."_s});
        auto connection = store::Connection::open(collection->path());
        QVERIFY(connection && connection->executeScript("ALTER TABLE document RENAME COLUMN reason TO cause"));
        const auto damaged = resultOf(ui::inspect(shelf.library, query, true, u"a.txt"_s, {}));
        QVERIFY2(damaged.has_value(), damaged ? "" : qPrintable(damaged.error().message));
        QCOMPARE(damaged->hits.size(), size_t(1));
        QCOMPARE(damaged->whyNot.size(), 1);
        QVERIFY(damaged->whyNot != sound->whyNot);
    }
};

QTEST_GUILESS_MAIN(TestEngineWork)
#include "tst_enginework.moc"
