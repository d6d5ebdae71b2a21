// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "text/codepoints.h"

#include <QStringEncoder>
#include <QTest>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

namespace {

Document read(const QByteArray &bytes, const char *name)
{
    const auto document =
        FileExtractor::extractNow({.path = {}, .bytes = bytes, .name = QString::fromLatin1(name)}, {});
    return document ? *document : Document{.text = document.error().message};
}

QStringList labels(const Document &document)
{
    QStringList labels;
    for (const Place &place : document.places)
        labels << place.label;
    return labels;
}

} // namespace

/// Formats that are written by hand: what stands in them is what is read.
class TestTexts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonKeepsItsOrderAndLosesItsMarks()
    {
        const Document document = read("{\"zebra\":\"stri\\u00e4ped\",\"list\":[1,2.5,{\"a\":true}],\"empty\":null,"
                                       "\"deep\":{\"inner\":{\"value\":\"\xE6\xB0\xB4\"}}}",
                                       "a.json");
        QCOMPARE(document.text,
                 u"zebra: striäped\nlist:\n  - 1\n  - 2.5\n  -\n    a: true\ndeep:\n  inner:\n    value: 水"_s);
        QCOMPARE(labels(document), QStringList({u"zebra"_s, u"list"_s, u"deep"_s}));
        QCOMPARE(document.format, u"json"_s);
    }

    void whatIsNoJsonIsText() { QCOMPARE(read("{not json at all", "a.json").text, u"{not json at all"_s); }

    void jsonLinesAreRecords()
    {
        const Document document = read(
            "{\"name\":\"Ada\",\"town\":{\"name\":\"London\"}}\nbroken\n\n{\"name\":\"Max\",\"tags\":[\"a\",\"b\"]}\n",
            "a.jsonl");
        QCOMPARE(document.text, u"name: Ada; town.name: London\nbroken\nname: Max; tags: a, b"_s);
        QCOMPARE(labels(document), QStringList({u"1"_s, u"2"_s, u"4"_s}));
    }

    void delimitersAreFoundAndQuotesHoldAnything_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("commas") << QByteArray("Name,Says,N\nAda,\"Hello, \"\"you\"\"\nthere\",1\nMax,Bye,2\n");
        QTest::newRow("semicolons") << QByteArray("Name;Says;N\nAda;\"Hello, \"\"you\"\"\nthere\";1\nMax;Bye;2\n");
        QTest::newRow("tabs") << QByteArray(
            "Name\tSays\tN\r\nAda\t\"Hello, \"\"you\"\"\r\nthere\"\t1\r\nMax\tBye\t2\r\n");
        QTest::newRow("bars") << QByteArray("Name|Says|N\nAda|\"Hello, \"\"you\"\"\nthere\"|1\nMax|Bye|2");
        QTest::newRow("UTF-16") << QByteArray(
            QStringEncoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom)
                .encode(u"Name,Says,N\nAda,\"Hello, \"\"you\"\"\nthere\",1\nMax,Bye,2\n"));
    }

    void delimitersAreFoundAndQuotesHoldAnything()
    {
        QFETCH(QByteArray, bytes);
        const Document document = read(bytes, "a.csv");
        QCOMPARE(document.text, u"Name: Ada; Says: Hello, \"you\" there; N: 1\nName: Max; Says: Bye; N: 2"_s);
        QCOMPARE(labels(document), QStringList({u"2"_s, u"4"_s}));
        QCOMPARE(document.places[1].row, 3);
    }

    void aTableWithoutNamesKeepsItsCells()
    {
        QCOMPARE(read("1,2,3\n4,5,6\n", "a.csv").text, u"1 | 2 | 3\n4 | 5 | 6"_s);
        QCOMPARE(read("Name,Age\n", "a.csv").text, u"Name | Age"_s);
    }

    void xmlIsNamesAndTexts()
    {
        const Document document = read("<?xml version='1.0' encoding='iso-8859-1'?><book id='7'><title>Gr\xF6\xDF"
                                       "e</title><p>One <b>bold</b> word.</p><empty/></book>",
                                       "a.xml");
        QCOMPARE(document.text, u"book [id: 7]\n  title: Größe\n  p: One bold word."_s);
    }

    void subtitlesAreWhatIsSaid()
    {
        const Document document =
            read("\xEF\xBB\xBF"
                 "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Hello</i> there\r\n\r\n"
                 "2\r\n00:00:02,500 --> 00:00:03,000\r\n{\\an8}Hello there\r\n\r\n3\r\n01:02:03,000 --> "
                 "01:02:04,000\r\n\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\r\n",
                 "a.srt");
        QCOMPARE(document.text, u"Hello there\nשלום"_s);
        QCOMPARE(labels(document), QStringList({u"0:00:01"_s, u"1:02:03"_s}));
        QCOMPARE(
            read("WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ada>Hello &amp; <c.red>you</c>\n", "a.txt").text,
            u"Ada: Hello & you"_s);
    }

    void rtfDecodesWhatItsFontsSay()
    {
        const Document document =
            read("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial;}}"
                 "{\\stylesheet{\\s1 heading 1;}}{\\info{\\title Kettles}{\\author Ada}}"
                 "\\pard\\s1 Caf\\'e9\\par\\pard A\\u8364?B {\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2} "
                 "{\\v hidden}{\\deleted gone}\\emdash{} {\\*\\unknown skipped}end\\par"
                 "\\trowd\\intbl one\\cell two\\cell\\row}",
                 "a.rtf");
        QCOMPARE(document.text, u"Café\n\nA€B Привет — end\n\none | two"_s);
        QCOMPARE(document.title, u"Kettles"_s);
        QCOMPARE(document.author, u"Ada"_s);
        QCOMPARE(labels(document), QStringList{u"Café"_s});
    }

    void latexIsReadWithoutItsCommands()
    {
        const Document document =
            read("\\documentclass{article}\\title{On Kettles}\\newcommand{\\x}{y}\n\\begin{document}\n"
                 "\\maketitle % nothing\n\\section{First \\emph{one}}\nCaf\\'e and "
                 "Gr\\\"o{\\ss}e, 5\\,\\% of $x^2$.\\footnote{A note.}\n\n\\begin{itemize}\\item tea\n\\item "
                 "cup\\end{itemize}\\begin{verbatim}\n  a_{b}\n\\end{verbatim}\n\\end{document}",
                 "a.tex");
        QCOMPARE(document.text,
                 u"On Kettles\n\nFirst one\n\nCafé and Größe, 5 % of $x^2$. (A note.)\n\n- tea\n- cup\n\n  a_{b}"_s);
        QCOMPARE(document.title, u"On Kettles"_s);
        QCOMPARE(document.headings.size(), size_t(1));
    }

    void codeIsPartedAtItsBorders()
    {
        const Document document = read("int a()\n{\n    b();\n\n    c();\n}\n\nint d() { }\n", "a.cpp");
        QCOMPARE(labels(document), QStringList({u"1–6"_s, u"8"_s}));
        QCOMPARE(document.format, u"code"_s);
    }

    void textSaysWhatItIsWhateverItsName_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::newRow("page") << QByteArray("<!DOCTYPE html><p>Text</p>") << u"html"_s;
        QTest::newRow("XML") << QByteArray("<?xml version='1.0'?><a>Text</a>") << u"xml"_s;
        QTest::newRow("RTF") << QByteArray("{\\rtf1 Text}") << u"rtf"_s;
        QTest::newRow("mail") << QByteArray("From: a@b.c\nSubject: Hello\n\nText") << u"eml"_s;
        QTest::newRow("mailbox") << QByteArray("From a@b.c Sat Nov 21 05:00:00 2026\nFrom: a@b.c\nSubject: x\n\nText\n")
                                 << u"mbox"_s;
        QTest::newRow("subtitles") << QByteArray("WEBVTT\n\n00:01.000 --> 00:02.000\nText") << u"vtt"_s;
        QTest::newRow("prose") << QByteArray("From: here to there, it is said, people go.\nAnd back.") << u"text"_s;
    }

    void textSaysWhatItIsWhateverItsName()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        for (const char *name : {"file", "file.txt", "file.docx", "file.pdf"}) {
            QCOMPARE(read(bytes, name).format, format);
            QVERIFY(read(bytes, name).text.contains(u"Text") || format == u"text");
        }
    }

    void mailIsReadWithWhatIsAttached()
    {
        const Document document =
            read("From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\nTo: max@example.org\nSubject: =?utf-8?b?5rC05aO2?=\n"
                 "Date: Mon, 06 May 2024 10:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
                 "boundary=x\n\n--x\n"
                 "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: "
                 "8bit\n\n\xD0\xD2\xC9\xD7\xC5\xD4\n--x\n"
                 "Content-Type: application/octet-stream; name=list.csv\nContent-Disposition: attachment; "
                 "filename=list.csv\n"
                 "Content-Transfer-Encoding: base64\n\nTmFtZSxBZ2UKQWRhLDM2Cg==\n--x--\n",
                 "a.eml");
        QCOMPARE(document.text,
                 u"水壶\n\nFrom: Jürgen <j@example.org>\nTo: max@example.org\nDate: 2024-05-06 08:00 UTC\n\nпривет"
                 "\n\nlist.csv\n\nName: Ada; Age: 36"_s);
        QCOMPARE(document.title, u"水壶"_s);
        QCOMPARE(document.date, QDateTime(QDate(2024, 5, 6), QTime(8, 0), QTimeZone::UTC));
        QCOMPARE(labels(document).last(), u"list.csv, line 2"_s);
    }

    void aMailboxHasAPlaceForEachMessage()
    {
        const Document document =
            read("From a@b.c Sat Nov 21 05:00:00 2026\nFrom: a@b.c\nSubject: One\n\nFirst.\n\n>From here on.\n\n"
                 "From d@e.f Sat Nov 21 06:00:00 2026\nFrom: d@e.f\nSubject: Two\n\nSecond.\n",
                 "a.mbox");
        QCOMPARE(labels(document), QStringList({u"One"_s, u"Two"_s}));
        QVERIFY2(document.text.contains(u"From here on."), qPrintable(document.text));
    }
};

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_texts.moc"
