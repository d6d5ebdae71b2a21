// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"
#include "llm/wire/openaichat.h"
#include "llm/wire/openaidecoder.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;

namespace {

using namespace Qt::StringLiterals;

QByteArray recording(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_TEST_DATA "/wire/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Decoded {
    std::vector<Event> events;
    bool isComplete = false;
    std::optional<Error> error;

    Completion folded() const
    {
        Completion completion;
        for (const Event &event : events)
            completion.apply(event);
        return completion;
    }
    bool operator==(const Decoded &) const = default;
};

Decoded decode(const QByteArrayList &pieces)
{
    Decoded decoded;
    net::SseDecoder sse;
    wire::OpenAiDecoder decoder;
    const auto take = [&](const std::vector<net::SseEvent> &events) {
        for (const net::SseEvent &event : events) {
            const auto result = decoder.feed(event);
            if (!result)
                decoded.error = result.error();
            else
                decoded.events.insert(decoded.events.end(), result->begin(), result->end());
        }
    };
    for (const QByteArray &piece : pieces)
        take(sse.feed(piece).value_or(std::vector<net::SseEvent>{}));
    take(sse.finish());
    const std::vector<Event> held = decoder.finish();
    decoded.events.insert(decoded.events.end(), held.begin(), held.end());
    decoded.isComplete = decoder.isComplete();
    return decoded;
}

/// JSON written with single quotes, for moc does not read raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray chunk(const QByteArray &delta, const QByteArray &reason = "null")
{
    return "data: " + json("{'choices':[{'index':0,'delta':") + delta + json(",'finish_reason':") + reason + "}]}\n\n";
}

} // namespace

class TestOpenAiChat final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRequestSaysWhatItMust()
    {
        Request request;
        request.model = u"m"_s;
        request.messages = {{Role::System, u"be brief"_s}, {Role::User, u"hi"_s}};
        request.parameters = {.temperature = 0.0, .maxTokens = 7};
        const QJsonObject body = wire::openAiChatRequest(request, true);
        QCOMPARE(body[u"model"].toString(), u"m"_s);
        QCOMPARE(body[u"messages"].toArray().size(), 2);
        QCOMPARE(body[u"messages"][0][u"role"].toString(), u"system"_s);
        QCOMPARE(body[u"temperature"].toDouble(-1), 0.0);
        QCOMPARE(body[u"max_tokens"].toInt(), 7);
        QCOMPARE(body[u"stream"].toBool(), true);
        QCOMPARE(body[u"stream_options"][u"include_usage"].toBool(), true);
        QVERIFY(!wire::openAiChatRequest({}, false).contains(u"temperature"));
    }

    void recordedStreamsDecodeTheSameWhereverTheyAreCut_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = QDir(QStringLiteral(QUINTET_TEST_DATA "/wire"))
                                      .entryList({u"chat-*-stream.body"_s, u"chat-stream*.body"_s,
                                                  u"think-stream.body"_s, u"tool-*-stream.body"_s, u"random*.body"_s});
        QVERIFY(!names.isEmpty());
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void recordedStreamsDecodeTheSameWhereverTheyAreCut()
    {
        QFETCH(QString, name);
        const QByteArray stream = recording(name);
        const Decoded whole = decode({stream});
        QVERIFY(whole.isComplete || name.startsWith(u"killed"));
        QVERIFY(!whole.error);
        QVERIFY(!whole.events.empty());
        const qsizetype step =
            qEnvironmentVariableIsSet("QUINTET_TEST_LONG") ? 1 : std::max<qsizetype>(1, stream.size() / 200);
        for (qsizetype cut = 0; cut <= stream.size(); cut += step)
            QVERIFY2(decode({stream.first(cut), stream.sliced(cut)}) == whole,
                     qPrintable(QStringLiteral("cut at %1").arg(cut)));
        QByteArrayList bytes;
        for (const char byte : stream)
            bytes << QByteArray(1, byte);
        QVERIFY(decode(bytes) == whole);
    }

    void aWholeResponseSaysWhatItsStreamWouldHave()
    {
        const auto events = wire::openAiChatResponse(recording(u"chat-nonstream.body"_s));
        QVERIFY(events.has_value());
        Completion completion;
        for (const Event &event : *events)
            completion.apply(event);
        QVERIFY(!completion.text.isEmpty());
        QVERIFY(completion.usage.prompt > 0);
        QVERIFY(completion.usage.completion > 0);
        QVERIFY(!completion.model.isEmpty());
    }

    void anEndWithoutItsMarkIsNotComplete()
    {
        QVERIFY(!decode({chunk(json("{'content':'half'}"))}).isComplete);
        QVERIFY(decode({chunk(json("{'content':'whole'}"), "\"stop\"")}).isComplete);
        QVERIFY(decode({chunk(json("{'content':'whole'}")), "data: [DONE]\n\n"}).isComplete);
    }

    void theReasoningFieldIsReadUnderAllItsNames()
    {
        for (const QByteArray name : {"reasoning_content", "reasoning", "thinking"})
            QCOMPARE(decode({chunk("{\"" + name + "\":\"hm\"}")}).folded().reasoning, u"hm"_s);
    }

    void anErrorInTheStreamIsTheServersOwn()
    {
        const Decoded decoded = decode({chunk(json("{'content':'a'}")),
                                        json("data: {'error':{'code':502,'message':'Provider fell over'}}") + "\n\n"});
        QVERIFY(decoded.error.has_value());
        QVERIFY(decoded.error->message.contains(u"Provider fell over"));
        QCOMPARE(decoded.folded().text, u"a"_s);
    }

    void theUsageChunkHasNoChoices()
    {
        const Decoded decoded =
            decode({json("data: "
                         "{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':4,'prompt_tokens_details':{'"
                         "cached_tokens':5},'completion_tokens_details':{'reasoning_tokens':3}}}")
                    + "\n\n"});
        QCOMPARE(decoded.folded().usage, (usage::TokenUsage{9, 4, 5, 3, false}));
    }

    void aChunkSaysTheSameByTheShortcutAndReadWhole_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto add = [](const char *name, const QByteArray &body) { QTest::addRow("%s", name) << json(body); };
        add("text", "'model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':'Hé\\n'}}]");
        add("the end",
            "'model':'m','choices':[{'index':0,'delta':{},'logprobs':null,'finish_reason':'length'}],'usage':null");
        add("a byte order mark", "'choices':[{'index':0,'delta':{'content':'\\ufeffusing'}}]");
        add("a thought in tags", "'choices':[{'delta':{'content':'<think>hm</think>so'},'finish_reason':'stop'}]");
        add("usage", "'choices':[],'usage':{'prompt_tokens':12,'completion_tokens':2.0,'cost':0.5,"
                     "'prompt_tokens_details':{'cached_tokens':20,'cache_write_tokens':3},"
                     "'completion_tokens_details':{'reasoning_tokens':1}}");
        add("usage of another kind", "'usage':{'prompt_tokens':12,'completion_tokens':1.5,'cost':-1,"
                                     "'prompt_tokens_details':null,'prompt_cache_hit_tokens':4}");
    }

    void aChunkSaysTheSameByTheShortcutAndReadWhole()
    {
        QFETCH(QByteArray, body);
        const Decoded plain = decode({"data: {" + body + "}\n\n"});
        const Decoded whole = decode({"data: {\"error\":false," + body + "}\n\n"});
        QVERIFY(!plain.events.empty());
        QVERIFY(plain == whole);
    }

    void aCharacterThatIsCutBetweenTwoChunksComesTogether()
    {
        const QByteArrayList halves{chunk(json("{'content':'\\ud83d'}")), chunk(json("{'content':'\\ude00'}"))};
        QCOMPARE(decode(halves).folded().text, u"\U0001F600"_s);
    }

    void toolCallsComeTogetherHoweverTheyAreNumbered_data()
    {
        QTest::addColumn<QByteArrayList>("deltas");
        const auto call = [](const char *index, const char *id, const char *name, const char *arguments) {
            QByteArray text = "{\"tool_calls\":[{";
            if (*index)
                text += "\"index\":" + QByteArray(index) + ',';
            if (*id)
                text += "\"id\":\"" + QByteArray(id) + "\",";
            return text + json("'function':{'name':'") + name + json("','arguments':'") + arguments + json("'}}]}");
        };
        QTest::addRow("as specified") << QByteArrayList{call("0", "a", "one", ""), call("0", "", "", "1"),
                                                        call("1", "b", "two", ""), call("1", "", "", "2")};
        QTest::addRow("no index") << QByteArrayList{call("", "a", "one", "1"), call("", "b", "two", ""),
                                                    call("", "", "", "2")};
        QTest::addRow("whole and unnumbered") << QByteArrayList{call("", "a", "one", "1"), call("", "b", "two", "2")};
        QTest::addRow("all numbered 0") << QByteArrayList{call("0", "a", "one", "1"), call("0", "b", "two", "2")};
        QTest::addRow("head 0, tail 1") << QByteArrayList{call("0", "a", "one", "1"), call("0", "b", "two", ""),
                                                          call("1", "", "", "2")};
    }

    void toolCallsComeTogetherHoweverTheyAreNumbered()
    {
        QFETCH(QByteArrayList, deltas);
        QByteArrayList stream;
        for (const QByteArray &delta : deltas)
            stream << chunk(delta);
        stream << chunk("{}", "\"stop\"");
        const Completion completion = decode(stream).folded();
        const std::vector<ToolCall> expected{{u"a"_s, u"one"_s, u"1"_s}, {u"b"_s, u"two"_s, u"2"_s}};
        QVERIFY(completion.toolCalls == expected);
        QCOMPARE(completion.stopReason, StopReason::ToolCalls);
    }

    void countsBelowZeroAreNone()
    {
        const Decoded decoded = decode({json("data: "
                                             "{'choices':[],'usage':{'prompt_tokens':-9,'completion_tokens':4,'prompt_"
                                             "tokens_details':{'cached_tokens':50}}}")
                                        + "\n\n"});
        QCOMPARE(decoded.folded().usage, (usage::TokenUsage{0, 4, 0, 0, false}));
    }

    void whatIsNoResponseIsAProtocolError()
    {
        for (const QByteArray &body : QByteArrayList{"", "null", "[]", "{}", "not json", json("{'choices':[]}")})
            QCOMPARE(wire::openAiChatResponse(body).error().kind, ErrorKind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestOpenAiChat)
#include "tst_openaichat.moc"
