// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/openaidecoder.h"

#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

StopReason stopReason(const QString &name)
{
    if (name == u"length" || name == u"max_tokens")
        return StopReason::Length;
    if (name == u"tool_calls" || name == u"function_call")
        return StopReason::ToolCalls;
    return name == u"content_filter" ? StopReason::Filtered : StopReason::End;
}

QString toQString(std::string_view utf8)
{
    // Which takes the mark away that a text may begin with.
    const bool isMarked = utf8.starts_with("\xEF\xBB\xBF");
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    return isMarked ? QChar(QChar::ByteOrderMark) + text : text;
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

OpenAiDecoder::OpenAiDecoder(std::shared_ptr<PlainChunkReader> reader) : m_reader(std::move(reader)) { }

Result<std::vector<Event>> OpenAiDecoder::feed(const net::SseEvent &event)
{
    std::vector<Event> events;
    if (event.data.startsWith("[DONE]")) {
        m_complete = true;
        m_done = true;
        return events;
    }
    const auto plain = m_reader->read(event.data);
    if (!plain)
        return readWhole(event.data);
    takeModel(toQString(plain->model), events);
    takeText(toQString(plain->text), events);
    takeFinishReason(toQString(plain->finishReason), events);
    if (plain->usage)
        events.push_back(*plain->usage);
    return events;
}

Result<std::vector<Event>> OpenAiDecoder::readWhole(const QByteArray &data)
{
    std::vector<Event> events;
    const QJsonDocument document = parse(data);
    if (!document.isObject())
        return std::unexpected(notUnderstood(data));
    const QJsonObject chunk = document.object();
    if (const QJsonValue error = chunk[u"error"]; error.isObject() || error.isString())
        return std::unexpected(reportedError(error));
    takeModel(chunk[u"model"].toString(), events);
    for (const QJsonValue choice : chunk[u"choices"].toArray()) {
        if (choice[u"index"].toInt() == 0)
            takeChoice(choice.toObject(), events);
    }
    if (const QJsonValue usage = chunk[u"usage"]; usage.isObject())
        events.push_back(m_reader->readUsage(QJsonDocument(usage.toObject()).toJson(QJsonDocument::Compact)));
    return events;
}

void OpenAiDecoder::takeModel(const QString &model, std::vector<Event> &events)
{
    if (m_named || model.isEmpty())
        return;
    m_named = true;
    events.push_back(ModelNamed{model});
}

void OpenAiDecoder::takeChoice(const QJsonObject &choice, std::vector<Event> &events)
{
    takeDelta(choice[u"delta"].toObject(), events);
    takeFinishReason(choice[u"finish_reason"].toString(), events);
}

void OpenAiDecoder::takeFinishReason(const QString &reason, std::vector<Event> &events)
{
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
