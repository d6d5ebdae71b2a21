// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/openai/chatanswer.h"

#include "base/id.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

QString finishReasonOf(const llm::Completion &completion)
{
    if (!completion.toolCalls.empty())
        return u"tool_calls"_s;
    switch (completion.stopReason) {
    case llm::StopReason::Length: return u"length"_s;
    case llm::StopReason::Filtered: return u"content_filter"_s;
    case llm::StopReason::End:
    case llm::StopReason::Refused:
    case llm::StopReason::ToolCalls: return u"stop"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject usageOf(const llm::Completion &completion)
{
    const usage::TokenUsage &usage = completion.usage;
    return {{u"prompt_tokens"_s, usage.prompt},
            {u"completion_tokens"_s, usage.completion},
            {u"total_tokens"_s, usage.prompt + usage.completion},
            {u"prompt_tokens_details"_s, QJsonObject{{u"cached_tokens"_s, usage.cached}}},
            {u"completion_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, usage.reasoning}}}};
}

QJsonObject callJson(const QString &id, const QString &name, const QString &arguments, const QByteArray &extra)
{
    QJsonObject function{{u"arguments"_s, arguments}};
    if (!name.isEmpty())
        function[u"name"] = name;
    QJsonObject call{{u"function"_s, function}};
    if (!id.isEmpty()) {
        call[u"id"] = id;
        call[u"type"] = u"function"_s;
    }
    if (!extra.isEmpty())
        call[u"extra_content"] = QJsonDocument::fromJson(extra).object();
    return call;
}

} // namespace

ChatAnswer::ChatAnswer(const QString &model)
    : m_id(u"chatcmpl-"_s + makeId()),
      m_created(QDateTime::currentSecsSinceEpoch()),
      m_model(model)
{
}

QJsonObject ChatAnswer::chunk(const QJsonObject &delta, const QJsonValue &finishReason) const
{
    const QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, finishReason}};
    return {{u"id"_s, m_id},
            {u"object"_s, u"chat.completion.chunk"_s},
            {u"created"_s, m_created},
            {u"model"_s, m_model},
            {u"choices"_s, QJsonArray{choice}}};
}

QJsonObject ChatAnswer::chunkFor(const llm::Event &event)
{
    QJsonObject delta;
    if (const auto *text = std::get_if<llm::TextDelta>(&event)) {
        delta[u"content"] = text->text;
    } else if (const auto *reasoning = std::get_if<llm::ReasoningDelta>(&event)) {
        delta[u"reasoning_content"] = reasoning->text;
    } else if (const auto *piece = std::get_if<llm::ToolCallDelta>(&event)) {
        QJsonObject call = callJson(piece->id, piece->name, piece->arguments, piece->extra);
        call[u"index"] = piece->call;
        delta[u"tool_calls"] = QJsonArray{call};
    } else {
        return {};
    }
    if (!std::exchange(m_hasRole, true))
        delta[u"role"] = u"assistant"_s;
    return chunk(delta, QJsonValue());
}

QJsonObject ChatAnswer::lastChunk(const llm::Completion &completion) const
{
    return chunk({}, finishReasonOf(completion));
}

QJsonObject ChatAnswer::usageChunk(const llm::Completion &completion) const
{
    QJsonObject object = chunk({}, QJsonValue());
    object[u"choices"] = QJsonArray();
    object[u"usage"] = usageOf(completion);
    return object;
}

QJsonObject ChatAnswer::whole(const llm::Completion &completion) const
{
    QJsonObject message{{u"role"_s, u"assistant"_s}, {u"content"_s, completion.text}};
    if (!completion.reasoning.isEmpty())
        message[u"reasoning_content"] = completion.reasoning;
    if (!completion.toolCalls.empty()) {
        QJsonArray calls;
        for (const llm::ToolCall &call : completion.toolCalls)
            calls.append(callJson(call.id, call.name, call.arguments, call.extra));
        message[u"tool_calls"] = calls;
        if (completion.text.isEmpty())
            message[u"content"] = QJsonValue();
    }
    const QJsonObject choice{
        {u"index"_s, 0}, {u"message"_s, message}, {u"finish_reason"_s, finishReasonOf(completion)}};
    return {{u"id"_s, m_id},       {u"object"_s, u"chat.completion"_s}, {u"created"_s, m_created},
            {u"model"_s, m_model}, {u"choices"_s, QJsonArray{choice}},  {u"usage"_s, usageOf(completion)}};
}

} // namespace quintet::serve
