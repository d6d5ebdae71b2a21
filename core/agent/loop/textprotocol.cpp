// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/textprotocol.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

const QString answerAction = u"answer"_s;

QString compact(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// Where the JSON object that begins at `start` ends, past its brace; -1 where it never does.
qsizetype endOfObject(const QString &text, qsizetype start)
{
    int depth = 0;
    bool isInString = false;
    for (qsizetype i = start; i < text.size(); ++i) {
        const QChar each = text[i];
        if (isInString) {
            if (each == u'\\')
                ++i;
            else if (each == u'"')
                isInString = false;
        } else if (each == u'"') {
            isInString = true;
        } else if (each == u'{') {
            ++depth;
        } else if (each == u'}' && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

/// The first JSON object in `text` that has an action or an answer.
std::optional<QJsonObject> objectIn(const QString &text)
{
    constexpr int attempts = 50; // a text full of braces is no turn, and is not tried for ever
    qsizetype start = text.indexOf(u'{');
    for (int i = 0; i < attempts && start >= 0; ++i, start = text.indexOf(u'{', start + 1)) {
        const qsizetype end = endOfObject(text, start);
        if (end < 0)
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(text.mid(start, end - start).toUtf8());
        if (document.isObject() && (document[u"action"].isString() || document[u"answer"].isString()))
            return document.object();
    }
    return std::nullopt;
}

Result<TextTurn> turnFrom(const QJsonObject &json)
{
    TextTurn turn{.thought = json[u"thought"].toString().trimmed(), .call = {}, .answer = {}};
    const QString action = json[u"action"].toString().trimmed();
    if (action.isEmpty() || action == answerAction) {
        turn.answer = json[u"answer"].toString().trimmed();
        if (turn.answer.isEmpty())
            return failure(ErrorKind::BadInput, u"\"action\" is \"answer\", but \"answer\" is empty."_s);
        return turn;
    }
    const QJsonValue arguments = json[u"arguments"];
    turn.call = llm::ToolCall{.id = {},
                              .name = action,
                              .arguments = arguments.isObject() ? compact(arguments.toObject()) : arguments.toString(),
                              .extra = {}};
    return turn;
}

/// The lines that the paper has.
std::optional<TextTurn> linesIn(const QString &text)
{
    static const QRegularExpression finalAnswer(u"^\\s*Final Answer:\\s*(.+)"_s,
                                                QRegularExpression::MultilineOption
                                                    | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression action(u"^\\s*Action:\\s*`?([\\w.-]+)`?\\s*$"_s,
                                           QRegularExpression::MultilineOption);
    static const QRegularExpression input(u"^\\s*Action Input:\\s*"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression thought(u"^\\s*Thought:\\s*(.+)$"_s, QRegularExpression::MultilineOption);
    TextTurn turn{.thought = thought.match(text).captured(1).trimmed(), .call = {}, .answer = {}};
    if (const auto found = action.match(text); found.hasMatch()) {
        const auto given = input.match(text, found.capturedEnd());
        const qsizetype start = given.hasMatch() ? text.indexOf(u'{', given.capturedEnd()) : -1;
        const qsizetype end = start < 0 ? -1 : endOfObject(text, start);
        turn.call =
            llm::ToolCall{.id = {},
                          .name = found.captured(1),
                          .arguments = end < 0 ? text.mid(given.capturedEnd()).trimmed() : text.mid(start, end - start),
                          .extra = {}};
        return turn;
    }
    if (const auto found = finalAnswer.match(text); found.hasMatch()) {
        turn.answer = found.captured(1).trimmed();
        return turn;
    }
    return std::nullopt;
}

} // namespace

QString textInstructions(const std::vector<ToolFacts> &tools)
{
    QString text = u"You can have tools called. Take one step at a time. Each of your turns is one JSON object and "
                   "nothing else, either\n"
                   "{\"thought\": \"why this call\", \"action\": \"name of a tool\", \"arguments\": {...}}\n"
                   "or, once you know enough,\n"
                   "{\"thought\": \"why this is the answer\", \"action\": \"answer\", \"answer\": \"the answer\"}\n"
                   "What a tool gives comes in the next message as an observation. Never write one yourself.\n\n"
                   "The tools, with the JSON schemas of their arguments:\n"_s;
    for (const ToolFacts &tool : tools)
        text += u"- "_s + tool.name + u": "_s + tool.description + u"\n  arguments: "_s + compact(tool.schema) + u'\n';
    return text;
}

QJsonObject textSchema(const std::vector<ToolFacts> &tools)
{
    QJsonArray actions{answerAction};
    for (const ToolFacts &tool : tools)
        actions.append(tool.name);
    const QJsonObject text{{u"type"_s, u"string"_s}};
    // Servers that are strict want every property required and no others, which rules a free object out: arguments are
    // JSON inside of a string.
    return {{u"type"_s, u"object"_s},
            {u"properties"_s,
             QJsonObject{{u"thought"_s, text},
                         {u"action"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, actions}}},
                         {u"arguments"_s,
                          QJsonObject{{u"type"_s, u"string"_s},
                                      {u"description"_s, u"the arguments as a JSON object; {} for an answer"_s}}},
                         {u"answer"_s, text}}},
            {u"required"_s, QJsonArray{u"thought"_s, u"action"_s, u"arguments"_s, u"answer"_s}},
            {u"additionalProperties"_s, false}};
}

Result<TextTurn> parseTextTurn(const QString &text)
{
    if (const auto json = objectIn(text))
        return turnFrom(*json);
    if (const auto turn = linesIn(text))
        return *turn;
    return failure(ErrorKind::BadInput, u"This is no JSON object with \"thought\" and \"action\"."_s);
}

QString toText(const TextTurn &turn)
{
    QJsonObject json{{u"thought"_s, turn.thought}};
    if (turn.call) {
        json[u"action"] = turn.call->name;
        const QJsonDocument arguments = QJsonDocument::fromJson(turn.call->arguments.toUtf8());
        json[u"arguments"] = arguments.isObject() ? QJsonValue(arguments.object()) : QJsonValue(turn.call->arguments);
    } else {
        json[u"action"] = answerAction;
        json[u"answer"] = turn.answer;
    }
    return compact(json);
}

} // namespace quintet::agent
