// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/openaichat.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

QString roleName(Role role)
{
    switch (role) {
    case Role::System: return QStringLiteral("system");
    case Role::User: return QStringLiteral("user");
    case Role::Assistant: return QStringLiteral("assistant");
    }
    Q_UNREACHABLE();
}

StopReason stopReason(const QString &name)
{
    if (name == u"length")
        return StopReason::Length;
    if (name == u"tool_calls" || name == u"function_call")
        return StopReason::ToolCalls;
    return name == u"content_filter" ? StopReason::Filtered : StopReason::End;
}

usage::TokenUsage tokenUsage(const QJsonObject &usage)
{
    usage::TokenUsage tokens;
    const auto count = [](const QJsonValue &value) { return std::max<qint64>(0, value.toInteger()); };
    tokens.prompt = count(usage[u"prompt_tokens"]);
    tokens.completion = count(usage[u"completion_tokens"]);
    const QJsonValue cached = usage[u"prompt_tokens_details"][u"cached_tokens"];
    tokens.cached = std::min(tokens.prompt, count(cached.isDouble() ? cached : usage[u"prompt_cache_hit_tokens"]));
    tokens.reasoning = count(usage[u"completion_tokens_details"][u"reasoning_tokens"]);
    return tokens;
}

/// The error that a server puts in place of an answer, though the status said that all is well.
Error reportedError(const QJsonValue &error)
{
    const QString message = error.isString() ? error.toString() : error[u"message"].toString();
    const QString type = error[u"type"].toString() + QLatin1Char(' ') + error[u"code"].toVariant().toString();
    ErrorKind kind = ErrorKind::Unavailable;
    if (type.contains(u"context"))
        kind = ErrorKind::ContextTooLong;
    else if (type.contains(u"invalid_request"))
        kind = ErrorKind::Refused;
    return Error(kind, QCoreApplication::translate("llm", "The model server gave up: %1").arg(message.simplified()),
                 type);
}

QString firstText(const QJsonObject &object, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        if (const QString text = object[key].toString(); !text.isEmpty())
            return text;
    }
    return {};
}

Error notUnderstood(const QByteArray &body)
{
    return Error(ErrorKind::Protocol,
                 QCoreApplication::translate("llm",
                                             "The server's answer was not understood. Check that the base URL is "
                                             "that of a model server."),
                 QString::fromUtf8(body.left(500)));
}

} // namespace

Dialect dialectOf(const QUrl &baseUrl, const QString &model)
{
    static const QRegularExpression reasoning(u"^(?:openai/)?(?:o\\d|gpt-5)"_s);
    const bool isOpenAi = baseUrl.host().endsWith("openai.com"_L1) || baseUrl.host().endsWith("openai.azure.com"_L1);
    return {.completionTokens = isOpenAi, .takesTemperature = !reasoning.match(model).hasMatch()};
}

QJsonObject openAiChatRequest(const Request &request, bool stream, const Dialect &dialect)
{
    QJsonArray messages;
    for (const Message &message : request.messages)
        messages.append(QJsonObject{{u"role"_s, roleName(message.role)}, {u"content"_s, message.text}});
    QJsonObject body{{u"model"_s, request.model}, {u"messages"_s, messages}};
    if (request.parameters.temperature && dialect.takesTemperature)
        body[u"temperature"] = *request.parameters.temperature;
    if (request.parameters.maxTokens)
        body[dialect.completionTokens ? u"max_completion_tokens"_s : u"max_tokens"_s] = *request.parameters.maxTokens;
    if (stream) {
        body[u"stream"] = true;
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
    OpenAiChatDecoder decoder;
    return decoder.feed({{}, QJsonDocument(chunk).toJson(QJsonDocument::Compact)});
}

Result<std::vector<Event>> OpenAiChatDecoder::feed(const net::SseEvent &event)
{
    std::vector<Event> events;
    if (event.data.startsWith("[DONE]")) {
        m_complete = true;
        m_done = true;
        return events;
    }
    const QJsonDocument document = QJsonDocument::fromJson(event.data);
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
        if (choice[u"index"].toInt() != 0)
            continue;
        takeDelta(choice[u"delta"].toObject(), events);
        if (const QString reason = choice[u"finish_reason"].toString(); !reason.isEmpty()) {
            m_complete = true;
            // Some servers say "stop" although they sent calls; the calls are what counts.
            events.push_back(Stopped{m_calls > 0 && reason == u"stop" ? StopReason::ToolCalls : stopReason(reason)});
        }
    }
    if (const QJsonValue usage = chunk[u"usage"]; usage.isObject())
        events.push_back(UsageReported{tokenUsage(usage.toObject())});
    return events;
}

void OpenAiChatDecoder::takeDelta(const QJsonObject &delta, std::vector<Event> &events)
{
    if (const QString text = firstText(delta, {"reasoning_content"_L1, "reasoning"_L1, "thinking"_L1}); !text.isEmpty())
        events.push_back(ReasoningDelta{text});
    if (const QString text = firstText(delta, {"content"_L1, "refusal"_L1}); !text.isEmpty())
        events.push_back(TextDelta{text});
    for (const QJsonValue fragment : delta[u"tool_calls"].toArray())
        takeToolCall(fragment.toObject(), events);
}

void OpenAiChatDecoder::takeToolCall(const QJsonObject &fragment, std::vector<Event> &events)
{
    const QString id = fragment[u"id"].toString();
    const QJsonValue function = fragment[u"function"];
    const QJsonValue arguments = function[u"arguments"];
    const QString argumentText =
        arguments.isObject() ? QString::fromUtf8(QJsonDocument(arguments.toObject()).toJson(QJsonDocument::Compact))
                             : arguments.toString();
    events.push_back(ToolCallDelta{callFor(id, fragment), id, function[u"name"].toString(), argumentText});
}

/// Which call a fragment belongs to. Ids are trusted before indexes, since servers number all calls 0 or none: a known
/// id names its call, a new id opens one, and without an id a known index decides, else the call opened last.
int OpenAiChatDecoder::callFor(const QString &id, const QJsonObject &fragment)
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
