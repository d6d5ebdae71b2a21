// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/openaichat.h"

#include "llm/wire/openaidecoder.h"
#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

QString roleName(Role role)
{
    switch (role) {
    case Role::System: return u"system"_s;
    case Role::User: return u"user"_s;
    case Role::Assistant: return u"assistant"_s;
    case Role::Tool: return u"tool"_s;
    }
    Q_UNREACHABLE();
}

QJsonValue contentOf(const Message &message)
{
    if (message.images.empty())
        return message.text;
    QJsonArray parts;
    if (!message.text.isEmpty())
        parts.append(QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, message.text}});
    for (const Image &image : message.images) {
        const QString url = "data:"_L1 + image.mimeType + ";base64,"_L1 + QString::fromLatin1(image.bytes.toBase64());
        parts.append(QJsonObject{{u"type"_s, u"image_url"_s}, {u"image_url"_s, QJsonObject{{u"url"_s, url}}}});
    }
    return parts;
}

QJsonObject callJson(const ToolCall &call)
{
    QJsonObject object{{u"id"_s, call.id},
                       {u"type"_s, u"function"_s},
                       {u"function"_s, QJsonObject{{u"name"_s, call.name}, {u"arguments"_s, call.arguments}}}};
    if (!call.extra.isEmpty())
        object[u"extra_content"] = QJsonDocument::fromJson(call.extra).object();
    return object;
}

QJsonObject messageJson(const Message &message, const Dialect &dialect)
{
    QJsonObject object{{u"role"_s, roleName(message.role)}, {u"content"_s, contentOf(message)}};
    if (message.role == Role::Tool)
        object[u"tool_call_id"] = message.toolCallId;
    if (!message.toolCalls.empty()) {
        QJsonArray calls;
        for (const ToolCall &call : message.toolCalls)
            calls.append(callJson(call));
        object[u"tool_calls"] = calls;
        if (message.text.isEmpty())
            object[u"content"] = QJsonValue();
    }
    QString thoughts;
    for (const Thinking &thinking : message.thinking)
        thoughts += thinking.text;
    if (!dialect.reasoningField.isEmpty() && !thoughts.isEmpty())
        object[dialect.reasoningField] = thoughts;
    return object;
}

void putTools(QJsonObject &body, const Request &request)
{
    if (request.tools.empty())
        return;
    QJsonArray tools;
    for (const Tool &tool : request.tools) {
        tools.append(QJsonObject{{u"type"_s, u"function"_s},
                                 {u"function"_s, QJsonObject{{u"name"_s, tool.name},
                                                             {u"description"_s, tool.description},
                                                             {u"parameters"_s, tool.schema}}}});
    }
    body[u"tools"] = tools;
    if (request.toolChoice == u"none" || request.toolChoice == u"required")
        body[u"tool_choice"] = request.toolChoice;
    else if (!request.toolChoice.isEmpty())
        body[u"tool_choice"] =
            QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, QJsonObject{{u"name"_s, request.toolChoice}}}};
}

QJsonObject formatJson(const ResponseFormat &format)
{
    if (format.schema.isEmpty())
        return {{u"type"_s, u"json_object"_s}};
    return {
        {u"type"_s, u"json_schema"_s},
        {u"json_schema"_s, QJsonObject{{u"name"_s, format.name}, {u"strict"_s, true}, {u"schema"_s, format.schema}}}};
}

void putParameters(QJsonObject &body, const Parameters &parameters, const Dialect &dialect)
{
    if (parameters.temperature && dialect.takesTemperature)
        body[u"temperature"] = *parameters.temperature;
    if (parameters.topP && dialect.takesTemperature)
        body[u"top_p"] = *parameters.topP;
    if (parameters.maxTokens)
        body[dialect.completionTokens ? u"max_completion_tokens"_s : u"max_tokens"_s] = *parameters.maxTokens;
    if (parameters.seed)
        body[u"seed"] = *parameters.seed;
    if (!parameters.stop.isEmpty())
        body[u"stop"] = QJsonArray::fromStringList(parameters.stop);
    if (!parameters.reasoningEffort.isEmpty())
        body[u"reasoning_effort"] = parameters.reasoningEffort;
}

} // namespace

bool isReasoningModel(const QString &model)
{
    const QStringView name = QStringView(model).sliced(model.startsWith(u"openai/") ? 7 : 0);
    return name.startsWith(u"gpt-5") || (name.size() > 1 && name[0] == u'o' && name[1].isDigit());
}

QJsonObject openAiChatRequest(const Request &request, bool stream, const Dialect &dialect)
{
    QJsonArray messages;
    for (const Message &message : request.messages)
        messages.append(messageJson(message, dialect));
    QJsonObject body{{u"model"_s, request.model}, {u"messages"_s, messages}};
    putParameters(body, request.parameters, dialect);
    putTools(body, request);
    if (request.format)
        body[u"response_format"] = formatJson(*request.format);
    if (stream) {
        body[u"stream"] = true;
        if (dialect.streamOptions)
            body[u"stream_options"] = QJsonObject{{u"include_usage"_s, true}};
    }
    return body;
}

Result<std::vector<Event>> openAiChatResponse(const QByteArray &body)
{
    const QJsonObject response = QJsonDocument::fromJson(body).object();
    if (const QJsonValue error = response[u"error"]; error.isObject() || error.isString())
        return std::unexpected(reportedError(error));
    const QJsonArray choices = response[u"choices"].toArray();
    if (choices.isEmpty())
        return std::unexpected(notUnderstood(body));
    // A whole message is a delta that says everything at once.
    QJsonObject chunk = response;
    QJsonObject choice = choices.first().toObject();
    choice[u"delta"] = choice.value(u"message");
    chunk[u"choices"] = QJsonArray{choice};
    OpenAiDecoder decoder;
    return decoder.feed({{}, QJsonDocument(chunk).toJson(QJsonDocument::Compact)}).transform([&decoder](auto events) {
        const std::vector<Event> rest = decoder.finish();
        events.insert(events.end(), rest.begin(), rest.end());
        return events;
    });
}

} // namespace quintet::llm::wire
