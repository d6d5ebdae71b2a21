// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "text/codepoints.h"

#include <QTest>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

class TestHtml final : public QObject {
    Q_OBJECT

private:
    static Result<Document> read(const QByteArray &page, const QString &name = u"page"_s)
    {
        return FileExtractor::extractNow({.path = {}, .bytes = page, .name = name, .password = {}}, {});
    }

    static QString body(const QByteArray &content)
    {
        const auto document = read("<!DOCTYPE html><html><body>" + content + "</body></html>");
        return document ? document->text : document.error().message;
    }

private Q_SLOTS:
    void onlyWhatIsReadStays()
    {
        QCOMPARE(body("<nav><a href=/>Home</a></nav><script>var a = 1;</script><style>p{}</style><h1>The bridge</h1>"
                      "<p>It was <b>re</b>opened &amp; paid for.\n  At last.</p><p hidden>secret</p>"
                      "<p style='display: none'>secret</p><footer>&copy;</footer>"),
                 u"The bridge\n\nIt was reopened & paid for. At last."_s);
    }

    void listsTablesAndLinesKeepTheirShape()
    {
        QCOMPARE(body("<p>Before</p><ul><li>one</li><li><p>two</p></li></ul><table><tr><th>a</th><th>b</th></tr>"
                      "<tr><td>1</td><td>2</td></tr></table>x<br>y<pre>  code\n    stays</pre>"),
                 u"Before\n\n- one\n- two\n\na | b\n1 | 2\n\nx\ny\n\n  code\n    stays"_s);
    }

    void headingsAreSections()
    {
        const auto document =
            read("<html lang=de-AT><head><title>Die  Seite</title><meta name=author content='A. Muster'>"
                 "<meta property=article:published_time content='2026-05-04T10:00:00Z'></head>"
                 "<body><p>Vorweg \xF0\x9F\x98\x80</p><h2>Eins</h2><p>Text eins.</p><h2>Zwei</h2><p>Text "
                 "zwei.</p></body></html>");
        QVERIFY(document.has_value());
        QCOMPARE(document->title, u"Die Seite"_s);
        QCOMPARE(document->author, u"A. Muster"_s);
        QCOMPARE(document->language, u"de"_s);
        QCOMPARE(document->date.date(), QDate(2026, 5, 4));
        QCOMPARE(document->format, u"html"_s);
        QStringList found;
        const text::CodePointMap map(document->text);
        for (const Place &place : document->places)
            found << place.label + u'='
                         + document->text.mid(map.unit(place.start), map.unit(place.end) - map.unit(place.start))
                               .simplified();
        QCOMPARE(found, QStringList({QStringLiteral("=Vorweg \U0001F600"), u"Eins=Eins Text eins."_s,
                                     u"Zwei=Zwei Text zwei."_s}));
    }

    void theArticleIsWhatThePageIsAbout()
    {
        const QByteArray story = QByteArray("A sentence of the story. ").repeated(20);
        QVERIFY(!body("<div>Buy our things today</div><article><p>" + story + "</p></article>").contains(u"Buy"));
        QVERIFY(body("<div>" + story + "</div><article>teaser</article>").contains(u"story"));
    }

    void theEncodingIsWhatThePageSaysUnlessItIsWrong()
    {
        const QByteArray latin = "<html><head><meta charset=iso-8859-2></head><body><p>\xBE\xE1"
                                 "ba na b\xF8"
                                 "ehu</p></body></html>";
        QCOMPARE(read(latin)->text, u"žába na břehu"_s);
        QCOMPARE(read("<html><head><meta charset=iso-8859-1></head><body>\xC3\xA4</body></html>")->text, u"ä"_s);
    }

    void theEncodingThatTheServerNamedGoesFirst()
    {
        const QByteArray page = "<html><meta charset=iso-8859-1><body>\xD0\xD2\xC9\xD7\xC5\xD4</body></html>";
        const auto document = FileExtractor::extractNow(
            {.path = {}, .bytes = page, .name = u"p"_s, .password = {}, .encoding = u"koi8-r"_s}, {});
        QCOMPARE(document->text, u"привет"_s);
    }

    void aPageWithoutTextIsSaidToBeOne()
    {
        for (const QByteArray page : {"<html></html>", "<html><body><script>document.write(1)</script></body></html>"})
            QCOMPARE(read(page).error().kind, ErrorKind::BadInput);
    }

    void hostilePagesAreReadOrRefused()
    {
        QCOMPARE(read("<html>" + QByteArray("<div>").repeated(100'000) + "deep").error().kind, ErrorKind::BadInput);
        QVERIFY(read("<html>" + QByteArray("<div>").repeated(3'000) + "deep").has_value());
        QVERIFY(read("<html>" + QByteArray("<p>paragraph").repeated(100'000)).has_value());
        QVERIFY(read("<html>" + QByteArray("<b><i>").repeated(1'500) + "deep").has_value());
        const QByteArray page = "<html><body><p>One &lt;tag <a href='x'>link</a><table><tr><td>1<td>2</table>";
        for (qsizetype cut = 6; cut <= page.size(); ++cut)
            static_cast<void>(read(page.first(cut)));
    }
};

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_html.moc"
