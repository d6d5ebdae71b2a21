// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/confinement.h"
#include "document/worker/workerextractor.h"

#include <QBuffer>
#include <QTest>

#include <KCompressionDevice>
#include <KTar>
#include <KZip>
#include <qcorotask.h>

#include <sys/resource.h>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

namespace {

using Parts = QList<std::pair<QString, QByteArray>>;

QByteArray zipOf(const Parts &parts)
{
    QBuffer buffer;
    KZip zip(&buffer);
    zip.open(QIODevice::WriteOnly);
    for (const auto &[path, bytes] : parts)
        zip.writeFile(path, bytes);
    zip.close();
    return buffer.data();
}

QByteArray docxOf(const QByteArray &body)
{
    return zipOf({{u"[Content_Types].xml"_s, "<Types/>"}, {u"word/document.xml"_s, body}});
}

QByteArray odsOf(const QByteArray &table)
{
    return zipOf({{u"mimetype"_s, "application/vnd.oasis.opendocument.spreadsheet"},
                  {u"META-INF/manifest.xml"_s, "<manifest/>"},
                  {u"content.xml"_s,
                   "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body>"
                   "<office:spreadsheet><table:table table:name='S'>"
                       + table + "</table:table></office:spreadsheet></office:body></office:document-content>"}});
}

QByteArray compressed(const QByteArray &bytes, KCompressionDevice::CompressionType type)
{
    QBuffer buffer;
    KCompressionDevice device(&buffer, false, type);
    device.open(QIODevice::WriteOnly);
    device.write(bytes);
    device.close();
    return buffer.data();
}

QByteArray tarWithLinks()
{
    QBuffer buffer;
    KTar tar(&buffer);
    tar.open(QIODevice::WriteOnly);
    tar.writeSymLink(u"passwd.txt"_s, u"/etc/passwd"_s);
    tar.writeFile(u"../../outside.txt"_s, "text outside");
    tar.writeFile(u"inside.txt"_s, "text inside");
    tar.close();
    return buffer.data();
}

QByteArray laughs()
{
    QByteArray xml = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 30; ++i) {
        const QByteArray before = "&a" + QByteArray::number(i - 1) + ";";
        xml += "<!ENTITY a" + QByteArray::number(i) + " '" + before + before + "'>";
    }
    return xml + "]><l>&a29;</l>";
}

QByteArray nestedZip(int depth)
{
    QByteArray inner = "the innermost text";
    QString name = u"inner.txt"_s;
    for (int i = 0; i < depth; ++i) {
        inner = zipOf({{name, inner}});
        name = u"inner.zip"_s;
    }
    return inner;
}

QByteArray nestedMail(int depth)
{
    QByteArray mail = "From: a@b.c\r\nSubject: nested\r\n";
    for (int i = 0; i < depth; ++i) {
        const QByteArray border = "b" + QByteArray::number(i);
        mail += "Content-Type: multipart/mixed; boundary=" + border + "\r\n\r\n--" + border + "\r\n";
    }
    return mail + "Content-Type: text/plain\r\n\r\ndeep\r\n";
}

} // namespace

/// Files made to do harm go through a real worker: each is read or refused with a reason, and none ends its reader.
class TestHostile final : public QObject {
    Q_OBJECT

    std::unique_ptr<WorkerExtractor> m_extractor;

    Result<Document> read(const QByteArray &bytes, const QString &name)
    {
        return QCoro::waitFor(m_extractor->extract({.bytes = bytes, .name = name}, {}));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_extractor = std::make_unique<WorkerExtractor>(QStringLiteral(QUINTET_PROGRAMS "/quintet"), QString());
    }

    void harmIsReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("says"); ///< the error, or a part of the text
        const auto row = [](const char *what, const QByteArray &bytes, const char *name, const char *says) {
            QTest::newRow(what) << bytes << QString::fromLatin1(name) << QString::fromUtf8(says);
        };
        const QByteArray spaces(300 << 20, ' ');
        row("a bomb in a document", docxOf("<d><p><r><t>" + spaces + "</t></r></p></d>"), "a.docx", "far more");
        row("a bomb in an archive", zipOf({{u"a.txt"_s, spaces}, {u"b.txt"_s, spaces}}), "a.zip", "without a document");
        row("a compressed bomb", compressed(spaces, KCompressionDevice::GZip), "a.txt.gz", "far more");
        row("archives in archives", nestedZip(12), "a.zip", "");
        row("a billion laughs", laughs(), "a.xml", "damaged XML");
        row("a billion laughs in a document", docxOf(laughs()), "a.docx", "");
        row("an entity from outside",
            "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>before &x; after</d>",
            "a.xml", "");
        row("deep XML", QByteArray("<a>").repeated(1'000'000), "a.xml", "deeper than any real");
        row("deep JSON", QByteArray("[").repeated(1'000'000), "a.json", "[[[");
        row("deep HTML", "<html>" + QByteArray("<div>").repeated(1'000'000), "a.html", "deeper than any real");
        row("deep RTF", "{\\rtf1 " + QByteArray("{").repeated(1'000'000) + "deep", "a.rtf", "deep");
        row("deep LaTeX", "\\documentclass{a}\\begin{document}x" + QByteArray("{").repeated(1'000'000) + "deep",
            "a.tex", "x");
        row("deep Markdown", QByteArray("> ").repeated(200'000) + "deep", "a.md", "deep");
        row("deep lists", QByteArray("[").repeated(100'000) + QByteArray("](").repeated(100'000), "a.md", "[");
        row("deep mail", nestedMail(20'000), "a.eml", "");
        row("deep tables", docxOf("<d>" + QByteArray("<tbl><tr><tc>").repeated(100'000) + "<p><r><t>in</t></r></p>"),
            "a.docx", "in");
        row("an open quote", "a,b\n\"" + QByteArray("x,y\n").repeated(2'000'000), "a.csv", "");
        row("many columns", "a,b\n" + QByteArray("1,").repeated(2'000'000), "a.csv", "");
        row("cells without end",
            odsOf("<table:table-row table:number-rows-repeated='1000000000'><table:table-cell "
                  "table:number-columns-repeated='1000000000'><text:p>cell</text:p></table:table-cell></"
                  "table:table-row>"),
            "a.ods", "cell");
        row("links out of an archive", tarWithLinks(), "a.tar", "inside");
        row("a PDF that is its own page",
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count "
            "9999>>endobj\n"
            "trailer<</Root 1 0 R>>",
            "a.pdf", "");
        row("a PDF of a million pages",
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 99999999>>endobj\n"
            "trailer<</Root 1 0 R>>",
            "a.pdf", "");
        row("an encrypted archive", QByteArray("PK\x03\x04\x14\0\x01\0\x08\0", 10) + QByteArray(100, 'x'), "a.zip",
            "password");
        row("an encrypted document",
            QByteArray("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) + QByteArray(504, '\0')
                + QByteArray("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32),
            "a.docx", "password");
        row("subtitles without end", "1\n00:00:01,000 --> 00:00:02,000\n" + QByteArray("<i>").repeated(1'000'000),
            "a.srt", "");
        row("a regular expression's worst",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v " + QByteArray("<v a").repeated(100'000), "a.vtt", "");
    }

    void harmIsReadOrRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(QString, says);
        const auto document = read(bytes, name);
        const QString said = document ? document->text : document.error().message;
        QVERIFY2(said.contains(says), qPrintable(said.left(1000)));
        QVERIFY2(!said.contains(u"set aside"), qPrintable(said));
        QVERIFY(!said.contains(u"root:"));
        if (!document)
            QCOMPARE(document.error().kind, ErrorKind::BadInput);
    }

    void noReaderTookMoreMemoryThanItMay()
    {
        m_extractor.reset(); // its workers are waited for
        rusage usage{};
        QCOMPARE(::getrusage(RUSAGE_CHILDREN, &usage), 0);
        qInfo() << "largest reader:" << usage.ru_maxrss / 1024 << "MiB";
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY(usage.ru_maxrss < 512 * 1024);
#endif
    }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
