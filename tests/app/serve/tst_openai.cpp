// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/openai/chatanswer.h"
#include "app/serve/openai/chatrequest.h"
#include "llm/wire/openaichat.h"

#include <QJsonArray>
#include <QTest>

using namespace quintet;
using namespace quintet::serve;
using namespace Qt::StringLiterals;

namespace {

QJsonObject userSays(const QJsonValue &content, QJsonObject body = {})
{
    body[u"messages"] = QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, content}}};
    return body;
}

} // namespace

/// What clients of OpenAI's API send and get.
class TestOpenAi final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What Quintet itself would send to a server means the same when it comes in as a request.
    void understandsWhatQuintetSends()
    {
        llm::Request request{.pattern = u"chat"_s, .model = u"m"_s, .mayCache = true};
        request.messages = {
            {.role = llm::Role::System, .text = u"Be brief."_s},
            {.role = llm::Role::User, .text = u"What is it?"_s, .images = {{"\x89PNG bytes", u"image/png"_s}}},
            {.role = llm::Role::Assistant,
             .toolCalls = {{.id = u"c1"_s, .name = u"look"_s, .arguments = u"{\"at\":1}"_s, .extra = "{\"a\":1}"},
                           {.id = u"c2"_s, .name = u"look"_s, .arguments = u"{}"_s, .extra = {}}}},
            {.role = llm::Role::Tool, .text = u"a cat"_s, .toolCallId = u"c1"_s},
            {.role = llm::Role::Assistant, .text = u"A cat."_s}};
        request.parameters = {.temperature = 0.5,
                              .maxTokens = 9,
                              .topP = 0.25,
                              .seed = 7,
                              .stop = {u"\n"_s},
                              .reasoningEffort = u"low"_s};
        request.tools = {{.name = u"look"_s, .description = u"Looks."_s, .schema = {{u"type"_s, u"object"_s}}}};
        request.toolChoice = u"look"_s;
        request.format = llm::ResponseFormat{.name = u"n"_s, .schema = {{u"type"_s, u"object"_s}}};
        const auto read = chatRequestFrom(llm::wire::openAiChatRequest(request, true));
        QVERIFY(read);
        QCOMPARE(read->request, request);
        QVERIFY(read->stream);
        QVERIFY(read->includeUsage);
    }

    void takesOtherSpellings()
    {
        const auto plain =
            chatRequestFrom(userSays(u"hi"_s, {{u"stop"_s, u"."_s},
                                               {u"max_completion_tokens"_s, 5},
                                               {u"tool_choice"_s, u"auto"_s},
                                               {u"response_format"_s, QJsonObject{{u"type"_s, u"text"_s}}}}));
        QVERIFY(plain);
        QCOMPARE(plain->request.parameters.stop, QStringList{u"."_s});
        QCOMPARE(plain->request.parameters.maxTokens, 5);
        QVERIFY(plain->request.toolChoice.isEmpty());
        QVERIFY(!plain->request.format);
        QVERIFY(!plain->stream);
        const QJsonArray parts{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"a"_s}},
                               QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"b"_s}}};
        QCOMPARE(chatRequestFrom(userSays(parts))->request.messages.front().text, u"ab"_s);
    }

    void refusesWhatItCannotPassOn()
    {
        const auto part = [](const QString &type, const QString &url) {
            return QJsonArray{QJsonObject{{u"type"_s, type}, {u"image_url"_s, QJsonObject{{u"url"_s, url}}}}};
        };
        const QList<QJsonObject> bodies{
            {},
            {{u"messages"_s, QJsonArray()}},
            userSays(u"hi"_s, {{u"n"_s, 2}}),
            userSays(u"hi"_s, {{u"n"_s, 1.5}}),
            userSays(u"hi"_s, {{u"max_tokens"_s, 1e30}}),
            userSays(u"hi"_s, {{u"max_completion_tokens"_s, -1}}),
            userSays(u"hi"_s, {{u"seed"_s, 1e30}}),
            userSays(u"hi"_s, {{u"logprobs"_s, true}}),
            userSays(u"hi"_s, {{u"functions"_s, QJsonArray()}}),
            userSays(u"hi"_s, {{u"modalities"_s, QJsonArray{u"audio"_s}}}),
            {{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"wizard"_s}, {u"content"_s, u"x"_s}}}}},
            userSays(part(u"image_url"_s, u"http://127.0.0.1/secret.png"_s)),
            userSays(part(u"image_url"_s, u"data:image/png;base64,?!"_s)),
            userSays(part(u"input_audio"_s, {}))};
        for (const QJsonObject &body : bodies) {
            const auto read = chatRequestFrom(body);
            QVERIFY(!read);
            QCOMPARE(read.error().kind, ErrorKind::BadInput);
        }
    }

    /// What comes in chunks adds up to what comes whole.
    void answersInChunksAsWhole()
    {
        const std::vector<llm::Event> events{
            llm::ReasoningDelta{u"Hm. "_s},
            llm::TextDelta{u"Yes"_s},
            llm::TextDelta{u", it is."_s},
            llm::ToolCallDelta{.call = 0, .id = u"c"_s, .name = u"look"_s, .arguments = u"{\"a"_s},
            llm::ToolCallDelta{.call = 0, .arguments = u"\":1}"_s},
            llm::ToolCallDelta{.call = 1, .id = u"d"_s, .name = u"see"_s, .arguments = u"{}"_s},
            llm::UsageReported{{.prompt = 5, .completion = 4, .cached = 1}, {}}};
        llm::Completion completion;
        ChatAnswer answer(u"m"_s);
        llm::Completion read;
        QList<QJsonObject> chunks;
        for (const llm::Event &event : events) {
            completion.apply(event);
            if (const QJsonObject chunk = answer.chunkFor(event); !chunk.isEmpty())
                chunks << chunk;
        }
        chunks << answer.lastChunk(completion) << answer.usageChunk(completion);
        QCOMPARE(chunks.first()[u"choices"][0][u"delta"][u"role"].toString(), u"assistant"_s);
        QVERIFY(chunks.at(1)[u"choices"][0][u"delta"][u"role"].isUndefined());
        QString text;
        QStringList arguments{{}, {}};
        for (const QJsonObject &chunk : std::as_const(chunks)) {
            QCOMPARE(chunk[u"id"], chunks.first()[u"id"]);
            QCOMPARE(chunk[u"object"].toString(), u"chat.completion.chunk"_s);
            const QJsonValue delta = chunk[u"choices"][0][u"delta"];
            text += delta[u"content"].toString();
            for (const QJsonValue call : delta[u"tool_calls"].toArray())
                arguments[call[u"index"].toInt()] += call[u"function"][u"arguments"].toString();
        }
        QCOMPARE(text, u"Yes, it is."_s);
        QCOMPARE(arguments, QStringList({u"{\"a\":1}"_s, u"{}"_s}));
        const QJsonObject whole = answer.whole(completion);
        const QJsonValue choice = whole[u"choices"][0];
        QCOMPARE(choice[u"message"][u"content"].toString(), text);
        QCOMPARE(choice[u"message"][u"reasoning_content"].toString(), u"Hm. "_s);
        QCOMPARE(choice[u"message"][u"tool_calls"][0][u"function"][u"arguments"].toString(), arguments.first());
        QCOMPARE(choice[u"message"][u"tool_calls"][1][u"id"].toString(), u"d"_s);
        QCOMPARE(choice[u"finish_reason"].toString(), u"tool_calls"_s);
        QCOMPARE(chunks.at(chunks.size() - 2)[u"choices"][0][u"finish_reason"].toString(), u"tool_calls"_s);
        QCOMPARE(whole[u"usage"][u"total_tokens"].toInt(), 9);
        QCOMPARE(chunks.last()[u"usage"], whole[u"usage"]);
        QVERIFY(chunks.last()[u"choices"].toArray().isEmpty());
    }

    void saysWhyItEnded()
    {
        ChatAnswer answer(u"m"_s);
        llm::Completion completion{.text = u"x"_s, .stopReason = llm::StopReason::Length};
        QCOMPARE(answer.whole(completion)[u"choices"][0][u"finish_reason"].toString(), u"length"_s);
        completion.stopReason = llm::StopReason::Filtered;
        QCOMPARE(answer.whole(completion)[u"choices"][0][u"finish_reason"].toString(), u"content_filter"_s);
    }
};

QTEST_GUILESS_MAIN(TestOpenAi)
#include "tst_openai.moc"
