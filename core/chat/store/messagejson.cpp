// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/messagejson.h"

#include <QJsonArray>
#include <QTimeZone>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

/// Writes a field only where it says something, so that a plain message stays small.
void put(QJsonObject &object, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        object[name] = value;
}

void put(QJsonObject &object, const QString &name, qint64 value)
{
    if (value != 0)
        object[name] = value;
}

template<typename Value>
QJsonArray arrayOf(const std::vector<Value> &values, QJsonObject (*json)(const Value &))
{
    QJsonArray array;
    for (const Value &value : values)
        array.append(json(value));
    return array;
}

template<typename Value>
std::vector<Value> vectorOf(const QJsonValue &value, Value (*read)(const QJsonObject &))
{
    std::vector<Value> values;
    for (const QJsonValue entry : value.toArray())
        values.push_back(read(entry.toObject()));
    return values;
}

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue entry : value.toArray())
        strings << entry.toString();
    return strings;
}

QJsonObject citationJson(const Citation &citation)
{
    QJsonObject object{{u"label"_s, citation.label}, {u"document"_s, citation.document}};
    put(object, u"title"_s, citation.title);
    put(object, u"place"_s, citation.place);
    put(object, u"quote"_s, citation.quote);
    put(object, u"start"_s, citation.start);
    put(object, u"end"_s, citation.end);
    if (citation.page)
        object[u"page"] = *citation.page;
    return object;
}

Citation citationFrom(const QJsonObject &object)
{
    Citation citation;
    citation.label = object[u"label"].toString();
    citation.document = object[u"document"].toString();
    citation.title = object[u"title"].toString();
    citation.place = object[u"place"].toString();
    citation.quote = object[u"quote"].toString();
    citation.start = object[u"start"].toInteger();
    citation.end = object[u"end"].toInteger();
    if (object.contains(u"page"))
        citation.page = object[u"page"].toInt();
    return citation;
}

QJsonObject thinkingJson(const llm::Thinking &thinking)
{
    QJsonObject object;
    put(object, u"text"_s, thinking.text);
    put(object, u"signature"_s, thinking.signature);
    put(object, u"redacted"_s, thinking.redacted);
    return object;
}

llm::Thinking thinkingFrom(const QJsonObject &object)
{
    return {object[u"text"].toString(), object[u"signature"].toString(), object[u"redacted"].toString()};
}

QJsonObject factsJson(const AnswerFacts &facts)
{
    QJsonObject object;
    put(object, u"endpoint"_s, facts.endpoint);
    put(object, u"model"_s, facts.model);
    put(object, u"prompt_tokens"_s, facts.usage.prompt);
    put(object, u"completion_tokens"_s, facts.usage.completion);
    put(object, u"cached_tokens"_s, facts.usage.cached);
    put(object, u"reasoning_tokens"_s, facts.usage.reasoning);
    put(object, u"cache_write_tokens"_s, facts.usage.cacheWrite);
    put(object, u"estimated"_s, facts.usage.estimated);
    put(object, u"local"_s, facts.isLocal);
    put(object, u"cached"_s, facts.cached);
    put(object, u"reasoning_ms"_s, qint64(facts.reasoningTime.count()));
    put(object, u"total_ms"_s, qint64(facts.totalTime.count()));
    if (facts.cost)
        object[u"cost"] = facts.cost->nanoDollars;
    if (facts.firstTokenTime)
        object[u"first_token_ms"] = qint64(facts.firstTokenTime->count());
    return object;
}

AnswerFacts factsFrom(const QJsonObject &object)
{
    AnswerFacts facts;
    facts.endpoint = object[u"endpoint"].toString();
    facts.model = object[u"model"].toString();
    facts.usage.prompt = object[u"prompt_tokens"].toInteger();
    facts.usage.completion = object[u"completion_tokens"].toInteger();
    facts.usage.cached = object[u"cached_tokens"].toInteger();
    facts.usage.reasoning = object[u"reasoning_tokens"].toInteger();
    facts.usage.cacheWrite = object[u"cache_write_tokens"].toInteger();
    facts.usage.estimated = object[u"estimated"].toInteger() != 0;
    facts.isLocal = object[u"local"].toInteger() != 0;
    facts.cached = object[u"cached"].toInteger() != 0;
    facts.reasoningTime = std::chrono::milliseconds(object[u"reasoning_ms"].toInteger());
    facts.totalTime = std::chrono::milliseconds(object[u"total_ms"].toInteger());
    if (object.contains(u"cost"))
        facts.cost = usage::Money{object[u"cost"].toInteger()};
    if (object.contains(u"first_token_ms"))
        facts.firstTokenTime = std::chrono::milliseconds(object[u"first_token_ms"].toInteger());
    return facts;
}

/// Failures keep the name of their kind, which is what other programs read too.
ErrorKind errorKindFrom(const QString &name)
{
    for (int kind = 0; kind <= int(ErrorKind::Cancelled); ++kind) {
        if (quintet::nameOf(ErrorKind(kind)) == name)
            return ErrorKind(kind);
    }
    return ErrorKind::Protocol;
}

} // namespace

QJsonObject toJson(const Attachment &attachment)
{
    QJsonObject object{{u"hash"_s, attachment.hash}, {u"name"_s, attachment.name}};
    put(object, u"path"_s, attachment.path);
    put(object, u"type"_s, attachment.mimeType);
    put(object, u"tokens"_s, attachment.tokens);
    return object;
}

Attachment attachmentFrom(const QJsonObject &object)
{
    return {object[u"hash"].toString(), object[u"name"].toString(), object[u"path"].toString(),
            object[u"type"].toString(), object[u"tokens"].toInteger()};
}

QJsonObject toJson(const Message &message)
{
    QJsonObject object{{u"id"_s, message.id.value},
                       {u"parent"_s, message.parent.value},
                       {u"role"_s, nameOf(message.role)},
                       {u"time"_s, message.time.toMSecsSinceEpoch()},
                       {u"text"_s, message.text}};
    put(object, u"reasoning"_s, message.reasoning);
    put(object, u"condensed"_s, message.condensed);
    put(object, u"removed"_s, message.isRemoved);
    if (message.state != MessageState::Whole)
        object[u"state"] = nameOf(message.state);
    if (!message.attachments.empty())
        object[u"attachments"] = arrayOf<Attachment>(message.attachments, toJson);
    if (!message.citations.empty())
        object[u"citations"] = arrayOf(message.citations, citationJson);
    if (!message.thinking.empty())
        object[u"thinking"] = arrayOf(message.thinking, thinkingJson);
    if (!message.notes.isEmpty())
        object[u"notes"] = QJsonArray::fromStringList(message.notes);
    if (message.failure) {
        object[u"failure"] =
            QJsonObject{{u"kind"_s, quintet::nameOf(message.failure->kind)}, {u"message"_s, message.failure->message}};
    }
    if (message.facts != AnswerFacts())
        object[u"facts"] = factsJson(message.facts);
    return object;
}

Message messageFrom(const QJsonObject &object)
{
    Message message;
    message.id = {object[u"id"].toString()};
    message.parent = {object[u"parent"].toString()};
    message.role = roleFrom(object[u"role"].toString());
    message.time = QDateTime::fromMSecsSinceEpoch(object[u"time"].toInteger(), QTimeZone::UTC);
    message.text = object[u"text"].toString();
    message.reasoning = object[u"reasoning"].toString();
    message.condensed = object[u"condensed"].toString();
    message.isRemoved = object[u"removed"].toInteger() != 0;
    message.state = messageStateFrom(object[u"state"].toString());
    message.attachments = vectorOf<Attachment>(object[u"attachments"], attachmentFrom);
    message.citations = vectorOf<Citation>(object[u"citations"], citationFrom);
    message.thinking = vectorOf<llm::Thinking>(object[u"thinking"], thinkingFrom);
    message.notes = stringsOf(object[u"notes"]);
    if (const QJsonObject failure = object[u"failure"].toObject(); !failure.isEmpty())
        message.failure = Failure{errorKindFrom(failure[u"kind"].toString()), failure[u"message"].toString()};
    message.facts = factsFrom(object[u"facts"].toObject());
    return message;
}

QJsonObject toJson(const Settings &settings)
{
    QJsonObject object;
    put(object, u"system"_s, settings.system);
    put(object, u"json"_s, settings.json);
    put(object, u"endpoint"_s, settings.endpoint);
    put(object, u"model"_s, settings.model);
    put(object, u"reasoning_effort"_s, settings.parameters.reasoningEffort);
    if (settings.parameters.temperature)
        object[u"temperature"] = *settings.parameters.temperature;
    if (settings.parameters.topP)
        object[u"top_p"] = *settings.parameters.topP;
    if (settings.parameters.maxTokens)
        object[u"max_tokens"] = *settings.parameters.maxTokens;
    if (settings.parameters.seed)
        object[u"seed"] = *settings.parameters.seed;
    if (!settings.parameters.stop.isEmpty())
        object[u"stop"] = QJsonArray::fromStringList(settings.parameters.stop);
    if (!settings.collections.isEmpty())
        object[u"collections"] = QJsonArray::fromStringList(settings.collections);
    return object;
}

Settings settingsFrom(const QJsonObject &object)
{
    Settings settings;
    settings.system = object[u"system"].toString();
    settings.json = object[u"json"].toInteger() != 0;
    settings.endpoint = object[u"endpoint"].toString();
    settings.model = object[u"model"].toString();
    settings.parameters.reasoningEffort = object[u"reasoning_effort"].toString();
    if (object.contains(u"temperature"))
        settings.parameters.temperature = object[u"temperature"].toDouble();
    if (object.contains(u"top_p"))
        settings.parameters.topP = object[u"top_p"].toDouble();
    if (object.contains(u"max_tokens"))
        settings.parameters.maxTokens = object[u"max_tokens"].toInt();
    if (object.contains(u"seed"))
        settings.parameters.seed = object[u"seed"].toInteger();
    settings.parameters.stop = stringsOf(object[u"stop"]);
    settings.collections = stringsOf(object[u"collections"]);
    return settings;
}

} // namespace quintet::chat
