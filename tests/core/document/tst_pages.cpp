// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pagecleaner.h"
#include "document/pdf/pdfreader.h"
#include "document/readers/encoding.h"

#include <QStringConverter>
#include <QTest>

using namespace quintet::document;
using namespace Qt::StringLiterals;

class TestPages final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runningLinesAreDropped()
    {
        std::vector<QString> pages;
        for (int i = 1; i <= 4; ++i)
            pages.push_back(u"Journal of Kettles\nText number "_s + QString(i, u'x') + u".\nPage %1"_s.arg(i));
        cleanPages(pages);
        QCOMPARE(pages[0], u"Text number x."_s);
        QCOMPARE(pages[3], u"Text number xxxx."_s);
    }

    void linesThatAreNotSurelyRunningStay()
    {
        std::vector<QString> pages = {u"Results\nOne."_s, u"Results\nTwo."_s};
        const auto before = pages;
        cleanPages(pages);
        QCOMPARE(pages, before);
    }

    void paragraphsFlowAndHeadingsStandAlone()
    {
        const QString line = u"These words are here to fill a line of the paper quite up to its end and"_s;
        std::vector<QString> pages = {u"Results\n"_s + line + u'\n' + line + u"\nthen it ends.\n\nNext"_s};
        cleanPages(pages);
        QCOMPARE(pages[0], u"Results\n"_s + line + u' ' + line + u" then it ends.\n\nNext"_s);
    }

    void tornWordsAreMended()
    {
        std::vector<QString> pages = {
            u"a long sum-\nmary must go\non. A well-known fact is well-\nknown here; pre-\nWar stays."_s};
        cleanPages(pages);
        QCOMPARE(pages[0], u"a long summary must go on. A well-known fact is well-known here; pre-\nWar stays."_s);
    }

    void encodingsAreDetected_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<bool>("marked");
        const QString western = u"Die Straße über die Brücke ist für größere Wagen gesperrt. "_s.repeated(8);
        const QString russian = u"Чайник стоит на плите, и вода в нём скоро закипит. "_s.repeated(8);
        const QString japanese = u"やかんは火にかかっていて、もうすぐ沸きます。水はとても熱いです。"_s.repeated(8);
        const auto row = [](const char *name, const QString &text, const char *encoding, bool marked = false) {
            QTest::newRow(name) << text << QByteArray(encoding) << marked;
        };
        row("UTF-8", western, "UTF-8");
        row("UTF-8 with a mark", western, "UTF-8", true);
        row("UTF-16LE with a mark", russian, "UTF-16LE", true);
        row("UTF-16BE with a mark", russian, "UTF-16BE", true);
        row("UTF-16LE without", western, "UTF-16LE");
        row("UTF-16BE without", western, "UTF-16BE");
        row("UTF-32 with a mark", western, "UTF-32LE", true);
        row("Latin-1", western, "ISO-8859-1");
        row("Windows-1251", russian, "windows-1251");
        row("KOI8-R", russian, "KOI8-R");
        row("Shift-JIS", japanese, "Shift_JIS");
        row("EUC-JP", japanese, "EUC-JP");
        row("GB18030", u"水壶在炉子上，水很快就会开。今天天气很好，我们去公园吧。"_s.repeated(8), "GB18030");
    }

    void encodingsAreDetected()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, encoding);
        QFETCH(bool, marked);
        QStringEncoder encoder(encoding.constData(),
                               marked ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
        if (!encoder.isValid())
            QSKIP("Qt was built without ICU");
        const QByteArray bytes = encoder.encode(text);
        const auto decoded = decodedText(bytes);
        QVERIFY(decoded.has_value());
        QCOMPARE(*decoded, text);
    }

    void binaryIsNoText()
    {
        QByteArray bytes;
        for (int i = 0; i < 5000; ++i)
            bytes += char((i * 2654435761u) >> 11);
        QVERIFY(!decodedText(bytes));
    }
};

QTEST_GUILESS_MAIN(TestPages)
#include "tst_pages.moc"
