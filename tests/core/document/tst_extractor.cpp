// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "document/extraction/input.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

namespace {

QString data(const char *name)
{
    return QStringLiteral(QUINTET_TEST_DATA "/pdf/") + QString::fromLatin1(name);
}

Result<Document> read(const QString &path, const QString &password = {})
{
    return FileExtractor::extractNow({.path = path, .bytes = {}, .name = {}, .password = password}, {});
}

Result<Document> readBytes(const QByteArray &bytes, const QString &name)
{
    return FileExtractor::extractNow({.path = {}, .bytes = bytes, .name = name, .password = {}}, {});
}

QString placeText(const Document &document, size_t index)
{
    const QList<uint> points = document.text.toUcs4();
    const Place &place = document.places.at(index);
    const auto stretch = points.sliced(place.start, place.end - place.start);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(stretch.constData()), stretch.size());
}

} // namespace

class TestExtractor final : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no temporary folder");
        file.write(bytes);
        return file.fileName();
    }

private Q_SLOTS:
    void plainTextHasLines()
    {
        const auto document = read(write(u"a.txt"_s, "One line 😀.\r\nA second.\n\n\nThird, after a gap.\n"));
        QVERIFY(document.has_value());
        QCOMPARE(document->format, u"text"_s);
        QCOMPARE(document->places.size(), size_t(2));
        QCOMPARE(document->places[0].label, u"1–2"_s);
        QCOMPARE(document->places[1].label, u"5"_s);
        QCOMPARE(placeText(*document, 0), u"One line 😀.\nA second."_s);
        QCOMPARE(placeText(*document, 1), u"Third, after a gap."_s);
        QCOMPARE(document->characters, document->text.toUcs4().size());
        QVERIFY(document->date.isValid());
        QVERIFY(document->path.endsWith(u"/a.txt"));
    }

    void markdownHasSections()
    {
        const auto document =
            read(write(u"a.md"_s, "---\ntitle: Kettles\nauthor: Ada\nlang: en\ndate: 2024-05-06\n---\nIntro here.\n\n# "
                                  "**One**\n\nText.\n\nTwo\n---\nMore.\n"));
        QVERIFY(document.has_value());
        QCOMPARE(document->format, u"markdown"_s);
        QCOMPARE(document->title, u"Kettles"_s);
        QCOMPARE(document->author, u"Ada"_s);
        QCOMPARE(document->language, u"en"_s);
        QCOMPARE(document->date.date(), QDate(2024, 5, 6));
        QCOMPARE(document->places.size(), size_t(3));
        QCOMPARE(document->places[1].label, u"One"_s);
        QCOMPARE(placeText(*document, 1), u"# **One**\n\nText."_s);
        QCOMPARE(placeText(*document, 2), u"Two\n---\nMore."_s);
    }

    void pdfHasPages()
    {
        const auto document = read(data("kettles.pdf"));
        QVERIFY(document.has_value());
        QCOMPARE(document->format, u"pdf"_s);
        QCOMPARE(document->places.size(), size_t(4));
        QCOMPARE(document->places[1].page, 2);
        QVERIFY(placeText(*document, 1).startsWith(u"Discussion"));
        QVERIFY(placeText(*document, 2).contains(u"made by the gap"));
        QVERIFY(!document->text.contains(u"Page "));
        QVERIFY2(!document->text.contains(u"-\n"), qPrintable(document->text));
        QVERIFY(document->text.contains(u"extraordinarily"));
        QCOMPARE(document->language, u"en"_s);
        QCOMPARE(document->characters, document->text.toUcs4().size());
    }

    void pdfFromBytesIsTheSame()
    {
        QFile file(data("kettles.pdf"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto fromBytes = readBytes(file.readAll(), u"kettles"_s);
        QVERIFY(fromBytes.has_value());
        QCOMPARE(fromBytes->text, read(file.fileName())->text);
    }

    void theRightPasswordOpensALockedPdf()
    {
        const auto document = read(data("locked.pdf"), u"secret"_s);
        QVERIFY(document.has_value());
        QCOMPARE(document->text, read(data("kettles.pdf"))->text);
    }

    void badInputIsExplained_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &path, const char *says, const QString &password = {}) {
            QTest::newRow(name) << path << password << QString::fromLatin1(says);
        };
        row("missing", m_folder.filePath(u"nothing.txt"_s), "not found");
        row("below a file", write(u"plain.txt"_s, "text here") + u"/below.txt"_s, "not found");
        row("a folder", m_folder.path(), "is a folder");
        row("empty", write(u"empty.txt"_s, ""), "is empty");
        row("white space", write(u"white.txt"_s, " \n\t\n  "), "white space");
        row("a program", u"/proc/self/exe"_s, "a program");
        row("an image", write(u"a.txt.png"_s, "\x89PNG\r\n\x1a\n0000"), "Tesseract");
        row("an archive", write(u"a.zip"_s, QByteArray("PK\x03\x04\0\0\0\0", 8)), "damaged");
        row("an office file", write(u"a.docx"_s, QByteArray("PK\x03\x04\0\0\0\0", 8)), "damaged");
        row("zeros", write(u"zeros"_s, QByteArray(5000, '\0')), "binary");
        row("a locked PDF", data("locked.pdf"), "password");
        row("a wrong password", data("locked.pdf"), "password", u"wrong"_s);
        row("a damaged PDF", data("damaged.pdf"), "damaged");
        row("a PDF of pictures", data("pictures.pdf"), "only images");
        row("only the mark of a PDF", write(u"stub.pdf"_s, "%PDF-1.7\n"), "damaged");
        row("a device", u"/dev/zero"_s, "device");
        QVERIFY(mkfifo(QFile::encodeName(m_folder.filePath(u"pipe"_s)).constData(), 0600) == 0);
        row("a pipe", m_folder.filePath(u"pipe"_s), "pipe");
        QVERIFY(symlink("/nonexistent/target", QFile::encodeName(m_folder.filePath(u"link"_s)).constData()) == 0);
        row("a dead link", m_folder.filePath(u"link"_s), "not found");
        QFile large(m_folder.filePath(u"large.txt"_s));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.write("text ") == 5 && large.resize(maximumText + 1));
        row("too large", large.fileName(), "too large");
    }

    void badInputIsExplained()
    {
        QFETCH(QString, path);
        QFETCH(QString, password);
        QFETCH(QString, says);
        const auto document = read(path, password);
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::BadInput);
        QVERIFY2(document.error().message.contains(says), qPrintable(document.error().message));
    }

    void aFileWithoutRightsSaysSo()
    {
        if (geteuid() == 0)
            QSKIP("root may read everything");
        const QString path = write(u"secret.txt"_s, "text");
        QFile::setPermissions(path, {});
        QVERIFY(read(path).error().message.contains(u"permission"));
    }

    void aNameMayHoldAnyBytes()
    {
        const QByteArray path = m_folder.filePath(u"odd"_s).toUtf8() + "\xff\xfe name.txt";
        const int file = ::open(path.constData(), O_WRONLY | O_CREAT, 0600);
        QVERIFY(file >= 0 && ::write(file, "text", 4) == 4);
        ::close(file);
        const auto document = read(QString::fromLocal8Bit(path));
        QVERIFY2(document, qPrintable(document ? QString() : document.error().message));
        QCOMPARE(document->text, u"text"_s);
    }

    void everyBeginningOfAPdfIsRefusedOrRead()
    {
        QFile file(data("kettles.pdf"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (qsizetype size = 100; size < whole.size(); size += 997) {
            const auto document = readBytes(whole.first(size), u"cut.pdf"_s);
            QVERIFY(document || document.error().kind == ErrorKind::BadInput);
        }
        for (qsizetype at = 0; at < whole.size(); at += 211) {
            QByteArray broken = whole;
            broken[at] = char(broken[at] ^ 0x55);
            const auto document = readBytes(broken, u"broken.pdf"_s);
            QVERIFY(document || document.error().kind == ErrorKind::BadInput);
        }
    }

    void placesAreFoundByOffset()
    {
        const std::vector<Place> places = {{Place::Page, u"i"_s, 5, 10, 1}, {Place::Page, u"2"_s, 12, 20, 2}};
        QCOMPARE(placeAt(places, 0), nullptr);
        QCOMPARE(placeAt(places, 5), &places[0]);
        QCOMPARE(placeAt(places, 11), &places[0]);
        QCOMPARE(placeAt(places, 19), &places[1]);
        QCOMPARE(citationLabel(places[0]), u"p. i"_s);
    }

    void extractingAnswersOnThisThread()
    {
        FileExtractor extractor;
        const auto document = QCoro::waitFor(
            extractor.extract({.path = data("kettles.pdf"), .bytes = {}, .name = {}, .password = {}}, {}));
        QVERIFY(document.has_value());
        QCOMPARE(document->places.size(), size_t(4));
    }

    void cancellingDoesNotWaitForTheReader()
    {
        FileExtractor extractor;
        CancelSource source;
        const QString path = write(u"long.txt"_s, QByteArray("Größe ist nicht alles, sagt man. ").repeated(1'000'000));
        auto task = extractor.extract({.path = path, .bytes = {}, .name = {}, .password = {}}, source.get_token());
        source.request_stop();
        const auto document = QCoro::waitFor(std::move(task));
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::Cancelled);
    }

    void aCancelledTokenReadsNothing()
    {
        CancelSource source;
        source.request_stop();
        const auto document = FileExtractor::extractNow(
            {.path = data("kettles.pdf"), .bytes = {}, .name = {}, .password = {}}, source.get_token());
        QCOMPARE(document.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestExtractor)
#include "tst_extractor.moc"
