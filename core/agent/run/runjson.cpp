// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/runjson.h"

#include "agent/run/specjson.h"
#include "llm/specjson.h"

#include <QJsonArray>
#include <QTimeZone>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

/// Writes a field only where it says something.
void put(QJsonObject &json, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        json[name] = value;
}

std::chrono::milliseconds timeFrom(const QJsonValue &value)
{
    return std::chrono::milliseconds(value.toInteger());
}

QJsonObject toJson(const usage::TokenUsage &usage)
{
    return {{u"prompt"_s, usage.prompt},       {u"completion"_s, usage.completion},
            {u"cached"_s, usage.cached},       {u"reasoning"_s, usage.reasoning},
            {u"estimated"_s, usage.estimated}, {u"cache_write"_s, usage.cacheWrite}};
}

usage::TokenUsage usageFrom(const QJsonObject &json)
{
    return {.prompt = json[u"prompt"].toInteger(),
            .completion = json[u"completion"].toInteger(),
            .cached = json[u"cached"].toInteger(),
            .reasoning = json[u"reasoning"].toInteger(),
            .estimated = json[u"estimated"].toBool(),
            .cacheWrite = json[u"cache_write"].toInteger()};
}

void putCost(QJsonObject &json, const std::optional<usage::Money> &cost)
{
    if (cost)
        json[u"nano_dollars"] = cost->nanoDollars;
}

std::optional<usage::Money> costFrom(const QJsonObject &json)
{
    return json.contains(u"nano_dollars") ? std::optional(usage::Money{json[u"nano_dollars"].toInteger()})
                                          : std::nullopt;
}

QJsonObject toJson(const FileChange &change)
{
    return agent::toJson(ToolResult{.change = change})[u"change"].toObject();
}

FileChange changeFrom(const QJsonValue &json)
{
    return toolResultFrom({{u"change"_s, json}}).change.value_or(FileChange());
}

QJsonObject toJson(const Approval &approval)
{
    QJsonObject json{{u"answer"_s, nameOf(approval.answer)}};
    if (approval.arguments)
        json[u"arguments"] = *approval.arguments;
    put(json, u"reason"_s, approval.reason);
    return json;
}

Approval approvalFrom(const QJsonObject &json)
{
    Approval approval;
    for (const auto answer : {Approval::Answer::Once, Approval::Answer::InRun, Approval::Answer::Always}) {
        if (json[u"answer"].toString() == nameOf(answer))
            approval.answer = answer;
    }
    if (json.contains(u"arguments"))
        approval.arguments = json[u"arguments"].toObject();
    approval.reason = json[u"reason"].toString();
    return approval;
}

QJsonArray toJson(const std::vector<llm::Thinking> &thinking)
{
    QJsonArray json;
    for (const llm::Thinking &each : thinking)
        json.append(
            QJsonObject{{u"text"_s, each.text}, {u"signature"_s, each.signature}, {u"redacted"_s, each.redacted}});
    return json;
}

std::vector<llm::Thinking> thinkingFrom(const QJsonValue &json)
{
    std::vector<llm::Thinking> thinking;
    for (const QJsonValue each : json.toArray())
        thinking.push_back({each[u"text"].toString(), each[u"signature"].toString(), each[u"redacted"].toString()});
    return thinking;
}

QJsonObject planned(const StepPlanned &event)
{
    QJsonArray calls;
    for (const Call &call : event.calls)
        calls.append(toJson(call));
    QJsonObject json{
        {u"step"_s, event.step},   {u"text"_s, event.text},           {u"calls"_s, calls},
        {u"model"_s, event.model}, {u"usage"_s, toJson(event.usage)}, {u"milliseconds"_s, qint64(event.time.count())}};
    put(json, u"reasoning"_s, event.reasoning);
    put(json, u"fault"_s, event.fault);
    putCost(json, event.cost);
    if (!event.thinking.empty())
        json[u"thinking"] = toJson(event.thinking);
    return json;
}

StepPlanned plannedFrom(const QJsonObject &json)
{
    StepPlanned event{.step = json[u"step"].toInt(),
                      .text = json[u"text"].toString(),
                      .reasoning = json[u"reasoning"].toString(),
                      .thinking = thinkingFrom(json[u"thinking"]),
                      .calls = {},
                      .model = json[u"model"].toString(),
                      .usage = usageFrom(json[u"usage"].toObject()),
                      .cost = costFrom(json),
                      .time = timeFrom(json[u"milliseconds"]),
                      .fault = json[u"fault"].toString()};
    for (const QJsonValue call : json[u"calls"].toArray())
        event.calls.push_back(callFrom(call.toObject()));
    return event;
}

QJsonObject ended(const CallEnded &event)
{
    QJsonObject json{
        {u"call"_s, event.call}, {u"state"_s, nameOf(event.state)}, {u"milliseconds"_s, qint64(event.time.count())}};
    if (event.result)
        json[u"result"] = toJson(*event.result);
    put(json, u"failure"_s, event.failure);
    return json;
}

QJsonObject ended(const RunEnded &event)
{
    QJsonObject json{{u"state"_s, nameOf(event.state)}, {u"milliseconds"_s, qint64(event.time.count())}};
    put(json, u"answer"_s, event.answer);
    if (event.failure) {
        json[u"failure"] =
            QJsonObject{{u"kind"_s, nameOf(event.failure->kind)}, {u"message"_s, event.failure->message}};
    }
    return json;
}

RunEnded runEndedFrom(const QJsonObject &json)
{
    RunEnded event{.state = runStateFrom(json[u"state"].toString()),
                   .answer = json[u"answer"].toString(),
                   .failure = {},
                   .time = timeFrom(json[u"milliseconds"])};
    if (json.contains(u"failure"))
        event.failure = Error(kindNamed(json[u"failure"][u"kind"].toString()), json[u"failure"][u"message"].toString());
    return event;
}

QJsonObject todosJson(const TodosSet &event)
{
    QJsonArray todos;
    for (const Todo &todo : event.todos)
        todos.append(QJsonObject{{u"text"_s, todo.text}, {u"state"_s, int(todo.state)}});
    return {{u"todos"_s, todos}};
}

TodosSet todosFrom(const QJsonObject &json)
{
    TodosSet event;
    for (const QJsonValue todo : json[u"todos"].toArray())
        event.todos.push_back({todo[u"text"].toString(), Todo::State(qBound(0, todo[u"state"].toInt(), 2))});
    return event;
}

QDateTime dateFrom(const QJsonValue &value)
{
    return QDateTime::fromMSecsSinceEpoch(value.toInteger(), QTimeZone::UTC);
}

/// The name of an event, and its fields without it.
std::pair<QString, QJsonObject> named(const RunEvent &event)
{
    using Named = std::pair<QString, QJsonObject>;
    return std::visit(
        llm::Visitor{
            [](const RunBegun &each) {
                return Named{u"run_begun"_s,
                             {{u"spec"_s, toJson(each.spec)}, {u"time"_s, each.time.toMSecsSinceEpoch()}}};
            },
            [](const RunResumed &each) {
                return Named{u"run_resumed"_s,
                             {{u"endpoint"_s, llm::toJson(each.endpoint)},
                              {u"limits"_s, toJson(each.limits)},
                              {u"time"_s, each.time.toMSecsSinceEpoch()}}};
            },
            [](const ProtocolSet &each) {
                return Named{u"protocol_set"_s, {{u"text"_s, each.protocol == Protocol::Text}}};
            },
            [](const StepBegun &each) { return Named{u"step_begun"_s, {{u"step"_s, each.step}}}; },
            [](const StepGrew &each) {
                return Named{u"step_grew"_s,
                             {{u"step"_s, each.step}, {u"text"_s, each.text}, {u"reasoning"_s, each.reasoning}}};
            },
            [](const StepPlanned &each) { return Named{u"step_planned"_s, planned(each)}; },
            [](const ApprovalAsked &each) {
                QJsonObject json{{u"call"_s, each.call}, {u"question"_s, each.question}};
                if (each.proposal)
                    json[u"proposal"] = toJson(*each.proposal);
                return Named{u"approval_asked"_s, json};
            },
            [](const ApprovalGiven &each) {
                return Named{u"approval_given"_s, {{u"call"_s, each.call}, {u"approval"_s, toJson(each.approval)}}};
            },
            [](const RuleAdded &each) { return Named{u"rule_added"_s, {{u"rule"_s, toJson(each.rule)}}}; },
            [](const CallBegun &each) { return Named{u"call_begun"_s, {{u"call"_s, each.call}}}; },
            [](const CallEnded &each) { return Named{u"call_ended"_s, ended(each)}; },
            [](const TodosSet &each) { return Named{u"todos_set"_s, todosJson(each)}; },
            [](const UserSaid &each) { return Named{u"user_said"_s, {{u"text"_s, each.text}}}; },
            [](const StepsCondensed &each) {
                QJsonObject json{{u"step"_s, each.step}, {u"text"_s, each.text}, {u"usage"_s, toJson(each.usage)}};
                putCost(json, each.cost);
                return Named{u"steps_condensed"_s, json};
            },
            [](const RunEnded &each) { return Named{u"run_ended"_s, ended(each)}; },
            [](const TitleSet &each) { return Named{u"title_set"_s, {{u"title"_s, each.title}}}; }},
        event);
}

using Reader = RunEvent (*)(const QJsonObject &);

const QHash<QString, Reader> &readers()
{
    static const QHash<QString, Reader> all{
        {u"run_begun"_s,
         [](const QJsonObject &json) -> RunEvent {
             return RunBegun{specFrom(json[u"spec"].toObject()), dateFrom(json[u"time"])};
         }},
        {u"run_resumed"_s,
         [](const QJsonObject &json) -> RunEvent {
             return RunResumed{llm::endpointFrom(json[u"endpoint"].toObject()), limitsFrom(json[u"limits"].toObject()),
                               dateFrom(json[u"time"])};
         }},
        {u"protocol_set"_s,
         [](const QJsonObject &json) -> RunEvent {
             return ProtocolSet{json[u"text"].toBool() ? Protocol::Text : Protocol::Native};
         }},
        {u"step_begun"_s, [](const QJsonObject &json) -> RunEvent { return StepBegun{json[u"step"].toInt()}; }},
        {u"step_grew"_s,
         [](const QJsonObject &json) -> RunEvent {
             return StepGrew{json[u"step"].toInt(), json[u"text"].toString(), json[u"reasoning"].toString()};
         }},
        {u"step_planned"_s, [](const QJsonObject &json) -> RunEvent { return plannedFrom(json); }},
        {u"approval_asked"_s,
         [](const QJsonObject &json) -> RunEvent {
             ApprovalAsked asked{json[u"call"].toString(), json[u"question"].toString(), {}};
             if (json.contains(u"proposal"))
                 asked.proposal = changeFrom(json[u"proposal"]);
             return asked;
         }},
        {u"approval_given"_s,
         [](const QJsonObject &json) -> RunEvent {
             return ApprovalGiven{json[u"call"].toString(), approvalFrom(json[u"approval"].toObject())};
         }},
        {u"rule_added"_s,
         [](const QJsonObject &json) -> RunEvent { return RuleAdded{ruleFrom(json[u"rule"].toObject())}; }},
        {u"call_begun"_s, [](const QJsonObject &json) -> RunEvent { return CallBegun{json[u"call"].toString()}; }},
        {u"call_ended"_s,
         [](const QJsonObject &json) -> RunEvent {
             CallEnded event{json[u"call"].toString(),
                             callStateFrom(json[u"state"].toString()),
                             {},
                             json[u"failure"].toString(),
                             timeFrom(json[u"milliseconds"])};
             if (json.contains(u"result"))
                 event.result = toolResultFrom(json[u"result"].toObject());
             return event;
         }},
        {u"todos_set"_s, [](const QJsonObject &json) -> RunEvent { return todosFrom(json); }},
        {u"user_said"_s, [](const QJsonObject &json) -> RunEvent { return UserSaid{json[u"text"].toString()}; }},
        {u"steps_condensed"_s,
         [](const QJsonObject &json) -> RunEvent {
             return StepsCondensed{json[u"step"].toInt(), json[u"text"].toString(),
                                   usageFrom(json[u"usage"].toObject()), costFrom(json)};
         }},
        {u"run_ended"_s, [](const QJsonObject &json) -> RunEvent { return runEndedFrom(json); }},
        {u"title_set"_s, [](const QJsonObject &json) -> RunEvent { return TitleSet{json[u"title"].toString()}; }}};
    return all;
}

} // namespace

QJsonObject toJson(const Call &call)
{
    QJsonObject json{{u"id"_s, call.id},
                     {u"wish_id"_s, call.wish.id},
                     {u"tool"_s, call.wish.name},
                     {u"wish"_s, call.wish.arguments},
                     {u"arguments"_s, call.arguments},
                     {u"title"_s, call.title},
                     {u"effect"_s, int(call.effect)},
                     {u"untrusted"_s, call.isUntrusted},
                     {u"state"_s, nameOf(call.state)}};
    put(json, u"extra"_s, QString::fromUtf8(call.wish.extra));
    put(json, u"question"_s, call.question);
    put(json, u"failure"_s, call.failure);
    if (call.proposal)
        json[u"proposal"] = toJson(*call.proposal);
    if (call.approval)
        json[u"approval"] = toJson(*call.approval);
    if (call.result)
        json[u"result"] = toJson(*call.result);
    if (call.time.count() > 0)
        json[u"milliseconds"] = qint64(call.time.count());
    return json;
}

Call callFrom(const QJsonObject &json)
{
    Call call;
    call.id = json[u"id"].toString();
    call.wish = {json[u"wish_id"].toString(), json[u"tool"].toString(), json[u"wish"].toString(),
                 json[u"extra"].toString().toUtf8()};
    call.arguments = json[u"arguments"].toObject();
    call.title = json[u"title"].toString();
    call.effect = Effect(qBound(0, json[u"effect"].toInt(), 2));
    call.isUntrusted = json[u"untrusted"].toBool();
    call.state = callStateFrom(json[u"state"].toString());
    call.question = json[u"question"].toString();
    call.failure = json[u"failure"].toString();
    if (json.contains(u"proposal"))
        call.proposal = changeFrom(json[u"proposal"]);
    if (json.contains(u"approval"))
        call.approval = approvalFrom(json[u"approval"].toObject());
    if (json.contains(u"result"))
        call.result = toolResultFrom(json[u"result"].toObject());
    call.time = timeFrom(json[u"milliseconds"]);
    return call;
}

QJsonObject toJson(const RunEvent &event)
{
    auto [type, json] = named(event);
    json[u"type"] = type;
    return json;
}

std::optional<RunEvent> runEventFrom(const QJsonObject &json)
{
    const Reader reader = readers().value(json[u"type"].toString());
    return reader ? std::optional(reader(json)) : std::nullopt;
}

} // namespace quintet::agent
