// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/pagefetcher.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace quintet;
using namespace quintet::net;
using namespace quintet::test;

class TestPageFetcher final : public QObject {
    Q_OBJECT

private:
    static bool anything(const QHostAddress &) { return true; }

    static Result<Page> fetch(const QUrl &url, AddressRule rule = isPublicAddress,
                              PageFetcher::Origin origin = PageFetcher::Origin::Other, PageFetcher::Limits limits = {})
    {
        HttpClient client;
        PageFetcher fetcher(client, std::move(rule), limits);
        return resultOf(fetcher.fetch(url, origin, {}));
    }

private Q_SLOTS:
    void onlyPublicAddressesPassTheRule_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        for (const char *address : {"127.0.0.1",
                                    "127.9.9.9",
                                    "10.1.2.3",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.168.1.1",
                                    "169.254.169.254",
                                    "100.64.0.1",
                                    "0.0.0.0",
                                    "224.0.0.1",
                                    "255.255.255.255",
                                    "::1",
                                    "::",
                                    "fe80::1",
                                    "fc00::1",
                                    "fd12:3456::1",
                                    "ff02::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:10.0.0.1",
                                    "64:ff9b::7f00:1",
                                    "2002:7f00:1::",
                                    "2001:db8::1"})
            QTest::newRow(address) << QString::fromLatin1(address) << false;
        for (const char *address :
             {"8.8.8.8", "172.15.0.1", "172.32.0.1", "193.0.0.1", "2606:4700::1111", "::ffff:8.8.8.8"})
            QTest::newRow(address) << QString::fromLatin1(address) << true;
    }

    void onlyPublicAddressesPassTheRule()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        QCOMPARE(isPublicAddress(QHostAddress(address)), isPublic);
    }

    void thisComputerIsAskedOnlyWhereTheUserTypedIt()
    {
        ScriptedServer server;
        server.on("/",
                  [](const Received &) { return Script::response(200, "<p>private</p>", "text/html; charset=utf-8"); });
        for (const char *host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"}) {
            QUrl url = server.url(QStringLiteral("/page"));
            url.setHost(QString::fromLatin1(host));
            const auto page = fetch(url);
            QVERIFY2(!page, host);
        }
        QCOMPARE(server.count("GET"), 0);
        const auto page = fetch(server.url(QStringLiteral("/page")), isPublicAddress, PageFetcher::Origin::User);
        QVERIFY(page.has_value());
        QCOMPARE(page->mimeType, QStringLiteral("text/html"));
        QCOMPARE(page->body, "<p>private</p>");
    }

    void theNameThatWasAskedForIsSentAlong()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(200, "x", "text/plain"); });
        QUrl url = server.url(QStringLiteral("/"));
        url.setHost(QStringLiteral("localhost"));
        QVERIFY(fetch(url, [](const QHostAddress &address) {
                    return address.protocol() == QAbstractSocket::IPv4Protocol || address.isLoopback();
                }).has_value());
        QCOMPARE(server.received().front().headers.value("host"), "localhost:" + QByteArray::number(url.port()));
    }

    void aRedirectToAForbiddenAddressIsRefused()
    {
        ScriptedServer inner;
        ScriptedServer server;
        QUrl target = inner.url(QStringLiteral("/secret"));
        target.setHost(QStringLiteral("127.0.0.2"));
        server.on("/", [target](const Received &) {
            return Script::response(302, {}, "text/html", {"Location: " + target.toEncoded()});
        });
        const auto page = fetch(server.url(QStringLiteral("/")), isPublicAddress, PageFetcher::Origin::User);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::BadInput);
        QCOMPARE(inner.count("GET"), 0);
    }

    void redirectsAreFollowedWithinReason()
    {
        ScriptedServer server;
        server.on("/loop",
                  [](const Received &) { return Script::response(302, {}, "text/html", {"Location: /loop"}); });
        server.on("/start", [](const Received &) { return Script::response(301, {}, "text/html", {"Location: end"}); });
        server.on("/end", [](const Received &) { return Script::response(200, "here", "text/plain"); });
        const auto page = fetch(server.url(QStringLiteral("/start")), anything);
        QVERIFY(page.has_value());
        QCOMPARE(page->url.path(), QStringLiteral("/end"));
        QVERIFY(!fetch(server.url(QStringLiteral("/loop")), anything));
        QVERIFY(server.count("GET") < 20);
    }

    void aMissingPageIsNoMissingModel()
    {
        ScriptedServer server;
        for (const int status : {401, 403, 404, 410, 418, 429, 500, 503})
            server.on("/" + QByteArray::number(status),
                      [status](const Received &) { return Script::response(status, "<p>no</p>", "text/html"); });
        for (const int status : {401, 403, 404, 410, 418, 429, 500, 503}) {
            const auto page = fetch(server.url(QStringLiteral("/%1").arg(status)), anything);
            const QString message = page ? QString() : page.error().message;
            QVERIFY2(message.contains(QStringLiteral("page")), qPrintable(message));
            QVERIFY2(message.contains(QString::number(status)), qPrintable(message));
            for (const char *foreign : {"model", "key", "base URL", "endpoint", "loading"})
                QVERIFY2(!message.contains(QLatin1String(foreign)), qPrintable(message));
        }
    }

    void otherSchemesAreRefused()
    {
        for (const char *url :
             {"file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "data:text/plain,x", "http://"})
            QCOMPARE(fetch(QUrl(QString::fromLatin1(url)), anything).error().kind, ErrorKind::BadInput);
    }

    void theServersWordOnTheEncodingIsHandedOn()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) { return Script::response(200, "x", "text/html; charset=\"KOI8-R\""); });
        const auto page = fetch(server.url(QStringLiteral("/")), anything);
        QCOMPARE(page->charset, QStringLiteral("KOI8-R"));
        QCOMPARE(page->mimeType, QStringLiteral("text/html"));
    }

    void picturesAndLargePagesAreRefused()
    {
        ScriptedServer server;
        server.on("/picture", [](const Received &) { return Script::response(200, "x", "image/png"); });
        server.on("/large",
                  [](const Received &) { return Script::response(200, QByteArray(100'000, 'x'), "text/plain"); });
        QCOMPARE(fetch(server.url(QStringLiteral("/picture")), anything).error().kind, ErrorKind::BadInput);
        QCOMPARE(fetch(server.url(QStringLiteral("/large")), anything, PageFetcher::Origin::Other, {.bytes = 1000})
                     .error()
                     .kind,
                 ErrorKind::BadInput);
    }

    void aPageThatNeverEndsIsGivenUp()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(200, QByteArray(10'000, 'x'), "text/plain").drip(1, std::chrono::milliseconds(20));
        });
        const auto page = fetch(server.url(QStringLiteral("/")), anything, PageFetcher::Origin::Other,
                                {.time = std::chrono::milliseconds(300)});
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::Timeout);
    }
};

QTEST_GUILESS_MAIN(TestPageFetcher)
#include "tst_pagefetcher.moc"
