// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/apiserver.h"
#include "support/rawclient.h"
#include "support/resultof.h"

#include <QTest>

#include <sys/resource.h>

using namespace quintet;
using namespace quintet::serve;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "a-token-of-some-length_0123456789";
const QByteArray authorization = "Authorization: Bearer " + token + "\r\n";

/// A server with a few routes that show how it treats requests.
struct Fixture {
    explicit Fixture(const Limits &limits = {}, const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
        : server(addRoutes(), Gatekeeper(token, {u"https://listed.example"_s}, address), limits)
    {
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    }

    const Routes &addRoutes()
    {
        routes.add({.method = Method::Post,
                    .path = u"/echo"_s,
                    .body = objectSchema({{u"text"_s, property(u"string"_s, u"said back"_s)}}, {u"text"_s}),
                    .handler = [](std::shared_ptr<Exchange> exchange) -> Task<void> {
                        const auto json = exchange->json();
                        json ? exchange->answer(*json) : exchange->fail(json.error());
                        co_return;
                    }});
        routes.add({.path = u"/named/{name}/here"_s, .handler = [](std::shared_ptr<Exchange> exchange) -> Task<void> {
                        exchange->answer(exchange->part(0).toUtf8(), "text/plain");
                        co_return;
                    }});
        routes.add({.path = u"/forget"_s, .handler = [](std::shared_ptr<Exchange>) -> Task<void> { co_return; }});
        routes.add({.path = u"/stream"_s, .handler = [this](std::shared_ptr<Exchange> exchange) -> Task<void> {
                        exchange->beginEvents();
                        exchange->send(QJsonObject{{u"n"_s, 1}});
                        held = exchange;
                        co_return;
                    }});
        routes.add(
            {.path = u"/open"_s, .isPublic = true, .handler = [](std::shared_ptr<Exchange> exchange) -> Task<void> {
                 exchange->answer(QJsonObject());
                 co_return;
             }});
        return routes;
    }

    Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                 const QByteArray &headers = authorization)
    {
        RawClient client(server.port());
        client.request(method, path, body, headers);
        return client.response();
    }

    Routes routes;
    std::shared_ptr<Exchange> held;
    ApiServer server;
};

} // namespace

class TestApiServer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWhoKnowsTheToken()
    {
        Fixture fixture;
        const Response response = fixture.ask("POST", "/echo", "{\"text\":\"hi\"}");
        QCOMPARE(response.status, 200);
        QCOMPARE(response.json()[u"text"].toString(), u"hi"_s);
        QCOMPARE(response.headers["content-type"], "application/json");
        for (const QByteArray &header :
             {QByteArray(), QByteArray("Authorization: Bearer wrong\r\n"), QByteArray("Authorization: Bearer \r\n"),
              "Authorization: Basic " + token + "\r\n", "Authorization: Bearer " + token + "x\r\n"}) {
            const Response refused = fixture.ask("POST", "/echo", "{\"text\":\"hi\"}", header);
            QCOMPARE(refused.status, 401);
            QCOMPARE(refused.headers["www-authenticate"], "Bearer");
            QVERIFY(!refused.body.contains(token));
        }
        QCOMPARE(fixture.ask("GET", "/open", {}, {}).status, 200);
    }

    void servesNoOtherName_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isServed");
        QTest::newRow("loopback") << QByteArray("127.0.0.1:8765") << true;
        QTest::newRow("another loopback") << QByteArray("127.9.9.9") << true;
        QTest::newRow("localhost") << QByteArray("localhost") << true;
        QTest::newRow("IPv6") << QByteArray("[::1]:80") << true;
        QTest::newRow("a name that may be rebound") << QByteArray("evil.example") << false;
        QTest::newRow("a name that begins like ours") << QByteArray("localhost.evil.example") << false;
        QTest::newRow("an address of elsewhere") << QByteArray("192.0.2.1") << false;
        QTest::newRow("a user before the name") << QByteArray("localhost@evil.example") << false;
        QTest::newRow("nothing") << QByteArray("") << false;
    }

    void servesNoOtherName()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const bool, isServed);
        Fixture fixture;
        const Response response = fixture.ask("GET", "/open", {}, "Host: " + host + "\r\n");
        QCOMPARE(response.status, isServed ? 200 : 403);
    }

    void servesNoPageThatIsNotListed()
    {
        Fixture fixture;
        const Response foreign =
            fixture.ask("POST", "/echo", "{\"text\":\"\"}", authorization + "Origin: https://evil.example\r\n");
        QCOMPARE(foreign.status, 403);
        QVERIFY(!foreign.headers.contains("access-control-allow-origin"));
        QCOMPARE(fixture.ask("GET", "/open", {}, "Origin: null\r\n").status, 403);
        const QByteArray own = "http://127.0.0.1:" + QByteArray::number(fixture.server.port());
        QCOMPARE(fixture.ask("GET", "/open", {}, "Origin: " + own + "\r\n").status, 200);
    }

    void letsAListedPageAsk()
    {
        Fixture fixture;
        const QByteArray origin = "Origin: https://listed.example\r\n";
        const Response before = fixture.ask("OPTIONS", "/echo", {}, origin + "Access-Control-Request-Method: POST\r\n");
        QCOMPARE(before.status, 204);
        QCOMPARE(before.headers["access-control-allow-origin"], "https://listed.example");
        QVERIFY(before.headers["access-control-allow-headers"].contains("Authorization"));
        const Response more =
            fixture.ask("OPTIONS", "/echo", {}, origin + "Access-Control-Request-Headers: authorization, x-more\r\n");
        QCOMPARE(more.headers["access-control-allow-headers"], "authorization, x-more");
        const Response response = fixture.ask("POST", "/echo", "{\"text\":\"a\"}", authorization + origin);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.headers["access-control-allow-origin"], "https://listed.example");
        QCOMPARE(fixture.ask("POST", "/echo", "{\"text\":\"a\"}", origin).status, 401);
        QCOMPARE(fixture.ask("OPTIONS", "/echo", {}, "Origin: https://evil.example\r\n").status, 403);
    }

    void saysWhatIsWrongWithARequest()
    {
        Fixture fixture;
        QCOMPARE(fixture.ask("GET", "/nowhere").status, 404);
        const Response method = fixture.ask("DELETE", "/echo");
        QCOMPARE(method.status, 405);
        QCOMPARE(method.headers["allow"], "POST");
        for (const QByteArray body : {"no json", "[1]", "{\"text\":5}", "{}", "", "{\"text\":\"", "\xff\xfe"}) {
            const Response response = fixture.ask("POST", "/echo", body);
            QCOMPARE(response.status, 400);
            QCOMPARE(response.json()[u"error"][u"kind"].toString(), u"badInput"_s);
            QVERIFY(!response.json()[u"error"][u"message"].toString().isEmpty());
        }
    }

    void takesPartsOfThePath()
    {
        Fixture fixture;
        QCOMPARE(fixture.ask("GET", "/named/house%20rules%2Fnew/here").body, "house rules/new");
        QCOMPARE(fixture.ask("GET", "/named/%E6%97%A5/here").body, "日");
        QCOMPARE(fixture.ask("GET", "/named//here").status, 404);
        QCOMPARE(fixture.ask("GET", "/named/../here").status, 200);
    }

    void answersPipelinedRequestsInOrder()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        for (const QByteArray text : {"one", "two", "three"})
            client.request("POST", "/echo", "{\"text\":\"" + text + "\"}", authorization);
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
            QCOMPARE(client.response().json()[u"text"].toString(), text);
    }

    void takesARequestInPieces()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        const QByteArray whole = "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + authorization
                                 + "Content-Length: 14\r\n\r\n{\"text\":\"ab\"}\n";
        for (const char byte : whole) {
            client.send(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
        QCOMPARE(client.response().json()[u"text"].toString(), u"ab"_s);
    }

    void takesChunkedBodies()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + authorization
                    + "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"text\"\r\n6\r\n:\"cd\"}\r\n0\r\n\r\n");
        QCOMPARE(client.response().json()[u"text"].toString(), u"cd"_s);
    }

    void refusesBodiesThatAreTooLarge()
    {
        Fixture fixture({.body = 4'000});
        QCOMPARE(fixture.ask("POST", "/echo", "{\"text\":\"" + QByteArray(3'000, 'x') + "\"}").status, 200);
        QCOMPARE(fixture.ask("POST", "/echo", "{\"text\":\"" + QByteArray(100'000, 'x') + "\"}").status, 413);
        RawClient chunked(fixture.server.port());
        chunked.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + authorization
                     + "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 100; ++i)
            chunked.send("100\r\n" + QByteArray(256, 'x') + "\r\n");
        QCOMPARE(chunked.response().status, 413);
        QVERIFY(chunked.waitForClose());
        RawClient head(fixture.server.port());
        head.send("GET /open HTTP/1.1\r\nX: " + QByteArray(100'000, 'x'));
        QCOMPARE(head.response().status, 431);
        // A large request followed by others leaves the server as it was.
        QCOMPARE(fixture.ask("GET", "/open").status, 200);
    }

    /// Memory is for those who know the token.
    void takesNoLargeRequestFromStrangers()
    {
        Fixture fixture;
        const QByteArray body = "{\"text\":\"" + QByteArray(200'000, 'x') + "\"}";
        QCOMPARE(fixture.ask("POST", "/echo", body).status, 200);
        QCOMPARE(fixture.ask("POST", "/echo", body, {}).status, 401);
        QCOMPARE(fixture.ask("POST", "/echo", body, "Authorization: Bearer wrong\r\n").status, 401);
        RawClient chunked(fixture.server.port());
        chunked.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 400; ++i)
            chunked.send("100\r\n" + QByteArray(256, 'x') + "\r\n");
        QCOMPARE(chunked.response().status, 413);
    }

    void refusesLengthsThatCannotBeTold()
    {
        Fixture fixture;
        for (const QByteArray length : {"abc", "-5", "2\r\nContent-Length: 40", "99999999999999999999999"}) {
            RawClient client(fixture.server.port());
            client.send("GET /open HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n{}");
            QCOMPARE(client.response().status, 400);
            QVERIFY(client.waitForClose());
        }
        RawClient large(fixture.server.port());
        large.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + authorization
                   + "Content-Length: 99999999999\r\n\r\n");
        QCOMPARE(large.response().status, 413);
    }

    void cutsOffWhoDoesNotReadItsAnswer()
    {
        Fixture fixture({.idle = std::chrono::seconds(1)});
        QTcpSocket client;
        client.setReadBufferSize(1'000);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.server.port());
        QVERIFY(QTest::qWaitFor([&] { return client.state() == QAbstractSocket::ConnectedState; }));
        const QByteArray body = "{\"text\":\"" + QByteArray(30'000'000, 'x') + "\"}";
        client.write("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + authorization
                     + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.server.answered().size(), 1U, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.server.connections(), 0, 10'000);
    }

    void goesOnAcceptingWhereFilesRanOut()
    {
        Fixture fixture;
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        rlimit few = before;
        few.rlim_cur = 64;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        {
            std::vector<std::unique_ptr<QTcpSocket>> sockets;
            for (int i = 0; i < 60; ++i) {
                sockets.push_back(std::make_unique<QTcpSocket>());
                sockets.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.server.port());
            }
            QTest::qWait(200);
        }
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.server.connections(), 0, 10'000);
        QCOMPARE(fixture.ask("GET", "/open").status, 200);
    }

    void sendsNoBodyToWhoAsksForTheHead()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        client.request("HEAD", "/open", {}, authorization);
        QCOMPARE(client.response().status, 405);
        client.request("GET", "/open");
        QCOMPARE(client.response().status, 200);
    }

    void givesUpOnRequestsThatTrickle()
    {
        Fixture fixture({.arriving = std::chrono::seconds(1)});
        RawClient slow(fixture.server.port());
        slow.send("POST /echo HTTP/1.1\r\nHost: local");
        QCOMPARE(slow.response().status, 408);
        QVERIFY(slow.waitForClose());
    }

    void closesConnectionsThatDoNothing()
    {
        Fixture fixture({.idle = std::chrono::seconds(1)});
        RawClient silent(fixture.server.port());
        RawClient used(fixture.server.port());
        used.request("GET", "/open");
        QCOMPARE(used.response().status, 200);
        QVERIFY(silent.waitForClose());
        QVERIFY(used.waitForClose());
    }

    void refusesMoreConnectionsAndRequestsThanItBears()
    {
        Fixture fixture({.connections = 2, .atOnce = 1});
        RawClient stream(fixture.server.port());
        stream.request("GET", "/stream", {}, authorization);
        QVERIFY(stream.waitFor("data: "));
        const Response busy = fixture.ask("GET", "/open");
        QCOMPARE(busy.status, 429);
        QCOMPARE(busy.headers["retry-after"], "1");
        QTRY_COMPARE(fixture.server.connections(), 1);
        RawClient second(fixture.server.port());
        RawClient third(fixture.server.port());
        QCOMPARE(third.response().status, 503);
        fixture.held->endEvents(QJsonObject());
        fixture.held.reset();
        QTRY_COMPARE(fixture.server.underWay(), 0);
        second.request("GET", "/open");
        QCOMPARE(second.response().status, 200);
    }

    void closesGarbage()
    {
        Fixture fixture;
        for (const QByteArray &bytes :
             {QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 13), QByteArray("GET\r\n\r\n"),
              QByteArray("GET / HTTP/9\r\n\r\n"), QByteArray("\0\0\0\0\r\n\r\n", 8)}) {
            RawClient client(fixture.server.port());
            client.send(bytes);
            const Response response = client.response();
            QVERIFY(response.status == 0 || response.status >= 400);
        }
        QCOMPARE(fixture.ask("GET", "/open").status, 200);
    }

    void closesWhenAskedTo()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        client.request("GET", "/open", {}, "Connection: close\r\n");
        QCOMPARE(client.response().status, 200);
        QVERIFY(client.waitForClose());
    }

    void answersWhatItsHandlerForgot()
    {
        Fixture fixture;
        QCOMPARE(fixture.ask("GET", "/forget").status, 500);
    }

    void cancelsTheWorkOfAClientThatWentAway()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        client.request("GET", "/stream", {}, authorization);
        QVERIFY(client.waitFor("data: "));
        const CancelToken cancelled = fixture.held->token();
        QVERIFY(!cancelled.stop_requested());
        client.abort();
        QTRY_VERIFY(cancelled.stop_requested());
        fixture.held->send(QJsonObject{{u"n"_s, 2}});
        fixture.held->fail(cancelledError());
        fixture.held.reset();
        QTRY_COMPARE(fixture.server.underWay(), 0);
        QTRY_COMPARE(fixture.server.connections(), 0);
    }

    void givesUpAReaderThatDoesNotRead()
    {
        Fixture fixture({.unsent = 1'000'000});
        QTcpSocket client;
        client.setReadBufferSize(1'000);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.server.port());
        QVERIFY(QTest::qWaitFor([&] { return client.state() == QAbstractSocket::ConnectedState; }));
        client.write("GET /stream HTTP/1.1\r\nHost: localhost\r\n" + authorization + "\r\n");
        QTRY_VERIFY(fixture.held);
        const CancelToken cancelled = fixture.held->token();
        for (int i = 0; i < 1'000 && !cancelled.stop_requested(); ++i) {
            fixture.held->send(QByteArray(50'000, 'x'));
            QCoreApplication::processEvents();
        }
        QVERIFY(cancelled.stop_requested());
        fixture.held.reset();
    }

    void endsStreamsWhenItStops()
    {
        Fixture fixture;
        RawClient client(fixture.server.port());
        client.request("GET", "/stream", {}, authorization);
        QVERIFY(client.waitFor("data: "));
        Task<void> stopping = fixture.server.stop();
        QVERIFY(fixture.held->token().stop_requested());
        fixture.held->fail(cancelledError());
        fixture.held.reset();
        QCoro::waitFor(std::move(stopping));
        const Response response = client.response();
        QCOMPARE(response.events().size(), 2);
        QVERIFY(response.events().last().contains("cancelled"));
        RawClient late(fixture.server.port());
        QVERIFY(late.waitForClose());
    }

    void countsWhatItAnswered()
    {
        Fixture fixture;
        fixture.ask("GET", "/open");
        fixture.ask("GET", "/open");
        fixture.ask("GET", "/nowhere");
        QTRY_COMPARE(fixture.server.underWay(), 0);
        QCOMPARE(fixture.server.answered().at({u"GET /open"_s, 200}), 2);
        QCOMPARE(fixture.server.answered().at({u"other"_s, 404}), 1);
    }

    void saysThatAPortIsTaken()
    {
        Fixture fixture;
        const Routes routes;
        ApiServer second(routes, Gatekeeper(token, {}, QHostAddress(QHostAddress::LocalHost)));
        const auto listening = second.listen(QHostAddress(QHostAddress::LocalHost), fixture.server.port());
        QVERIFY(!listening);
        QCOMPARE(listening.error().kind, ErrorKind::BadInput);
        QVERIFY(listening.error().message.contains(u"--port"));
    }

    void makesTokensThatDiffer()
    {
        const QByteArray first = makeToken();
        QVERIFY(first.size() >= 24);
        QVERIFY(makeToken() != first);
    }
};

QTEST_GUILESS_MAIN(TestApiServer)
#include "tst_apiserver.moc"
