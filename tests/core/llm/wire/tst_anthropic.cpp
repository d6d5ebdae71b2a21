// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"
#include "llm/wire/anthropic.h"
#include "llm/wire/anthropicdecoder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace Qt::StringLiterals;

namespace {

/// JSON written with single quotes, for moc does not read raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

struct Decoded {
    Completion completion;
    std::vector<Event> events;
    bool isComplete = false;
    bool isDone = false;
    std::optional<Error> error;
};

Decoded decode(const QByteArrayList &chunks)
{
    Decoded decoded;
    wire::AnthropicDecoder decoder;
    for (const QByteArray &chunk : chunks) {
        const auto events = decoder.feed({{}, json(chunk)});
        if (!events) {
            decoded.error = events.error();
            break;
        }
        for (const Event &event : *events) {
            decoded.events.push_back(event);
            decoded.completion.apply(event);
        }
    }
    decoded.isComplete = decoder.isComplete();
    decoded.isDone = decoder.isDone();
    return decoded;
}

} // namespace

class TestAnthropic final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRequestKeepsTheSystemApartAndAlwaysLimitsTheAnswer()
    {
        Request request;
        request.model = u"claude-sonnet-5"_s;
        request.messages = {{Role::System, u"be brief"_s}, {Role::User, u"hi"_s}};
        request.parameters = {.temperature = 1.7};
        const QJsonObject body = wire::anthropicRequest(request, true);
        QCOMPARE(body[u"system"].toString(), u"be brief"_s);
        QCOMPARE(body[u"messages"].toArray().size(), 1);
        QCOMPARE(body[u"messages"][0][u"content"][0][u"text"].toString(), u"hi"_s);
        QCOMPARE(body[u"max_tokens"].toInt(), 8192);
        QCOMPARE(body[u"temperature"].toDouble(), 1.0);
        QVERIFY(body[u"stream"].toBool());
        request.parameters.reasoningEffort = u"low"_s;
        const QJsonObject thinking = wire::anthropicRequest(request, false);
        QVERIFY(thinking[u"max_tokens"].toInt() > thinking[u"thinking"][u"budget_tokens"].toInt());
        QVERIFY(!thinking.contains(u"temperature") && !thinking.contains(u"stream"));
    }

    void aLimitHoldsForThoughtAndAnswerTogether_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("thinking"); // 0: none
        QTest::newRow("much room") << 60'000 << 24'576;
        QTest::newRow("some room") << 4'000 << 3'000;
        QTest::newRow("too little to think") << 1'200 << 0;
    }

    void aLimitHoldsForThoughtAndAnswerTogether()
    {
        QFETCH(int, limit);
        QFETCH(int, thinking);
        Request request;
        request.parameters = {.temperature = 0.5, .maxTokens = limit, .reasoningEffort = u"high"_s};
        const QJsonObject body = wire::anthropicRequest(request, true);
        QCOMPARE(body[u"max_tokens"].toInt(), limit);
        QCOMPARE(body[u"thinking"][u"budget_tokens"].toInt(), thinking);
        QCOMPARE(body.contains(u"temperature"), thinking == 0);
    }

    void theResultsOfSeveralToolsAreOneTurn()
    {
        Request request;
        request.messages = {{Role::User, u"weather?"_s},
                            {.role = Role::Assistant,
                             .toolCalls = {{u"a"_s, u"look"_s, u"{\"at\":1}"_s}, {u"b"_s, u"look"_s, u"broken"_s}},
                             .thinking = {{u"hm"_s, u"signed"_s}, {u"of another server"_s}}},
                            {.role = Role::Tool, .text = u"sun"_s, .toolCallId = u"a"_s},
                            {.role = Role::Tool, .text = u"rain"_s, .toolCallId = u"b"_s}};
        request.tools = {{u"look"_s, u"looks"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        request.toolChoice = u"required"_s;
        const QJsonObject body = wire::anthropicRequest(request, true);
        const QJsonArray turns = body[u"messages"].toArray();
        QCOMPARE(turns.size(), 3);
        QCOMPARE(turns[1][u"content"].toArray().size(), 3); // a signed thought and two calls
        QCOMPARE(turns[1][u"content"][0][u"signature"].toString(), u"signed"_s);
        QCOMPARE(turns[1][u"content"][1][u"input"][u"at"].toInt(), 1);
        QVERIFY(turns[1][u"content"][2][u"input"].isObject());
        QCOMPARE(turns[2][u"role"].toString(), u"user"_s);
        QCOMPARE(turns[2][u"content"].toArray().size(), 2);
        QCOMPARE(turns[2][u"content"][1][u"tool_use_id"].toString(), u"b"_s);
        QCOMPARE(body[u"tool_choice"][u"type"].toString(), u"any"_s);
        QVERIFY(body[u"tools"][0][u"input_schema"].isObject());
    }

    void aStreamTellsTextThoughtsAndCalls()
    {
        const Decoded decoded = decode(
            {"{'type':'message_start','message':{'model':'claude-x','usage':{'input_tokens':10,'cache_read_input_"
             "tokens'"
             ":200,'cache_creation_input_tokens':30,'output_tokens':1}}}",
             "{'type':'ping'}",
             "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':''}}",
             "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'let me '}}",
             "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'see'}}",
             "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'sig'}}",
             "{'type':'content_block_stop','index':0}",
             "{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'xyz'}}",
             "{'type':'content_block_stop','index':1}",
             "{'type':'content_block_start','index':2,'content_block':{'type':'text','text':''}}",
             "{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'Look.'}}",
             "{'type':'content_block_delta','index':2,'delta':{'type':'citations_delta','citation':{'type':"
             "'page_location','cited_text':'it is so','document_title':'Report','start_page_number':3,"
             "'end_page_number':4}}}",
             "{'type':'content_block_stop','index':2}",
             "{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'t1','name':'look','"
             "input':{"
             "}}}",
             "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':'{\\'at\\''}}",
             "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':':1}'}}",
             "{'type':'content_block_stop','index':3}",
             "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':42}}",
             "{'type':'message_stop'}"});
        QVERIFY(!decoded.error);
        const Completion &completion = decoded.completion;
        QCOMPARE(completion.model, u"claude-x"_s);
        QCOMPARE(completion.text, u"Look."_s);
        QCOMPARE(completion.reasoning, u"let me see"_s);
        QVERIFY((completion.thinking == std::vector<Thinking>{{u"let me see"_s, u"sig"_s, {}}, {{}, {}, u"xyz"_s}}));
        QVERIFY((completion.citations == std::vector<Cited>{{u"it is so"_s, u"Report"_s, 3, 4}}));
        QVERIFY((completion.toolCalls == std::vector<ToolCall>{{u"t1"_s, u"look"_s, u"{\"at\":1}"_s}}));
        QCOMPARE(completion.stopReason, StopReason::ToolCalls);
        // The whole prompt counts, however much of it came from the server's cache.
        QCOMPARE(completion.usage, (usage::TokenUsage{240, 42, 200, 0, false, 30}));
        QVERIFY(decoded.isComplete && decoded.isDone);
    }

    void aReasonToStopIsKept_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<StopReason>("expected");
        QTest::newRow("end") << u"end_turn"_s << StopReason::End;
        QTest::newRow("sequence") << u"stop_sequence"_s << StopReason::End;
        QTest::newRow("length") << u"max_tokens"_s << StopReason::Length;
        QTest::newRow("window") << u"model_context_window_exceeded"_s << StopReason::Length;
        QTest::newRow("refusal") << u"refusal"_s << StopReason::Refused;
    }

    void aReasonToStopIsKept()
    {
        QFETCH(QString, reason);
        QFETCH(StopReason, expected);
        const Decoded decoded =
            decode({"{'type':'message_delta','delta':{'stop_reason':'" + reason.toLatin1() + "'}}"});
        QCOMPARE(decoded.completion.stopReason, expected);
        QVERIFY(decoded.isComplete && !decoded.isDone);
    }

    void anErrorInTheStreamIsTheServersOwn()
    {
        const Decoded decoded = decode({"{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}"});
        QCOMPARE(decoded.error->kind, ErrorKind::Unavailable);
        QVERIFY(decoded.error->message.contains(u"Overloaded"));
        QCOMPARE(decode({"nonsense"}).error->kind, ErrorKind::Protocol);
    }

    void anAnswerInOnePieceSaysTheSame()
    {
        const auto events = wire::anthropicResponse(json(
            "{'model':'m','content':[{'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'hi',"
            "'citations':[{'cited_text':'q','document_title':'d','start_char_index':1,'end_char_index':9}]},{'type':"
            "'tool_use','id':'1','name':'n','input':{'a':2}}],'stop_reason':'end_turn','usage':{'input_tokens':3,"
            "'output_tokens':4}}"));
        Completion completion;
        for (const Event &event : *events)
            completion.apply(event);
        QCOMPARE(completion.text, u"hi"_s);
        QCOMPARE(completion.reasoning, u"hm"_s);
        QVERIFY((completion.thinking == std::vector<Thinking>{{u"hm"_s, u"s"_s, {}}}));
        QCOMPARE(completion.toolCalls.front().arguments, u"{\"a\":2}"_s);
        QVERIFY((completion.citations == std::vector<Cited>{{u"q"_s, u"d"_s, 1, 9}}));
        QCOMPARE(completion.usage, (usage::TokenUsage{3, 4}));
        QCOMPARE(wire::anthropicResponse("{}").error().kind, ErrorKind::Protocol);
        QCOMPARE(
            wire::anthropicResponse(json("{'type':'error','error':{'type':'authentication_error','message':'no'}}"))
                .error()
                .kind,
            ErrorKind::Unauthorized);
    }
};

QTEST_GUILESS_MAIN(TestAnthropic)
#include "tst_anthropic.moc"
