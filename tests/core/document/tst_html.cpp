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

    void inlineElementsStayInTheirSentence()
    {
        QCOMPARE(
            body("<div class=para>The budget of <acronym>NATO</acronym> rose by <big>4</big> %.<div>A block of its "
                 "own.</div>Then it <blink>fell</blink>.</div>"),
            u"The budget of NATO rose by 4 %.\n\nA block of its own.\n\nThen it fell."_s);
        QCOMPARE(body("<p>The <ruby>\xE6\xBC\xA2<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> sign</p>"), u"The 漢 sign"_s);
    }

    void aSentenceGoesOnBehindAnAddressInItsMiddle()
    {
        QCOMPARE(body("<div>See <div class=url><a href=x>http://a.b/c</a></div> for the <b>full</b> table.</div>"),
                 u"See http://a.b/c for the full table."_s);
        QCOMPARE(body("<div>See <div class=url>http://a.b/c</div><a href=y>, too</a>.</div>"),
                 u"See http://a.b/c , too."_s);
        QCOMPARE(body("<div>\xE8\xA7\x81<div>http://a.b</div>\xE5\xAE\x98\xE7\xBD\x91\xE3\x80\x82</div>"),
                 u"见 http://a.b 官网。"_s);
        QCOMPARE(body("<div>It works on phones. <div class=url>http://a.b</div> Others do, too.</div>"),
                 u"It works on phones.\n\nhttp://a.b\n\nOthers do, too."_s);
        QCOMPARE(body("<div>Type <div><p>quintet</p></div> and wait.</div>"), u"Type\n\nquintet\n\nand wait."_s);
    }

    void whatIsQuotedKeepsItsMarks()
    {
        QCOMPARE(body("<p>A man said <q>we will see</q> at last.</p>"), u"A man said “we will see” at last."_s);
    }

    void marksOfFootnotesAreLeftOut()
    {
        QCOMPARE(body("<p>As noted<sup>[3]</sup> before<sup><a>2</a></sup>, and <a href='#n4'>[4]</a>.</p>"),
                 u"As noted before, and."_s);
        QCOMPARE(body("<p>Said<a href='#fn1'><sup>1</sup></a> twice<a class=footnote-ref href='#fn2'>2</a>"
                      "<sup class=reference><a href='#cite_note-5'>[note 5]</a></sup>.</p>"),
                 u"Said twice."_s);
    }

    void whatIsRaisedButNoMarkStays()
    {
        QCOMPARE(body("<p>25 m<sup>2</sup>, the 4<sup>th</sup>, f<sup>(3)</sup>, x<sup><a href='/power'>2</a></sup>, "
                      "<a href='/p/2'>2</a>, <a href='#top'>12</a></p>"),
                 u"25 m2, the 4th, f(3), x2, 2, 12"_s);
    }

    void whatStandsRoundThePageIsLeftOut()
    {
        const QByteArray story = "<p>" + QByteArray("The river fell to a record low. ").repeated(12) + "</p>";
        const QString wanted = body(story);
        for (const QByteArray furniture :
             {"<div id='cookie-banner' class='cc-window'><p>We use cookies on this site.</p></div>",
              "<div class='onetrustConsentDialog'>You can agree to all of it.</div>",
              "<p class='newsletter'>Get the best stories by mail.</p>",
              "<div role=dialog>You must agree to this.</div>", "<ul role=navigation><li>Home is here.</li></ul>",
              "<div id=banner>Get the book now.</div>", "<span aria-hidden=true>An icon.</span>",
              "<div class='navheader'><p>The chapter before.</p></div>",
              "<ul><li><a href=a>Why the river matters for us all.</a></li><li><a href=b>Ten photos.</a> 3 h</li></ul>",
              "<div class=related><h2>Read more</h2><p><a>Why the river matters for all.</a></p><a>Ten photos of it "
              "that you have to see.</a></div>",
              "<dl class=toc><dt><a>1.1. The river</a></dt></dl>", "<div class=toc><p>Contents of it.</p></div>"})
            QVERIFY2(body(furniture + story) == wanted, furniture.constData());
    }

    void whatOnlySoundsLikeFurnitureStays()
    {
        const QByteArray story = "<p>" + QByteArray("The river fell to a record low. ").repeated(12) + "</p>";
        for (const QByteArray content :
             {"<section id='cookies'><h2>Baking</h2><p>Stays in it.</p></section>",
              "<div class='section' id='consent'><p>Stays in it.</p></div>", "<h2 id='gdpr'>Stays in it.</h2>",
              "<div class='bannerman'>Stays in it.</div>", "<div id='banner'><h1>Stays in it.</h1></div>",
              "<ul><li><a>Stays in it.</a> The board says that it will last.</li><li><a>The others of them all are "
              "here, and many of the others.</a></li></ul>",
              "<p>Visit one of the following places:</p><div><ul><li><a>Stays in it.</a></li><li><a>The other of them"
              "</a></li></ul></div>",
              "<ul><li>Stays in it.</li><li><a>x</a></li></ul>", "<p class='intoc'>Stays in it.</p>"})
            QVERIFY2(body(story + content).contains(u"Stays in it."), content.constData());
    }

    void furnitureThatIsNearlyAllOfAPageStays()
    {
        const QByteArray text = QByteArray("We set cookies and say why. ").repeated(12);
        QVERIFY(body("<p>Policy</p><div class='cookie-policy'>" + text + "</div>").contains(u"say why"));
        QVERIFY(body("<div aria-hidden=true>" + text + "</div><div role=dialog>Agree?</div>").contains(u"say why"));
        QVERIFY(body("<h1>Links</h1><ul><li><a>The first of the links</a></li><li><a>The second of them</a></li></ul>")
                    .contains(u"second"));
    }

    void aTableOfContentsIsNoText()
    {
        QCOMPARE(body("<h1>The book</h1><div class=toc><dl class=toc><dt><a>1. The river that fell</a></dt>"
                      "<dt><a>2. The bridge that was built</a></dt></dl></div>"),
                 u"The book"_s);
    }

    void headingsStandWhereTheyAreBehindWhatIsLeftOut()
    {
        const QByteArray story = QByteArray("The river fell to a record low. ").repeated(12);
        const auto document = read("<html><body><div id=cookie>Agree to it.</div><h2>One<sup>[1]</sup></h2><p>" + story
                                   + "<q>a</q></p><div class=toc>1</div><h2>Two</h2><p>End.</p></body></html>");
        QVERIFY(document.has_value());
        QCOMPARE(document->headings.size(), size_t(2));
        QCOMPARE(document->headings[0].title, u"One"_s);
        QCOMPARE(document->text.mid(document->headings[1].start, 9), u"Two\n\nEnd."_s.first(9));
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
        QVERIFY(read("<html>" + QByteArray("<div>see <div>x</div> and ").repeated(1'500) + "deep").has_value());
        QVERIFY(read("<html>" + QByteArray("<sup>[<sup>").repeated(1'500) + "deep").has_value());
        QVERIFY(read("<html><body>a" + QByteArray("<div>b</div><i></i>").repeated(50'000) + "c").has_value());
        const QByteArray page = "<html><body><p>One &lt;tag <a href='x'>link</a><table><tr><td>1<td>2</table>";
        for (qsizetype cut = 6; cut <= page.size(); ++cut)
            static_cast<void>(read(page.first(cut)));
    }
};

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_html.moc"
