// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedagent.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace quintet::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

AgentRequest::AgentRequest(const QByteArray &body) : m_body(QJsonDocument::fromJson(body).object()) { }

QString AgentRequest::system() const
{
    return m_body[u"messages"].toArray().first()[u"content"].toString();
}

QString AgentRequest::lastText() const
{
    return m_body[u"messages"].toArray().last()[u"content"].toString();
}

QStringList AgentRequest::results() const
{
    static const QRegularExpression data(u"<data from=[^\\n]*\\n(.*?)\\n</data>"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    QStringList results;
    for (const QJsonValue message : m_body[u"messages"].toArray()) {
        const QString text = message[u"content"].toString();
        const bool isObservation = message[u"role"] == u"tool"_s || text.contains(u"Observation:"_s);
        if (!isObservation || message[u"role"] == u"system"_s)
            continue;
        const auto found = data.match(text);
        results << (found.hasMatch() ? found.captured(1) : text);
    }
    return results;
}

QString AgentRequest::whole() const
{
    QString whole;
    for (const QJsonValue message : m_body[u"messages"].toArray())
        whole += message[u"content"].toString() + u'\n';
    return whole;
}

ScriptedAgent::ScriptedAgent(ScriptedServer &server, Think first) : think(std::move(first))
{
    server.on("/v1/models", [](const Received &) {
        return Script::response(200, compact({{u"data"_s, QJsonArray{QJsonObject{{u"id"_s, u"scripted-small"_s}}}}}));
    });
    server.on("/v1/chat/completions", [this](const Received &request) {
        ++turns;
        return streamOf(think(AgentRequest(request.body)));
    });
}

Script ScriptedAgent::streamOf(const ScriptedTurn &turn)
{
    Script script = Script::eventStream();
    const auto send = [&](const QJsonObject &delta, const QJsonValue &reason) {
        script.event(
            compact({{u"model"_s, u"scripted-small"_s},
                     {u"choices"_s,
                      QJsonArray{QJsonObject{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, reason}}}}}));
    };
    for (const QString &word : turn.text.split(u' '))
        send({{u"content"_s, QString(word + u' ')}}, QJsonValue());
    for (size_t i = 0; i < turn.calls.size(); ++i) {
        const ScriptedCall &call = turn.calls[i];
        const QString id = call.id.isEmpty() ? u"call_%1"_s.arg(i) : call.id;
        const qsizetype half = call.arguments.size() / 2;
        send({{u"tool_calls"_s,
               QJsonArray{QJsonObject{{u"index"_s, int(i)},
                                      {u"id"_s, id},
                                      {u"type"_s, u"function"_s},
                                      {u"function"_s, QJsonObject{{u"name"_s, call.name},
                                                                  {u"arguments"_s, call.arguments.first(half)}}}}}}},
             QJsonValue());
        send({{u"tool_calls"_s,
               QJsonArray{QJsonObject{{u"index"_s, int(i)},
                                      {u"function"_s, QJsonObject{{u"arguments"_s, call.arguments.mid(half)}}}}}}},
             QJsonValue());
    }
    send({}, turn.calls.empty() ? u"stop"_s : u"tool_calls"_s);
    script.event(compact({{u"choices"_s, QJsonArray()},
                          {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 100}, {u"completion_tokens"_s, 10}}}}));
    return script.event("[DONE]").end();
}

} // namespace quintet::test
