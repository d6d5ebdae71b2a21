// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drop/dragout.h"
#include "ui/drop/given.h"

#include <QImage>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestGiven final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesFoldersAndLinksAreToldApart()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"a.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName()), QUrl::fromLocalFile(folder.path()),
                      QUrl(u"https://example.org/page"_s), QUrl(u"javascript:alert(1)"_s)});
        const Given given = givenFrom(data);
        QCOMPARE(given.files(), QStringList{file.fileName()});
        QCOMPARE(given.folders(), QStringList{folder.path()});
        QCOMPARE(given.links, QList<QUrl>{QUrl(u"https://example.org/page"_s)});
        QVERIFY(given.text.isEmpty());
        QVERIFY(describe(given).startsWith(u"1 file"_s) && describe(given).contains(u"1 link"_s));
    }

    void aTextThatIsThePathOfSomethingIsThat()
    {
        const QTemporaryDir folder;
        QCOMPARE(givenFrom(folder.path() + u'\n').folders(), QStringList{folder.path()});
        QVERIFY(givenFrom(folder.path() + u"/none"_s).paths.isEmpty());
        QVERIFY(givenFrom(u"and/or"_s).paths.isEmpty());
    }

    void aTextThatIsAnAddressIsALink()
    {
        QCOMPARE(givenFrom(u" https://example.org "_s).links.size(), 1);
        QVERIFY(givenFrom(u"see https://example.org"_s).links.isEmpty());
        QVERIFY(givenFrom(u"file:///etc/passwd"_s).links.isEmpty());
        QVERIFY(givenFrom(u"  "_s).isEmpty());
    }

    void aPictureIsOneUnlessItComesWithText()
    {
        QMimeData data;
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        data.setImageData(image);
        QCOMPARE(givenFrom(data).pictures.size(), 1);
        QVERIFY(givenFrom(data).pictures.first().startsWith("\x89PNG"));
        // A spreadsheet gives its cells as text and as a picture: the text is meant.
        data.setText(u"1\t2"_s);
        QVERIFY(givenFrom(data).pictures.isEmpty());
        QCOMPARE(givenFrom(data).text, u"1\t2"_s);
    }

    void resultsGoOutInThreeForms()
    {
        const std::unique_ptr<QMimeData> data(mimeOfMarkdown(u"**bold** <script>x</script>"_s));
        QCOMPARE(data->text(), u"**bold** <script>x</script>"_s);
        QCOMPARE(data->data(u"text/markdown"_s), "**bold** <script>x</script>");
        QVERIFY(data->html().contains(u"<strong>bold</strong>"_s));
        QVERIFY(!data->html().contains(u"<script>"_s));
        const std::unique_ptr<QMimeData> files(mimeOfFiles({u"/a b.md"_s}));
        QCOMPARE(files->urls(), QList<QUrl>{QUrl::fromLocalFile(u"/a b.md"_s)});
    }
};

QTEST_MAIN(TestGiven)
#include "tst_given.moc"
