// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/anthropicdecoder.h"

#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

StopReason stopReason(const QString &name)
{
    if (name == u"max_tokens" || name == u"model_context_window_exceeded")
        return StopReason::Length;
    if (name == u"tool_use")
        return StopReason::ToolCalls;
    return name == u"refusal" ? StopReason::Refused : StopReason::End;
}

Cited cited(const QJsonValue &citation)
{
    Cited result;
    result.quote = citation[u"cited_text"].toString();
    result.document = citation[u"document_title"].toString();
    if (result.document.isEmpty())
        result.document = citation[u"source"].toString(citation[u"url"].toString());
    for (const QLatin1StringView unit : {"page_number"_L1, "char_index"_L1, "block_index"_L1}) {
        if (const QJsonValue start = citation[QString("start_"_L1 + unit)]; start.isDouble()) {
            result.start = start.toInteger();
            result.end = citation[QString("end_"_L1 + unit)].toInteger();
            break;
        }
    }
    return result;
}

} // namespace

Result<std::vector<Event>> AnthropicDecoder::feed(const net::SseEvent &event)
{
    std::vector<Event> events;
    const QJsonDocument document = QJsonDocument::fromJson(event.data);
    if (!document.isObject())
        return std::unexpected(notUnderstood(event.data));
    const QJsonObject chunk = document.object();
    const QString type = chunk[u"type"].toString();
    const int index = chunk[u"index"].toInt();
    if (type == u"error" || chunk[u"error"].isObject())
        return std::unexpected(reportedError(chunk[u"error"]));
    if (type == u"message_start") {
        takeStart(chunk[u"message"].toObject(), events);
    } else if (type == u"content_block_start") {
        openBlock(index, chunk[u"content_block"].toObject(), events);
    } else if (type == u"content_block_delta") {
        takeDelta(index, chunk[u"delta"].toObject(), events);
    } else if (type == u"content_block_stop") {
        closeBlock(index, events);
    } else if (type == u"message_delta") {
        takeUsage(chunk[u"usage"].toObject(), events);
        takeStop(chunk[u"delta"][u"stop_reason"].toString(), events);
    } else if (type == u"message_stop") {
        m_complete = true;
        m_done = true;
    }
    return events;
}

void AnthropicDecoder::takeStart(const QJsonObject &message, std::vector<Event> &events)
{
    if (const QString model = message[u"model"].toString(); !model.isEmpty())
        events.push_back(ModelNamed{model});
    takeUsage(message[u"usage"].toObject(), events);
}

/// A block may bring its content at once, as one that is not streamed does.
void AnthropicDecoder::openBlock(int index, const QJsonObject &block, std::vector<Event> &events)
{
    const QString type = block[u"type"].toString();
    if (type == u"tool_use" || type == u"server_tool_use") {
        m_callOfBlock.insert(index, m_calls);
        const QJsonObject input = block[u"input"].toObject();
        const QString arguments =
            input.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(input).toJson(QJsonDocument::Compact));
        events.push_back(ToolCallDelta{m_calls++, block[u"id"].toString(), block[u"name"].toString(), arguments, {}});
    } else if (type == u"thinking") {
        m_thoughtOfBlock.insert(index, {{}, block[u"signature"].toString(), {}});
        takeDelta(index, {{u"type"_s, u"thinking_delta"_s}, {u"thinking"_s, block[u"thinking"]}}, events);
    } else if (type == u"redacted_thinking") {
        m_thoughtOfBlock.insert(index, {{}, {}, block[u"data"].toString()});
    } else if (type == u"text") {
        takeDelta(index, {{u"type"_s, u"text_delta"_s}, {u"text"_s, block[u"text"]}}, events);
        for (const QJsonValue citation : block[u"citations"].toArray())
            events.push_back(cited(citation));
    }
}

void AnthropicDecoder::takeDelta(int index, const QJsonObject &delta, std::vector<Event> &events)
{
    const QString type = delta[u"type"].toString();
    if (type == u"text_delta") {
        if (const QString text = delta[u"text"].toString(); !text.isEmpty())
            events.push_back(TextDelta{text});
    } else if (type == u"thinking_delta") {
        const QString text = delta[u"thinking"].toString();
        m_thoughtOfBlock[index].text += text;
        if (!text.isEmpty())
            events.push_back(ReasoningDelta{text});
    } else if (type == u"signature_delta") {
        m_thoughtOfBlock[index].signature += delta[u"signature"].toString();
    } else if (type == u"input_json_delta") {
        events.push_back(ToolCallDelta{m_callOfBlock.value(index), {}, {}, delta[u"partial_json"].toString(), {}});
    } else if (type == u"citations_delta") {
        events.push_back(cited(delta[u"citation"]));
    }
}

void AnthropicDecoder::closeBlock(int index, std::vector<Event> &events)
{
    if (const auto thought = m_thoughtOfBlock.constFind(index); thought != m_thoughtOfBlock.cend())
        events.push_back(Thought{*thought});
}

void AnthropicDecoder::takeUsage(const QJsonObject &usage, std::vector<Event> &events)
{
    if (usage.isEmpty())
        return;
    const auto count = [&usage](QLatin1StringView key) { return std::max<qint64>(0, usage[key].toInteger()); };
    if (usage.contains("input_tokens"_L1)) {
        m_usage.cached = count("cache_read_input_tokens"_L1);
        m_usage.cacheWrite = count("cache_creation_input_tokens"_L1);
        m_usage.prompt = count("input_tokens"_L1) + m_usage.cached + m_usage.cacheWrite;
    }
    m_usage.completion = std::max(m_usage.completion, count("output_tokens"_L1));
    m_usage.reasoning = std::max<qint64>(0, usage[u"output_tokens_details"][u"thinking_tokens"].toInteger());
    events.push_back(UsageReported{m_usage, {}});
}

void AnthropicDecoder::takeStop(const QString &reason, std::vector<Event> &events)
{
    if (reason.isEmpty())
        return;
    m_complete = true;
    events.push_back(Stopped{stopReason(reason)});
}

} // namespace quintet::llm::wire
