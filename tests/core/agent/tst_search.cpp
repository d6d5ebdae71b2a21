// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/fetchpage.h"
#include "agent/search/searchknowledge.h"
#include "agent/search/searchweb.h"
#include "document/extraction/fileextractor.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::agent;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

class OneBook final : public PassageFinder {
public:
    Task<Result<std::vector<FoundPassage>>> find(QString question, QStringList collections, int count,
                                                 CancelToken) override
    {
        m_asked = {question, collections.join(u'+'), QString::number(count)};
        co_return std::vector{FoundPassage{u"Handbook"_s, u"/docs/lending.md"_s, u"Lending"_s, u"p. 3"_s,
                                           u"Tools are lent for a week."_s, 0.9}};
    }

    QStringList m_asked;
};

} // namespace

class TestSearch final : public QObject {
    Q_OBJECT

private:
    document::FileExtractor m_extractor;

    Result<ToolResult> fetched(const QString &url, net::AddressRule rule = net::isPublicAddress, int offset = 0)
    {
        net::HttpClient client;
        net::PageFetcher pages(client, std::move(rule), {.time = std::chrono::seconds(5)});
        FetchPage tool(pages, m_extractor);
        return resultOf(tool.call({{u"url"_s, url}, {u"offset"_s, offset}}, {}));
    }

private Q_SLOTS:
    void passagesComeWithTheirPlace()
    {
        const auto book = std::make_shared<OneBook>();
        SearchKnowledge tool(book, {u"Handbook"_s, u"Minutes"_s});
        const auto result = resultOf(tool.call({{u"query"_s, u"how long"_s}}, {}));
        QVERIFY(result);
        QCOMPARE(book->m_asked, (QStringList{u"how long"_s, u"Handbook+Minutes"_s, u"5"_s}));
        QCOMPARE(result->text, u"[1] Lending, p. 3\nTools are lent for a week."_s);
        QCOMPARE(result->value[u"passages"][0][u"document"].toString(), u"/docs/lending.md"_s);
        QVERIFY(resultOf(tool.call({{u"query"_s, u"x"_s}, {u"collection"_s, u"Minutes"_s}, {u"count"_s, 2}}, {})));
        QCOMPARE(book->m_asked, (QStringList{u"x"_s, u"Minutes"_s, u"2"_s}));
    }

    void eachServiceIsAskedAsItWants_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("answer");
        QTest::addRow("searxng")
            << u"searxng"_s
            << QByteArray("{\"results\":[{\"title\":\"T\",\"url\":\"https://a.example\",\"content\":\"C\"}]}");
        QTest::addRow("brave") << u"brave"_s
                               << QByteArray("{\"web\":{\"results\":[{\"title\":\"<strong>T</strong>\",\"url\":"
                                             "\"https://a.example\",\"description\":\"C\"}]}}");
        QTest::addRow("tavily")
            << u"tavily"_s
            << QByteArray(
                   "{\"results\":[{\"title\":\"T\",\"url\":\"https://a.example\",\"content\":\"C\",\"score\":1}]}");
    }

    void eachServiceIsAskedAsItWants()
    {
        QFETCH(const QString, kind);
        QFETCH(const QByteArray, answer);
        const QTemporaryDir folder;
        store::MemorySecrets secrets;
        WebServiceStore services(folder.filePath(u"settings.ini"_s), secrets);
        net::HttpClient client;
        SearchWeb tool(client, services);
        const QJsonObject call{{u"query"_s, u"tea & kettles + 100%"_s}};
        QVERIFY(!resultOf(tool.call(call, {}))); // off until set

        ScriptedServer server;
        server.on("/", [answer](const Received &) { return Script::response(200, answer); });
        QVERIFY(services.set(WebService{*webServiceNamed(kind), server.url(u"/"_s), {}}));
        QVERIFY(resultOf(services.setKey(u"top-secret"_s)));
        const auto result = resultOf(tool.call(call, {}));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->text, u"T\nhttps://a.example\nC"_s);
        const Received &request = server.received().back();
        const QByteArray sent = request.path + request.body + request.headers.value("authorization")
                                + request.headers.value("x-subscription-token");
        QVERIFY(sent.contains("top-secret"));
        if (kind == u"tavily")
            QCOMPARE(QJsonDocument::fromJson(request.body)[u"query"].toString(), u"tea & kettles + 100%"_s);
        else
            QVERIFY2(request.path.contains("q=tea%20%26%20kettles%20%2B%20100%25"), request.path.constData());
    }

    void aServiceThatFailsIsNamedAndKeepsTheKey()
    {
        const QTemporaryDir folder;
        store::MemorySecrets secrets;
        WebServiceStore services(folder.filePath(u"settings.ini"_s), secrets);
        net::HttpClient client;
        SearchWeb tool(client, services);
        ScriptedServer server;
        QVERIFY(services.set(WebService{WebService::Brave, server.url(u"/"_s), {}}));
        QCOMPARE(resultOf(tool.call({{u"query"_s, u"x"_s}}, {})).error().kind, ErrorKind::Unauthorized);
        QVERIFY(resultOf(services.setKey(u"top-secret"_s)));
        for (const auto &script :
             {Script::response(401, "{\"message\":\"bad key top-secret\"}"),
              Script::response(200, "<html>hello</html>"), Script::response(302, ""), Script::response(200, "[]")}) {
            server.enqueue(script);
            const auto result = resultOf(tool.call({{u"query"_s, u"x"_s}}, {}));
            QVERIFY(!result);
            QVERIFY(!result.error().message.contains(u"top-secret"_s));
        }
        QVERIFY(services.set(std::nullopt));
        QVERIFY(!services.service());
        QVERIFY(!services.set(WebService{WebService::SearXng, QUrl(u"ftp://x"_s), {}}));
        QVERIFY(!services.set(WebService{WebService::SearXng, {}, {}}));
    }

    void aPageIsReadInPieces()
    {
        ScriptedServer server;
        QByteArray page = "<html><head><title>Kettles</title></head><body>";
        for (int i = 0; i < 2'000; ++i)
            page += "<p>Paragraph number " + QByteArray::number(i) + " is about kettles.</p>";
        server.on("/",
                  [page](const Received &) { return Script::response(200, page + "</body></html>", "text/html"); });
        const auto any = [](const QHostAddress &) { return true; };
        const auto first = fetched(server.url(u"/"_s).toString(), any);
        QVERIFY2(first, qPrintable(first ? QString() : first.error().message));
        QVERIFY(first->text.startsWith(u"Kettles\n"_s));
        QVERIFY(first->text.contains(u"\"offset\": 16000"_s));
        const auto next = fetched(server.url(u"/"_s).toString(), any, 16'000);
        QVERIFY(next);
        QCOMPARE(next->value[u"offset"].toInt(), 16'000);
    }

    void nothingOfThisComputerIsFetched_data()
    {
        QTest::addColumn<QString>("host");
        for (const char *host : {"127.0.0.1",
                                 "localhost",
                                 "LOCALHOST.",
                                 "127.1",
                                 "2130706433",
                                 "0x7f000001",
                                 "0177.0.0.1",
                                 "0x7f.1",
                                 "017700000001",
                                 "[::1]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[0:0:0:0:0:0:0:1]",
                                 "[64:ff9b::7f00:1]",
                                 "[::127.0.0.1]",
                                 "0.0.0.0",
                                 "0",
                                 "[::]",
                                 "127.0.0.1.",
                                 "①②⑦.⓪.⓪.①",
                                 "127。0。0。1",
                                 "169.254.169.254",
                                 "10.0.0.1",
                                 "192.168.0.1",
                                 "ip6-localhost"})
            QTest::addRow("%s", host) << QString::fromUtf8(host);
    }

    void nothingOfThisComputerIsFetched()
    {
        QFETCH(const QString, host);
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(200, "inside", "text/plain"); });
        const auto result = fetched(u"http://%1:%2/"_s.arg(host).arg(server.url({}).port()));
        QVERIFY(!result);
        QCOMPARE(server.received().size(), 0uz);
    }

    void onlyTheWebIsFetched_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"file:///etc/passwd", "ftp://example.org/", "data:text/plain,x", "javascript:1",
                                "gopher://x/", "qrc:/samples/shop.sql", "/etc/passwd", "", "http://",
                                "http://user:pass@example.org/", "unix:///run/x.sock", "about:blank"})
            QTest::addRow("%s", url) << QString::fromLatin1(url);
    }

    void onlyTheWebIsFetched()
    {
        QFETCH(const QString, url);
        const auto result = fetched(url, [](const QHostAddress &) { return true; });
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::BadInput);
    }

    /// Here 127.0.0.1 stands for the public web, and 127.0.0.2 for what must not be asked.
    void aRedirectLeadsNowhereElse()
    {
        const auto rule = [](const QHostAddress &address) { return address == QHostAddress(u"127.0.0.1"_s); };
        for (const QString &host : {u"127.0.0.2"_s, u"[::1]"_s, u"2130706434"_s, u"0x7f000002"_s}) {
            ScriptedServer server;
            const QByteArray target = u"http://%1:%2/inside"_s.arg(host).arg(server.url({}).port()).toUtf8();
            server.on("/start", [target](const Received &) {
                return Script::response(302, "", "text/plain", {"Location: " + target});
            });
            server.on("/inside", [](const Received &) { return Script::response(200, "inside", "text/plain"); });
            QVERIFY(!fetched(server.url(u"/start"_s).toString(), rule));
            QCOMPARE(server.received().size(), 1uz);
        }
        ScriptedServer server;
        server.on("/start", [](const Received &) {
            return Script::response(302, "", "text/plain", {"Location: file:///etc/passwd"});
        });
        QVERIFY(!fetched(server.url(u"/start"_s).toString(), rule));
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
