// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/leafreader.h"
#include "text/markdownstream.h"
#include "text/markdowntail.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace quintet::text;
using namespace Qt::StringLiterals;

namespace {

const QStringList snippets{
    u""_s,
    u"one word"_s,
    u"42"_s,
    u"a\n\nb\n\nc"_s,
    u"# a\n## b\ntext\n# c"_s,
    u"- a\n- b\n\n- c\n\ntext"_s,
    u"- a\n\n  b\n\n      code\n- c"_s,
    u"1. a\n1. b\n1. c\n\n2. d"_s,
    u"7) a\n8) b\n\n\n9) c\n10. d"_s,
    u"- a\n  - b\n    - c\n  - d\n- e"_s,
    u"-\n- \n- x"_s,
    u"* * *\n---\n___"_s,
    u"a\n---\nb\n===\nc"_s,
    u"a\n- b\nc\n\nd"_s,
    u"a\n2. b\n1. c"_s,
    u"> a\nb\n\n> c\n> > d\n\ne"_s,
    u"> ```\n> a\n\nb"_s,
    u"```\na\n```\n```\nb\n```"_s,
    u"```c++ title\n\n\na\n\n```\n\nb"_s,
    u"````\n```\n````\nx"_s,
    u"~~~\n```\n~~~"_s,
    u"```\nnever closed\n\n# no heading"_s,
    u"  ```\n  indented\n  ```\ntext\n\n- x"_s,
    u"- ```\n  in an item\n\n  ```\n- b"_s,
    u"- a\n  ```\n  in an item\nout\n```\nx\n```"_s,
    u"    code\n\n    more\ntext"_s,
    u"\tcode\n\ttabs"_s,
    u"a\n    no code"_s,
    u"| a | b |\n|---|---|\n| 1 | 2 |\n\nx"_s,
    u"a | b\n-|-\n1 | 2\nx"_s,
    u"| a |\n| - |\n| 1 |\n- list\n| 2 |"_s,
    u"text\n| a | b |\n|---|---|\n| 1 | 2 |"_s,
    u"[a]\n\n[a]: https://x.y"_s,
    u"[a]: https://x.y\n\n[a] and [b]\n\n[b]: z"_s,
    u"[^1] x\n\n[^1]: note\n[^2]: second"_s,
    u"a **b\n\nc** d"_s,
    u"`a\n\nb`"_s,
    u"a\\\nb  \nc"_s,
    u"<div>\n\n*x*\n\n</div>"_s,
    u"$a$ $$b$$ \\(c\\) \\[d\\]\n\n$$\ne\n$$"_s,
    u"\\(open\n\nnever closed"_s,
    u"&amp;&nbsp;&#0;&unknown;"_s,
    u"a\r\nb\r\n\r\nc"_s,
    u"\n\n\n\na\n\n\n\n"_s,
    u"😀 **😀** `😀` [😀](😀)"_s,
    u"\u202Eevil\u202C and \u200B zero"_s,
};

QString fileText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString describe(const std::vector<LeafBlock> &leaves)
{
    QStringList lines;
    for (const LeafBlock &leaf : leaves) {
        QString containers;
        for (const Container &container : leaf.containers)
            containers += QString::number(container.kind) + container.marker + u'/';
        QString runs;
        for (const Run &run : leaf.runs)
            runs += u"%1-%2:%3@%4 "_s.arg(run.span.start).arg(run.span.end).arg(run.styles).arg(run.source.start);
        lines << u"%1 [%2] %3 {%4-%5} first %6 last %7 \"%8\" %9"_s.arg(int(leaf.kind))
                     .arg(containers, leaf.language)
                     .arg(leaf.source.start)
                     .arg(leaf.source.end)
                     .arg(leaf.isFirst)
                     .arg(leaf.isLast)
                     .arg(leaf.text, runs);
    }
    return lines.join(u'\n');
}

void addSamples()
{
    QTest::addColumn<QString>("markdown");
    for (qsizetype i = 0; i < snippets.size(); ++i)
        QTest::addRow("snippet %d", int(i)) << snippets[i];
    for (const char *name : {"answer.md", "everything.md"})
        QTest::newRow(name) << fileText(QStringLiteral(QUINTET_TEST_DATA "/markdown/") + QLatin1StringView(name));
    QTest::newRow("the readme") << fileText(QStringLiteral(QUINTET_SOURCE_FOLDER "/README.md"));
    QString list;
    for (int i = 1; i <= 40; ++i)
        list += u"%1. item **%1**\n   - under it\n\n"_s.arg(i);
    QTest::newRow("long list") << list;
    QString table = u"| n | square |\n|--:|:--|\n"_s;
    for (int i = 1; i <= 40; ++i)
        table += u"| %1 | %2 |\n"_s.arg(i).arg(i * i);
    QTest::newRow("long table") << table + u"\nbehind"_s;
    QString code = u"text\n```cpp\n"_s;
    for (int i = 1; i <= 100; ++i)
        code += u"int line%1 = %1;\n"_s.arg(i);
    QTest::newRow("long code") << code + u"```\nbehind\n"_s;
    QTest::newRow("code with a long line") << u"```\n"_s + QString(9000, u'x') + u"\ny\n```"_s;
    QTest::newRow("long paragraph") << u"word *emphasis* `code` "_s.repeated(2000);
}

} // namespace

/// Prefix property: what is committed never changes while the text is being written, and at the end all is as if it
/// had been read at once.
class TestMarkdownStream final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsCommittedNeverChangesAndTheEndIsTheWholeRead_data() { addSamples(); }
    void whatIsCommittedNeverChangesAndTheEndIsTheWholeRead()
    {
        QFETCH(QString, markdown);
        MarkdownStream stream;
        std::vector<LeafBlock> committed;
        std::vector<LeafBlock> shown;
        const qsizetype step = markdown.size() > 5000 ? 97 : 1;
        for (qsizetype i = 0; i < markdown.size(); i += step) {
            stream.append(QStringView(markdown).sliced(i, std::min(step, markdown.size() - i)));
            const MarkdownStream::Change change = stream.update();
            QVERIFY(change.first >= committed.size());
            shown.erase(shown.begin() + qsizetype(change.first),
                        shown.begin() + qsizetype(change.first + change.removed));
            shown.insert(shown.begin() + qsizetype(change.first), stream.leaves().begin() + qsizetype(change.first),
                         stream.leaves().begin() + qsizetype(change.first + change.added));
            QVERIFY(shown == stream.leaves());
            QVERIFY(stream.committed() >= committed.size());
            QVERIFY(std::equal(committed.begin(), committed.end(), stream.leaves().begin()));
            committed.assign(stream.leaves().begin(), stream.leaves().begin() + qsizetype(stream.committed()));
        }
        stream.finish();
        QCOMPARE(describe(stream.leaves()), describe(readLeaves(markdown)));
        QVERIFY(stream.leaves() == readLeaves(markdown));
    }

    void theLastReadReplacesNothingThatNeededNone_data() { addSamples(); }
    void theLastReadReplacesNothingThatNeededNone()
    {
        QFETCH(QString, markdown);
        if (markdown.contains(u"]:") || qstrcmp(QTest::currentDataTag(), "long paragraph") == 0)
            QSKIP("definitions that come late, and paragraphs beyond any length, are mended at the end");
        MarkdownStream stream;
        for (const QChar c : std::as_const(markdown)) {
            stream.append(QStringView(&c, 1));
            if (c == u'\n')
                stream.update();
        }
        stream.update();
        const std::vector<LeafBlock> committed(stream.leaves().begin(),
                                               stream.leaves().begin() + qsizetype(stream.committed()));
        stream.finish();
        const std::vector<LeafBlock> whole(
            stream.leaves().begin(), stream.leaves().begin() + std::min(committed.size(), stream.leaves().size()));
        const QStringList a = describe(committed).split(u"\n"_s), b = describe(whole).split(u"\n"_s);
        for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
            QCOMPARE(a[i], b[i]);
        QCOMPARE(a.size(), b.size());
    }

    void runsCoverTheTextAndLeadBackToTheSource_data() { addSamples(); }
    void runsCoverTheTextAndLeadBackToTheSource()
    {
        QFETCH(QString, markdown);
        qsizetype place = 0;
        for (const LeafBlock &leaf : readLeaves(markdown)) {
            QVERIFY(leaf.source.start >= place);
            QVERIFY(leaf.source.end >= leaf.source.start);
            QVERIFY(leaf.source.end <= markdown.size());
            place = leaf.source.end;
            qsizetype at = 0;
            for (const Run &run : leaf.runs) {
                QCOMPARE(run.span.start, at);
                at = run.span.end;
                if (run.span.size() == run.source.size() && !leaf.text.contains(u'\u200B') && !markdown.contains(u'\r')
                    && run.source.end <= markdown.size()) {
                    QString source = run.source.of(markdown).toString();
                    const QString text = run.span.of(leaf.text).toString();
                    if (!source.contains(u'\n') && !text.contains(u'\t') && !text.contains(QChar::LineSeparator))
                        QCOMPARE(text, source);
                }
            }
            QCOMPARE(at, leaf.text.size());
        }
    }

    void whatCannotBeReadYetIsHeldBack_data()
    {
        QTest::addColumn<QString>("tail");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"some words"_s << u"some words"_s;
        QTest::newRow("open strong") << u"some **strong wor"_s << u"some **strong wor**"_s;
        QTest::newRow("open in open") << u"a **b *c"_s << u"a **b *c***"_s;
        QTest::newRow("open code") << u"call `f(x"_s << u"call `f(x`"_s;
        QTest::newRow("stars in code") << u"call `a ** b"_s << u"call `a ** b`"_s;
        QTest::newRow("closed") << u"**a** and `b`"_s << u"**a** and `b`"_s;
        QTest::newRow("marks alone") << u"some words **"_s << u"some words "_s;
        QTest::newRow("a product") << u"2 * 3"_s << u"2 * 3"_s;
        QTest::newRow("half link") << u"see [the doc"_s << u"see "_s;
        QTest::newRow("half address") << u"see [the doc](https://exa"_s << u"see "_s;
        QTest::newRow("whole link") << u"see [the doc](https://example.org) x"_s
                                    << u"see [the doc](https://example.org) x"_s;
        QTest::newRow("half image") << u"see ![a"_s << u"see "_s;
        QTest::newRow("half formula") << u"so \\(a + b"_s << u"so "_s;
        QTest::newRow("bullet") << u"text\n- "_s << u"text\n"_s;
        QTest::newRow("number") << u"1."_s << u""_s;
        QTest::newRow("a figure") << u"42"_s << u"42"_s;
        QTest::newRow("hashes") << u"text\n\n##"_s << u"text\n\n"_s;
        QTest::newRow("underline") << u"text\n--"_s << u"text\n"_s;
        QTest::newRow("fence") << u"text\n\n```py"_s << u"text\n\n"_s;
        QTest::newRow("table head") << u"text\n\n| a | b |"_s << u"text\n\n"_s;
        QTest::newRow("table head, whole line") << u"| a | b |\n"_s << u""_s;
        QTest::newRow("table") << u"| a | b |\n|---|---|\n| 1"_s << u"| a | b |\n|---|---|\n| 1"_s;
        QTest::newRow("task") << u"- [ ] to do"_s << u"- [ ] to do"_s;
    }
    void whatCannotBeReadYetIsHeldBack()
    {
        QFETCH(QString, tail);
        QFETCH(QString, shown);
        QCOMPARE(shownTail(tail), shown);
    }

    void markdownBecomesWhatItMeans()
    {
        const auto leaves = readLeaves(u"1. one\n   - [x] two\n\n> a[^1] <br>b & &#x1F600; <i>c</i>\n\n"
                                       "| x |\n|--:|\n| 1 |\n\n[^1]: note"_s);
        QCOMPARE(leaves.size(), size_t(6));
        QCOMPARE(leaves[0].containers, (std::vector<Container>{{Container::Item, u"1."_s}}));
        QCOMPARE(leaves[1].containers, (std::vector<Container>{{Container::Item, {}}, {Container::Item, u"☑"_s}}));
        QCOMPARE(leaves[2].text, u"a1 \u2028b & 😀 <i>c</i>"_s);
        QCOMPARE(leaves[2].runs[1].styles, quint16(FootnoteStyle));
        QCOMPARE(leaves[3].kind, LeafKind::TableRow);
        QCOMPARE(leaves[4].cells[0].alignment, Alignment::Right);
        QCOMPARE(leaves[5].containers, (std::vector<Container>{{Container::Footnote, u"1"_s}}));
        QCOMPARE(leaves[5].text, u"note"_s);
        const auto cited = readLeaves(u"so [1], [2, 3] and [x]"_s, {.citations = true});
        QCOMPARE(std::ranges::count(cited[0].runs, quint16(CitationStyle), &Run::styles), 2);
        QCOMPARE(readLeaves(u"$$\na + b\n$$"_s)[0].kind, LeafKind::Formula);
        QCOMPARE(readLeaves(u"\\[ a + b \\]"_s)[0].text, u"a + b"_s);
        QCOMPARE(readLeaves(u"![x](y.png)"_s)[0].kind, LeafKind::Image);
    }

    void theWorkGrowsWithTheTextAndNotWithItsSquare()
    {
        const QString markdown = fileText(QStringLiteral(QUINTET_TEST_DATA "/markdown/everything.md"));
        const auto workFor = [&markdown](int times) {
            MarkdownStream stream;
            const QString text = markdown.repeated(times);
            for (qsizetype i = 0; i < text.size(); i += 64) {
                stream.append(QStringView(text).sliced(i, std::min<qsizetype>(64, text.size() - i)));
                stream.update();
            }
            return double(stream.charactersRead());
        };
        QVERIFY2(workFor(16) < 4.4 * workFor(4), qPrintable(QString::number(workFor(16) / workFor(4))));
    }

    void hostileTextIsReadInFiniteTime_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::newRow("nested quotes") << QString(50'000, u'>');
        QTest::newRow("nested lists") << u"- "_s.repeated(20'000);
        QTest::newRow("one line") << u"word "_s.repeated(1'000'000);
        QTest::newRow("one word") << QString(5'000'000, u'x');
        QTest::newRow("back-ticks") << QString(1'000'000, u'`');
        QTest::newRow("uneven back-ticks") << u"` `` ``` "_s.repeated(50'000);
        QTest::newRow("stars") << u"*a **b "_s.repeated(50'000);
        QTest::newRow("links") << u"[a](https://example.org/x) "_s.repeated(10'000);
        QTest::newRow("half links") << QString(200'000, u'[');
        QTest::newRow("half images") << u"![a]("_s.repeated(50'000);
        QTest::newRow("half formulas") << u"\\(x "_s.repeated(100'000);
        QTest::newRow("dollars") << u"$a "_s.repeated(100'000);
        QTest::newRow("definitions") << u"[a]: b\n"_s.repeated(20'000);
        QTest::newRow("footnotes") << u"[^1]: a\n"_s.repeated(20'000);
        QTest::newRow("footnotes in a line") << u"[^1]: a "_s.repeated(20'000);
        QTest::newRow("breaks") << u"a<br>"_s.repeated(50'000);
        QTest::newRow("wide table") << u"|a"_s.repeated(5000) + u"|\n"_s + u"|-"_s.repeated(5000) + u"|\n|b|"_s;
        QTest::newRow("controls") << u"\u200B\u202E\u2066\u0000\uFEFF"_s.repeated(20'000);
    }
    void hostileTextIsReadInFiniteTime()
    {
        QFETCH(QString, markdown);
        QElapsedTimer timer;
        timer.start();
        const auto leaves = readLeaves(markdown);
        const qint64 whole = timer.restart();
        MarkdownStream stream;
        for (qsizetype i = 0; i < markdown.size(); i += std::max<qsizetype>(markdown.size() / 50, 64)) {
            stream.append(QStringView(markdown).sliced(
                i, std::min(std::max<qsizetype>(markdown.size() / 50, 64), markdown.size() - i)));
            stream.update();
        }
        const qint64 streamed = timer.elapsed();
        qInfo("%lld ms whole, %lld ms streamed, %zu leaves", whole, streamed, leaves.size());
        for (const LeafBlock &leaf : leaves) {
            QVERIFY(leaf.containers.size() <= LeafBlock::deepest + 1);
            QVERIFY(leaf.kind == LeafKind::TableRow || leaf.text.size() <= 20'000);
        }
    }
};

QTEST_GUILESS_MAIN(TestMarkdownStream)
#include "tst_markdownstream.moc"
