// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/openaidecoder.h"

#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

constexpr int shortStream = 4; // chunks, for which no buffers are made

StopReason stopReason(const QString &name)
{
    if (name == u"length" || name == u"max_tokens")
        return StopReason::Length;
    if (name == u"tool_calls" || name == u"function_call")
        return StopReason::ToolCalls;
    return name == u"content_filter" ? StopReason::Filtered : StopReason::End;
}

UsageReported usageReported(const QJsonObject &usage)
{
    UsageReported reported;
    const auto count = [](const QJsonValue &value) { return std::max<qint64>(0, value.toInteger()); };
    usage::TokenUsage &tokens = reported.usage;
    tokens.prompt = count(usage[u"prompt_tokens"]);
    tokens.completion = count(usage[u"completion_tokens"]);
    const QJsonValue details = usage[u"prompt_tokens_details"];
    const QJsonValue cached = details[u"cached_tokens"];
    tokens.cached = std::min(tokens.prompt, count(cached.isDouble() ? cached : usage[u"prompt_cache_hit_tokens"]));
    tokens.cacheWrite = std::min(tokens.prompt - tokens.cached, count(details[u"cache_write_tokens"]));
    tokens.reasoning = count(usage[u"completion_tokens_details"][u"reasoning_tokens"]);
    if (const QJsonValue cost = usage[u"cost"]; cost.isDouble() && cost.toDouble() >= 0)
        reported.cost = usage::Money::fromDollars(cost.toDouble());
    return reported;
}

QString firstText(const QJsonObject &object, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        if (const QString text = object[key].toString(); !text.isEmpty())
            return text;
    }
    return {};
}

/// The text of a content that is a string, or a list of parts of which some are text.
QString textOf(const QJsonValue &content)
{
    if (!content.isArray())
        return content.toString();
    QString text;
    for (const QJsonValue part : content.toArray())
        text += part[u"text"].toString();
    return text;
}

QString argumentText(const QJsonValue &arguments)
{
    return arguments.isObject() ? QString::fromUtf8(QJsonDocument(arguments.toObject()).toJson(QJsonDocument::Compact))
                                : arguments.toString();
}

/// The chunk as an object; bytes that are no UTF-8 become replacement characters rather than the end of the answer.
QJsonDocument parse(const QByteArray &data)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(data, &error);
    return error.error == QJsonParseError::IllegalUTF8String ? QJsonDocument::fromJson(QString::fromUtf8(data).toUtf8())
                                                             : document;
}

} // namespace

Result<std::vector<Event>> OpenAiDecoder::feed(const net::SseEvent &event)
{
    std::vector<Event> events;
    if (m_named && m_thinkTags.isPast() && ++m_chunks > shortStream) {
        if (!m_textChunks)
            m_textChunks.emplace();
        if (const auto text = m_textChunks->read(event.data)) {
            if (!text->isEmpty())
                events.push_back(TextDelta{*text});
            return events;
        }
    }
    if (event.data.startsWith("[DONE]")) {
        m_complete = true;
        m_done = true;
        return events;
    }
    const QJsonDocument document = parse(event.data);
    if (!document.isObject())
        return std::unexpected(notUnderstood(event.data));
    const QJsonObject chunk = document.object();
    if (const QJsonValue error = chunk[u"error"]; error.isObject() || error.isString())
        return std::unexpected(reportedError(error));
    if (const QString model = chunk[u"model"].toString(); !m_named && !model.isEmpty()) {
        m_named = true;
        events.push_back(ModelNamed{model});
    }
    for (const QJsonValue choice : chunk[u"choices"].toArray()) {
        if (choice[u"index"].toInt() == 0)
            takeChoice(choice.toObject(), events);
    }
    if (const QJsonValue usage = chunk[u"usage"]; usage.isObject())
        events.push_back(usageReported(usage.toObject()));
    return events;
}

void OpenAiDecoder::takeChoice(const QJsonObject &choice, std::vector<Event> &events)
{
    takeDelta(choice[u"delta"].toObject(), events);
    const QString reason = choice[u"finish_reason"].toString();
    if (reason.isEmpty())
        return;
    m_complete = true;
    const std::vector<Event> held = m_thinkTags.finish();
    events.insert(events.end(), held.begin(), held.end());
    // Some servers say "stop" although they sent calls, or refused; what they sent is what counts.
    StopReason stopped = stopReason(reason);
    if (m_calls > 0 && stopped == StopReason::End)
        stopped = StopReason::ToolCalls;
    else if (m_refused && stopped == StopReason::End)
        stopped = StopReason::Refused;
    events.push_back(Stopped{stopped});
}

void OpenAiDecoder::takeDelta(const QJsonObject &delta, std::vector<Event> &events)
{
    if (const QString text = firstText(delta, {"reasoning_content"_L1, "reasoning"_L1, "thinking"_L1}); !text.isEmpty())
        events.push_back(ReasoningDelta{text});
    takeText(textOf(delta[u"content"]), events);
    if (const QString refusal = delta[u"refusal"].toString(); !refusal.isEmpty()) {
        m_refused = true;
        takeText(refusal, events);
    }
    for (const QJsonValue fragment : delta[u"tool_calls"].toArray())
        takeToolCall(fragment.toObject(), events);
    if (const QJsonObject call = delta[u"function_call"].toObject(); !call.isEmpty())
        takeToolCall({{u"index"_s, 0}, {u"function"_s, call}}, events);
}

void OpenAiDecoder::takeText(const QString &text, std::vector<Event> &events)
{
    if (text.isEmpty())
        return;
    const std::vector<Event> pieces = m_thinkTags.feed(text);
    events.insert(events.end(), pieces.begin(), pieces.end());
}

void OpenAiDecoder::takeToolCall(const QJsonObject &fragment, std::vector<Event> &events)
{
    const QString id = fragment[u"id"].toString();
    const QJsonValue function = fragment[u"function"];
    const QJsonObject extra = fragment[u"extra_content"].toObject();
    events.push_back(
        ToolCallDelta{callFor(id, fragment), id, function[u"name"].toString(), argumentText(function[u"arguments"]),
                      extra.isEmpty() ? QByteArray() : QJsonDocument(extra).toJson(QJsonDocument::Compact)});
}

/// Which call a fragment belongs to. Ids are trusted before indexes, since servers number all calls 0 or none: a known
/// id names its call, a new id opens one, and without an id a known index decides, else the call opened last.
int OpenAiDecoder::callFor(const QString &id, const QJsonObject &fragment)
{
    const bool hasIndex = fragment.contains(u"index");
    const int index = fragment[u"index"].toInt();
    int call = 0;
    if (!id.isEmpty()) {
        const auto known = m_callById.constFind(id);
        call = known != m_callById.cend() ? *known : m_calls++;
        m_callById.insert(id, call);
    } else if (hasIndex && m_callByIndex.contains(index)) {
        return m_callByIndex.value(index);
    } else {
        call = m_calls > 0 ? m_calls - 1 : m_calls++;
    }
    if (hasIndex)
        m_callByIndex.insert(index, call);
    return call;
}

} // namespace quintet::llm::wire
