// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace quintet::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

qsizetype wordCount(const QString &text)
{
    return text.split(u' ', Qt::SkipEmptyParts).size();
}

} // namespace

ScriptedModel::ScriptedModel(ScriptedServer &server, const QByteArray &prefix)
{
    server.on(prefix + "/models", [this](const Received &request) { return listModels(request); });
    server.on(prefix + "/chat/completions", [this](const Received &request) { return complete(request); });
}

QString ScriptedModel::answerTo(const QString &message)
{
    QStringList words = message.simplified().split(u' ', Qt::SkipEmptyParts);
    const qsizetype count = words.size();
    std::ranges::reverse(words);
    return QStringLiteral("%1 words, reversed: %2").arg(count).arg(words.join(u' '));
}

bool ScriptedModel::isAllowed(const Received &request) const
{
    return key.isEmpty() || request.headers.value("authorization") == "Bearer " + key;
}

Script ScriptedModel::listModels(const Received &request) const
{
    if (!isAllowed(request))
        return Script::response(
            401, R"({"error":{"message":"Incorrect API key provided.","type":"invalid_request_error"}})");
    QJsonArray data;
    for (const QString &model : models)
        data.append(QJsonObject{{u"id"_s, model}, {u"object"_s, u"model"_s}, {u"owned_by"_s, u"scripted"_s}});
    return Script::response(200, compact({{u"object"_s, u"list"_s}, {u"data"_s, data}}));
}

Script ScriptedModel::complete(const Received &request) const
{
    if (!isAllowed(request))
        return Script::response(
            401, R"({"error":{"message":"Incorrect API key provided.","type":"invalid_request_error"}})");
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QString model = body[u"model"].toString();
    if (!models.contains(model))
        return Script::response(404,
                                compact({{u"error"_s, QJsonObject{{u"message"_s, u"The model does not exist."_s}}}}));
    qint64 promptWords = 0;
    QString last;
    for (const QJsonValue message : body[u"messages"].toArray()) {
        last = message[u"content"].toString();
        promptWords += wordCount(last);
    }
    const QString answer = answerTo(last);
    const QJsonObject usage{{u"prompt_tokens"_s, promptWords}, {u"completion_tokens"_s, wordCount(answer)}};
    if (!body[u"stream"].toBool()) {
        const QJsonObject choice{{u"index"_s, 0},
                                 {u"finish_reason"_s, u"stop"_s},
                                 {u"message"_s, QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, answer}}}};
        return Script::response(
            200, compact({{u"model"_s, model}, {u"choices"_s, QJsonArray{choice}}, {u"usage"_s, usage}}));
    }
    Script script = Script::eventStream();
    const auto send = [&](const QJsonObject &delta, const QJsonValue &reason) {
        script.event(compact({{u"model"_s, model},
                              {u"choices"_s, QJsonArray{QJsonObject{
                                                 {u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, reason}}}},
                              {u"usage"_s, QJsonValue()}}));
    };
    send({{u"role"_s, u"assistant"_s}, {u"content"_s, QJsonValue()}}, QJsonValue());
    for (const QString &word : answer.split(u' '))
        send({{u"content"_s, QString(word + QLatin1Char(' '))}}, QJsonValue());
    send({}, u"stop"_s);
    script.event(compact({{u"model"_s, model}, {u"choices"_s, QJsonArray()}, {u"usage"_s, usage}}));
    return script.event("[DONE]").end();
}

} // namespace quintet::test
