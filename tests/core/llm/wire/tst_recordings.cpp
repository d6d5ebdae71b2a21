// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/anthropicdecoder.h"
#include "llm/wire/openaidecoder.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// What a real server sent, byte for byte, through all that reads it.
class TestRecordings final : public QObject {
    Q_OBJECT

    static QByteArray read(const QString &name)
    {
        QFile file(QStringLiteral(QUINTET_TEST_DATA "/wire/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QStringList named(const QStringList &filters)
    {
        return QDir(QStringLiteral(QUINTET_TEST_DATA "/wire")).entryList(filters, QDir::Files);
    }

    static std::vector<net::SseEvent> sseEvents(const QByteArrayList &pieces)
    {
        net::SseDecoder decoder;
        std::vector<net::SseEvent> all;
        const auto take = [&all](std::vector<net::SseEvent> events) {
            all.insert(all.end(), events.begin(), events.end());
        };
        for (const QByteArray &piece : pieces)
            take(decoder.feed(piece).value_or(std::vector<net::SseEvent>{}));
        take(decoder.finish());
        return all;
    }

    static Completion folded(wire::Decoder &decoder, const QByteArray &body)
    {
        Completion completion;
        for (const net::SseEvent &event : sseEvents({body})) {
            for (const Event &each : decoder.feed(event).value_or(std::vector<Event>{}))
                completion.apply(each);
        }
        for (const Event &each : decoder.finish())
            completion.apply(each);
        return completion;
    }

    static Completion folded(const QString &name)
    {
        if (name.startsWith(u"anthropic")) {
            wire::AnthropicDecoder decoder;
            return folded(decoder, read(name));
        }
        wire::OpenAiDecoder decoder;
        return folded(decoder, read(name));
    }

    static Result<Completion> served(const QByteArray &bytes, bool isAnthropic)
    {
        ScriptedServer server;
        server.on("/", [&bytes](const Received &) { return Script::raw(bytes).close(); });
        House house;
        Endpoint endpoint{u"real"_s, isAnthropic ? EndpointKind::Anthropic : EndpointKind::OpenAi,
                          server.url(u"/v1"_s)};
        endpoint.retries = 0;
        endpoint.limits.firstByte = std::chrono::milliseconds(1); // no patience with one that loads
        Request request;
        request.messages = {{Role::User, u"hi"_s}};
        return resultOf(collect(house.gateway.ask(endpoint, request), {}, {}));
    }

private Q_SLOTS:
    void aStreamIsTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : named({u"*stream*.body"_s}))
            QTest::newRow(qPrintable(name)) << name;
    }

    void aStreamIsTheSameHoweverItIsCut()
    {
        QFETCH(QString, name);
        const QByteArray body = read(name);
        const std::vector<net::SseEvent> whole = sseEvents({body});
        QByteArrayList bytes;
        for (const char byte : body)
            bytes << QByteArray(1, byte);
        QVERIFY(sseEvents(bytes) == whole);
        const qsizetype step = std::max<qsizetype>(1, body.size() / 6000);
        for (qsizetype cut = 0; cut <= body.size(); cut += step)
            QVERIFY2(sseEvents({body.first(cut), body.sliced(cut)}) == whole, qPrintable(QString::number(cut)));
        const Completion completion = folded(name);
        const bool isWhole = name.contains(u"nonstream") || name.startsWith(u"err") || name == u"think-off-stream.body";
        if (!isWhole)
            QVERIFY(!completion.text.isEmpty() || !completion.toolCalls.empty() || !completion.reasoning.isEmpty());
    }

    void anAnswerComesThroughTheWholeHouse_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : named({u"chat-*stream*.head"_s, u"think-*stream.head"_s, u"tool-*stream.head"_s,
                                          u"anthropic-stream.head"_s, u"random-utf8-stream.head"_s}))
            QTest::newRow(qPrintable(name)) << name.chopped(5);
    }

    void anAnswerComesThroughTheWholeHouse()
    {
        QFETCH(QString, name);
        // The body was taken off its chunks when it was kept.
        QByteArray head = read(name + u".head"_s);
        head.replace("Transfer-Encoding: chunked\r\n", "");
        const auto completion = served(head + read(name + u".body"_s), name.startsWith(u"anthropic"));
        QVERIFY2(completion.has_value(), completion ? "" : qPrintable(completion.error().message));
        const Completion expected = folded(name + u".body"_s);
        if (name.contains(u"nonstream")) {
            QVERIFY(!completion->text.isEmpty() || !completion->toolCalls.empty());
            return;
        }
        QCOMPARE(completion->text, expected.text);
        QCOMPARE(completion->reasoning, expected.reasoning);
        QVERIFY(completion->toolCalls == expected.toolCalls);
        QCOMPARE(completion->stopReason, expected.stopReason);
    }

    void anErrorSaysWhatTheUserCanDo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *name, ErrorKind kind) {
            QTest::newRow(name) << QString::fromLatin1(name) << kind;
        };
        row("err-badjson", ErrorKind::Refused);
        row("err-badtemp", ErrorKind::Refused);
        row("err-context", ErrorKind::ContextTooLong);
        row("err-context-stream", ErrorKind::ContextTooLong);
        row("err-notfound", ErrorKind::Refused);
        row("err-image", ErrorKind::Unavailable);
    }

    void anErrorSaysWhatTheUserCanDo()
    {
        QFETCH(QString, name);
        QFETCH(ErrorKind, kind);
        const QByteArray head = read(name + u".head"_s);
        if (head.isEmpty())
            QSKIP("not recorded");
        const auto completion = served(head + read(name + u".body"_s), false);
        QVERIFY(!completion);
        QCOMPARE(nameOf(completion.error().kind), nameOf(kind));
        QVERIFY(completion.error().http >= 400);
        QVERIFY(completion.error().message.size() > 20);
    }

    void whatCameOffTheSocketIsRead()
    {
        const auto chunked = served(read(u"chat-stream-chunked.raw"_s), false);
        QVERIFY2(chunked.has_value(), chunked ? "" : qPrintable(chunked.error().message));
        const auto pinged = served(read(u"sse-ping.raw"_s), false);
        QVERIFY2(pinged.has_value(), pinged ? "" : qPrintable(pinged.error().message));
        const auto killed = served(read(u"killed-midstream.raw"_s), false);
        QVERIFY(!killed);
        QCOMPARE(killed.error().kind, ErrorKind::Network);
        const auto loading = served(read(u"loading-chat.raw"_s), false);
        QCOMPARE(loading.error().kind, ErrorKind::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
