// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/chunks/chunker.h"
#include "document/extraction/fileextractor.h"
#include "text/codepoints.h"
#include "text/tokenestimate.h"

#include <QFile>
#include <QTest>
#include <QTextBoundaryFinder>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

namespace {

Document read(const QString &text, const QString &name)
{
    return FileExtractor::extractNow({.path = {}, .bytes = text.toUtf8(), .name = name}, {}).value_or(Document());
}

QString stretch(const Document &document, const Chunk &chunk)
{
    const text::CodePointMap map(document.text);
    return document.text.mid(map.unit(chunk.start), map.unit(chunk.end) - map.unit(chunk.start));
}

QString prose(int sentences)
{
    QString text;
    for (int i = 0; i < sentences; ++i)
        text += u"Sentence number %1 says a little about the kettle and the bridge. "_s.arg(i)
                + (i % 7 == 6 ? u"\n\n"_s : QString());
    return text;
}

/// Chunks stand in order, none is too large, and all of the text is in one.
void verifyChunks(const Document &document, const std::vector<Chunk> &chunks, const ChunkSize &size)
{
    const text::CodePointMap map(document.text);
    qint64 end = 0;
    qint64 start = -1;
    for (const Chunk &chunk : chunks) {
        QVERIFY(chunk.start > start && chunk.end > end && chunk.end > chunk.start);
        start = chunk.start;
        if (chunk.start > end)
            QVERIFY2(QStringView(document.text)
                         .sliced(map.unit(end), map.unit(chunk.start) - map.unit(end))
                         .trimmed()
                         .isEmpty(),
                     qPrintable(chunk.text));
        end = chunk.end;
        QVERIFY2(chunk.text.endsWith(stretch(document, chunk)), qPrintable(chunk.text));
        QVERIFY2(chunk.tokens <= size.tokens + 3, qPrintable(chunk.text));
        QCOMPARE(chunk.tokens, text::estimateTokens(chunk.text));
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, document.text);
        for (const qint64 border : {chunk.start, chunk.end}) {
            finder.setPosition(map.unit(border));
            QVERIFY(finder.isAtBoundary());
        }
    }
    QVERIFY(QStringView(document.text).sliced(map.unit(end)).trimmed().isEmpty());
}

} // namespace

class TestChunker final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chunksHoldTheWholeText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("prose") << prose(200) << u"a.txt"_s;
        QTest::newRow("one paragraph") << prose(200).remove(u'\n') << u"a.txt"_s;
        QTest::newRow("a word without end") << QString(5000, u'x') << u"a.txt"_s;
        QTest::newRow("marks on one letter") << (u"o"_s + QString(12, QChar(0x301))).repeated(300) << u"a.txt"_s;
        QTest::newRow("emoji families") << u"👨‍👩‍👧‍👦🏳️‍🌈"_s.repeated(300) << u"a.txt"_s;
        QTest::newRow("Chinese") << u"水壶在炉子上，水很快就会开。今天天气很好，我们去公园吧。"_s.repeated(60)
                                 << u"a.txt"_s;
        QTest::newRow("Thai") << u"กาต้มน้ำอยู่บนเตาและน้ำจะเดือดในไม่ช้า"_s.repeated(60) << u"a.txt"_s;
        QTest::newRow("Markdown") << u"# One\n\n- item\n  more\n\n## Two\n\n"_s + prose(30)
                                         + u"\n```\ncode\n\n  more\n```\n\n| a | b |\n|---|---|\n"_s
                                         + u"| 1 | some words in a cell |\n"_s.repeated(80)
                                  << u"a.md"_s;
        QTest::newRow("code") << u"int f(int a)\n{\n    return a;\n\n    // more\n}\n\n"_s.repeated(60) << u"a.cpp"_s;
        QTest::newRow("rows") << u"name,age,town\n"_s + u"Ada,36,London\n"_s.repeated(200) << u"a.csv"_s;
    }

    void chunksHoldTheWholeText()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        const Document document = read(text, name);
        QVERIFY(!document.text.isEmpty());
        for (const ChunkSize size : {ChunkSize{300, 40}, ChunkSize{60, 0}, ChunkSize{40, 20}}) {
            const auto chunks = chunksOf(document, size);
            verifyChunks(document, chunks, size);
            QCOMPARE(chunksOf(document, size), chunks);
        }
    }

    void samplesOfOtherProgramsAreChunked()
    {
        for (const char *name : {"tour.docx", "tour.pptx", "tour.rst", "accounts.xlsx"}) {
            const auto document = FileExtractor::extractNow(
                {.path = QStringLiteral(QUINTET_TEST_DATA "/documents/") + QString::fromLatin1(name)}, {});
            QVERIFY(document);
            verifyChunks(*document, chunksOf(*document, {60, 10}), {60, 10});
        }
    }

    void aChunkKnowsItsHeadings()
    {
        const Document document =
            read(u"# Book\n\n## One\n\n"_s + prose(20) + u"\n## Two\n\n### Deep\n\n"_s + prose(20), u"a.md"_s);
        const auto chunks = chunksOf(document, {100, 20});
        QVERIFY(chunks.size() > 4);
        QCOMPARE(chunks.front().headings, QStringList{u"Book"_s});
        QCOMPARE(chunks[2].headings, QStringList({u"Book"_s, u"One"_s}));
        QCOMPARE(chunks.back().headings, QStringList({u"Book"_s, u"Two"_s, u"Deep"_s}));
        // A section begins a chunk, and nothing of the one before is said again.
        QVERIFY(std::ranges::any_of(chunks, [](const Chunk &chunk) { return chunk.text.startsWith(u"## Two"); }));
    }

    void sentencesAreSaidAgainAndStayWhole()
    {
        const Document document = read(prose(60).remove(u'\n'), u"a.txt"_s);
        const auto chunks = chunksOf(document, {100, 30});
        QVERIFY(chunks.size() > 5);
        for (size_t i = 1; i < chunks.size(); ++i) {
            QVERIFY(chunks[i].start < chunks[i - 1].end);
            QVERIFY2(chunks[i].text.startsWith(u"Sentence number"), qPrintable(chunks[i].text));
            QVERIFY2(chunks[i].text.endsWith(u'.'), qPrintable(chunks[i].text));
        }
    }

    void aTableKeepsItsFirstRow()
    {
        const Document document =
            read(u"Before it.\n\n"_s + u"Town | People | River\n"_s + u"London | 9000000 | Thames\n"_s.repeated(60),
                 u"a.txt"_s);
        const auto chunks = chunksOf(document, {80, 20});
        QVERIFY(chunks.size() > 5);
        for (size_t i = 1; i < chunks.size(); ++i)
            QVERIFY2(chunks[i].text.startsWith(u"Town | People | River\nLondon"), qPrintable(chunks[i].text));
    }

    void theCostGrowsWithTheTextAlone()
    {
        // What each chunk looks at is bounded: twice the text, twice the chunks, and no chunk grows.
        const auto small = chunksOf(read(prose(2'000), u"a.txt"_s));
        const auto large = chunksOf(read(prose(4'000), u"a.txt"_s));
        QVERIFY(qAbs(qint64(large.size()) - 2 * qint64(small.size())) <= qint64(small.size()) / 10);
    }
};

QTEST_GUILESS_MAIN(TestChunker)
#include "tst_chunker.moc"
