// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdown.h"

#include <QTest>

using namespace quintet::text;
using namespace Qt::StringLiterals;

namespace {

QStringList prose(QStringView text)
{
    QStringList lines;
    for (const Block &block : splitMarkdownBlocks(text)) {
        if (block.kind == BlockKind::Paragraph || block.kind == BlockKind::ListItem || block.kind == BlockKind::Quote)
            lines << plainInline(block.span.of(text));
    }
    return lines;
}

QStringList headings(QStringView text)
{
    QStringList lines;
    for (const Block &block : splitMarkdownBlocks(text)) {
        if (block.kind == BlockKind::Heading)
            lines << QString::number(block.level) + u' ' + block.span.of(text).toString();
    }
    return lines;
}

} // namespace

class TestMarkdown final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headingsAreFoundWithTheirLevels()
    {
        QCOMPARE(headings(u"# One #\ntext here.\n\nTwo\n---\n\n### Three\n\n#hashtag is prose."),
                 (QStringList{u"1 One"_s, u"2 Two"_s, u"3 Three"_s}));
    }

    void onlyProseIsProse()
    {
        const QString text =
            u"---\ntitle: T\n---\n# H\n\n[![CI](https://ci.example/badge.svg)](https://ci.example)\n\n<p "
            u"align=\"center\">\n"
            "<img src=\"x.png\"></p>\n\nFirst line\nof a paragraph.\n\n```sh\nmake. Install it.\n```\n\n| a | b "
            "|\n|---|---|\n| 1 | 2 |\n\n"
            "    indented code.\n\n- an item that\n  goes on.\n\n> A quotation\n> of two lines.\n\n[link]: https://example.org\n\n<!-- a\n\ncomment -->\n\nLast one."_s;
        QCOMPARE(prose(text), (QStringList{u"First line of a paragraph."_s, u"an item that goes on."_s,
                                           u"A quotation of two lines."_s, u"Last one."_s}));
    }

    void inlineMarksAreNotRead_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("plain");
        const auto row = [](const QString &source, const QString &plain) {
            QTest::newRow(qPrintable(source)) << source << plain;
        };
        row(u"**Bold**, *slanted* and ***both***."_s, u"Bold, slanted and both."_s);
        row(u"See [the guide](https://example.org/a_(b)) now."_s, u"See the guide now."_s);
        row(u"See [the guide][1] and [this] too[^2]."_s, u"See the guide and [this] too."_s);
        row(u"![logo](a.png) Text `code_span *x*` here."_s, u"Text code_span *x* here."_s);
        row(u"2 * 3 = 6, snake_case_name, ~5 \\*not\\*"_s, u"2 * 3 = 6, snake_case_name, ~5 *not*"_s);
        row(u"Tom &amp; Jerry&nbsp;&#64; <https://example.org> <br>end"_s, u"Tom & Jerry @ https://example.org end"_s);
        row(u"a < b and c > d"_s, u"a < b and c > d"_s);
        row(u"line one\n> line two"_s, u"line one line two"_s);
        row(u"unclosed [bracket and `tick"_s, u"unclosed [bracket and tick"_s);
    }

    void inlineMarksAreNotRead()
    {
        QFETCH(QString, source);
        QFETCH(QString, plain);
        QCOMPARE(plainInline(source), plain);
    }

    void frontMatterIsRead()
    {
        const QString text = u"---\ntitle: \"A: tale\"\nauthor: Ann\ndate: 2024-05-06\n---\nBody."_s;
        QCOMPARE(frontMatterField(text, u"title"), u"A: tale"_s);
        QCOMPARE(frontMatterField(text, u"author"), u"Ann"_s);
        QCOMPARE(frontMatterField(text, u"nothing"), QString());
        QCOMPARE(frontMatterField(u"Body only.", u"title"), QString());
    }

    void markdownIsToldFromPlainText()
    {
        QVERIFY(looksLikeMarkdown(u"# Title\n\nText.\n\n## Part\n\nMore."));
        QVERIFY(!looksLikeMarkdown(u"Plain text.\n\n- with a bullet\n- or two"));
        QVERIFY(looksLikeMarkdown(u"# Title\n\n```bash\n#!/bin/sh\n```\n\n## Part\n\nMore."));
        QVERIFY(!looksLikeMarkdown(u"#!/bin/sh\n# a\n# b\n# c"));
    }

    void strangeMarkdownEnds()
    {
        for (const QString &piece :
             {u"```\n"_s, u"["_s, u"![a]("_s, u"<!--"_s, u"> "_s, u"- "_s, u"|"_s, u"*_`~"_s, u"---\n"_s}) {
            const QString text = piece.repeated(20'000);
            QVERIFY(splitMarkdownBlocks(text).size() <= 40'000);
            QVERIFY(plainInline(text.first(5000)).size() <= 5000);
        }
    }
};

QTEST_GUILESS_MAIN(TestMarkdown)
#include "tst_markdown.moc"
