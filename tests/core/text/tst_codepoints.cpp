// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/codepoints.h"
#include "text/normalize.h"

#include <QTest>

using namespace quintet::text;
using namespace Qt::StringLiterals;

class TestCodePoints final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutPairsBothCountsAgree()
    {
        const CodePointMap map(u"abc\u4e2d"_s);
        QCOMPARE(map.size(), 4);
        QCOMPARE(map.codePoint(3), 3);
        QCOMPARE(map.unit(3), 3);
        QCOMPARE(map.unit(99), 4);
    }

    void pairsCountOnce()
    {
        QString text;
        for (int i = 0; i < 3000; ++i)
            text += i % 3 == 0 ? u"😀"_s : u"x"_s;
        const CodePointMap map(text);
        const QList<uint> points = text.toUcs4();
        QCOMPARE(map.size(), points.size());
        QCOMPARE(countCodePoints(text), points.size());
        for (qint64 i = 0; i <= points.size(); ++i) {
            const qsizetype unit = map.unit(i);
            QCOMPARE(map.codePoint(unit), i);
            QCOMPARE(text.first(unit).toUcs4().size(), i);
        }
    }

    void aTornPairCountsAsOne()
    {
        const QString text = u"a"_s + QChar(0xD83D) + u"b"_s + QChar(0xDE00);
        QCOMPARE(CodePointMap(text).size(), 4);
        QCOMPARE(CodePointMap(text).unit(3), 3);
    }

    void textIsBroughtToOneForm_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("normal");
        const auto row = [](const char *name, const QString &raw, const QString &normal) {
            QTest::newRow(name) << raw << normal;
        };
        row("line ends", u"a\r\nb\rc\u0085d\fe\u2028f"_s, u"a\nb\nc\nd\ne\nf"_s);
        row("soft hyphen and zero width", u"sum\u00admary\u200b \ufeffx"_s, u"summary x"_s);
        row("controls", u"a"_s + QChar(0) + u"b\u0007\tc"_s, u"ab\tc"_s);
        row("ligature", u"ﬁnd eﬀort"_s, u"find effort"_s);
        row("composed", u"e\u0301 A\u030a \u1112\u1161\u11ab"_s, u"é Å 한"_s);
        row("mark after a dropped character", u"e\u00ad\u0301"_s, u"é"_s);
        row("full width", u"ＡＢＣ１２３　好！"_s, u"ABC123 好!"_s);
        row("torn pair", u"a"_s + QChar(0xD83D) + u"b"_s, u"a\ufffdb"_s);
        row("emoji stays", u"ok 😀 done"_s, u"ok 😀 done"_s);
        row("plain", u"Plain “text” – naïve, русский, 中文。"_s, u"Plain “text” – naïve, русский, 中文。"_s);
    }

    void textIsBroughtToOneForm()
    {
        QFETCH(QString, raw);
        QFETCH(QString, normal);
        QCOMPARE(normalized(raw), normal);
        QCOMPARE(normalized(normal), normal);
    }

    void theShortWayAgreesWithQt()
    {
        // Every character of the basic plane between two letters and behind a base.
        for (uint c = 0xA0; c < 0xFFFE; ++c) {
            const QChar unit{char16_t(c)};
            if (unit.isSurrogate() || c == 0xAD || c == 0x200B || c == 0x2028 || c == 0x2029 || c == 0xFEFF)
                continue;
            const QString text = u"o"_s + unit + u"z"_s;
            QCOMPARE(normalized(text), text.normalized(QString::NormalizationForm_KC));
        }
    }
};

QTEST_GUILESS_MAIN(TestCodePoints)
#include "tst_codepoints.moc"
