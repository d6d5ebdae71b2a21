// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/textview.h"

#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestTextView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlaceFarDownInALongTextIsRevealed()
    {
        QString text;
        for (int i = 0; i < 30'000; ++i)
            text += u"Line %1 of a long manual, as manuals are.\n"_s.arg(i);
        const qsizetype at = text.indexOf(u"Line 25000 ");
        TextView view(u"long"_s);
        view.resize(500, 400);
        view.show();
        view.showText(text, {}, false);
        view.setMarks({{at, at + 10}});
        view.reveal(0);
        QTRY_COMPARE(view.textCursor().position(), static_cast<int>(at));
        QVERIFY(view.viewport()->rect().intersects(view.cursorRect()));
        QCOMPARE(view.extraSelections().size(), 1);
    }
};

QTEST_MAIN(TestTextView)
#include "tst_textview.moc"
