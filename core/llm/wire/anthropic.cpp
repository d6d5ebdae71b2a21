// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/anthropic.h"

#include "llm/wire/anthropicdecoder.h"
#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

constexpr int leastThinking = 1024; // tokens that the server takes as a budget
constexpr int defaultLongestAnswer = 8192;

QJsonObject textBlock(const QString &text)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

QJsonObject imageBlock(const Image &image)
{
    return {{u"type"_s, u"image"_s},
            {u"source"_s, QJsonObject{{u"type"_s, u"base64"_s},
                                      {u"media_type"_s, image.mimeType},
                                      {u"data"_s, QString::fromLatin1(image.bytes.toBase64())}}}};
}

QJsonObject thinkingBlock(const Thinking &thinking)
{
    if (!thinking.redacted.isEmpty())
        return {{u"type"_s, u"redacted_thinking"_s}, {u"data"_s, thinking.redacted}};
    return {{u"type"_s, u"thinking"_s}, {u"thinking"_s, thinking.text}, {u"signature"_s, thinking.signature}};
}

QJsonArray blocksOf(const Message &message)
{
    QJsonArray blocks;
    if (message.role == Role::Tool) {
        blocks.append(QJsonObject{
            {u"type"_s, u"tool_result"_s}, {u"tool_use_id"_s, message.toolCallId}, {u"content"_s, message.text}});
        return blocks;
    }
    for (const Thinking &thinking : message.thinking) {
        // A thought of another server carries no signature, and would be refused.
        if (!thinking.signature.isEmpty() || !thinking.redacted.isEmpty())
            blocks.append(thinkingBlock(thinking));
    }
    for (const Image &image : message.images)
        blocks.append(imageBlock(image));
    if (!message.text.isEmpty())
        blocks.append(textBlock(message.text));
    for (const ToolCall &call : message.toolCalls) {
        blocks.append(QJsonObject{{u"type"_s, u"tool_use"_s},
                                  {u"id"_s, call.id},
                                  {u"name"_s, call.name},
                                  {u"input"_s, QJsonDocument::fromJson(call.arguments.toUtf8()).object()}});
    }
    return blocks;
}

/// The turns, with those of one role that follow each other (the results of several tools) made one.
QJsonArray turnsOf(const std::vector<Message> &messages)
{
    QJsonArray turns;
    for (const Message &message : messages) {
        const QJsonArray blocks = blocksOf(message);
        if (message.role == Role::System || blocks.isEmpty())
            continue;
        const QString role = message.role == Role::Assistant ? u"assistant"_s : u"user"_s;
        if (!turns.isEmpty() && turns.last()[u"role"] == role) {
            QJsonObject last = turns.last().toObject();
            QJsonArray all = last[u"content"].toArray();
            for (const QJsonValue block : blocks)
                all.append(block);
            last[u"content"] = all;
            turns[turns.size() - 1] = last;
        } else {
            turns.append(QJsonObject{{u"role"_s, role}, {u"content"_s, blocks}});
        }
    }
    return turns;
}

QString systemText(const Request &request)
{
    QStringList parts;
    for (const Message &message : request.messages) {
        if (message.role == Role::System)
            parts << message.text;
    }
    if (request.format) {
        parts << u"Answer with one JSON object and nothing else."_s;
        if (!request.format->schema.isEmpty())
            parts << u"It must be valid under this JSON schema: "_s
                         + QString::fromUtf8(QJsonDocument(request.format->schema).toJson(QJsonDocument::Compact));
    }
    return parts.join(u"\n\n"_s);
}

/// How many tokens a model may think for so much effort.
int thinkingTokens(const QString &effort)
{
    if (effort == u"low" || effort == u"minimal")
        return 2048;
    if (effort == u"medium")
        return 8192;
    return effort == u"high" || effort == u"xhigh" ? 24'576 : 0;
}

void putParameters(QJsonObject &body, const Parameters &parameters)
{
    const int wished = thinkingTokens(parameters.reasoningEffort);
    // What is thought counts as answer: a limit that was set, by a budget perhaps, holds for both together.
    const int longest = parameters.maxTokens.value_or(defaultLongestAnswer + wished);
    const int thinking = std::min(wished, longest / 4 * 3);
    body[u"max_tokens"] = longest;
    if (thinking >= leastThinking) {
        body[u"thinking"] = QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, thinking}};
    } else if (parameters.temperature) {
        body[u"temperature"] = std::min(*parameters.temperature, 1.0); // and not together with thinking
    } else if (parameters.topP) {
        body[u"top_p"] = *parameters.topP;
    }
    if (!parameters.stop.isEmpty())
        body[u"stop_sequences"] = QJsonArray::fromStringList(parameters.stop);
}

void putTools(QJsonObject &body, const Request &request)
{
    if (request.tools.empty())
        return;
    QJsonArray tools;
    for (const Tool &tool : request.tools)
        tools.append(QJsonObject{
            {u"name"_s, tool.name}, {u"description"_s, tool.description}, {u"input_schema"_s, tool.schema}});
    body[u"tools"] = tools;
    if (request.toolChoice == u"none")
        body[u"tool_choice"] = QJsonObject{{u"type"_s, u"none"_s}};
    else if (request.toolChoice == u"required")
        body[u"tool_choice"] = QJsonObject{{u"type"_s, u"any"_s}};
    else if (!request.toolChoice.isEmpty())
        body[u"tool_choice"] = QJsonObject{{u"type"_s, u"tool"_s}, {u"name"_s, request.toolChoice}};
}

} // namespace

QJsonObject anthropicRequest(const Request &request, bool stream)
{
    QJsonObject body{{u"model"_s, request.model}, {u"messages"_s, turnsOf(request.messages)}};
    if (const QString system = systemText(request); !system.isEmpty())
        body[u"system"] = system;
    putParameters(body, request.parameters);
    putTools(body, request);
    if (stream)
        body[u"stream"] = true;
    return body;
}

Result<std::vector<Event>> anthropicResponse(const QByteArray &body)
{
    const QJsonObject response = QJsonDocument::fromJson(body).object();
    if (const QJsonValue error = response[u"error"]; error.isObject() || error.isString())
        return std::unexpected(reportedError(error));
    if (!response[u"content"].isArray())
        return std::unexpected(notUnderstood(body));
    // A whole message is a stream that says everything at once.
    AnthropicDecoder decoder;
    std::vector<Event> events;
    const auto feed = [&](const QJsonObject &object) {
        if (const auto fed = decoder.feed({{}, QJsonDocument(object).toJson(QJsonDocument::Compact)}))
            events.insert(events.end(), fed->begin(), fed->end());
    };
    feed({{u"type"_s, u"message_start"_s}, {u"message"_s, response}});
    int index = 0;
    for (const QJsonValue block : response[u"content"].toArray()) {
        feed({{u"type"_s, u"content_block_start"_s}, {u"index"_s, index}, {u"content_block"_s, block}});
        feed({{u"type"_s, u"content_block_stop"_s}, {u"index"_s, index++}});
    }
    feed({{u"type"_s, u"message_delta"_s},
          {u"delta"_s, QJsonObject{{u"stop_reason"_s, response[u"stop_reason"]}}},
          {u"usage"_s, response[u"usage"]}});
    return events;
}

} // namespace quintet::llm::wire
