// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/exchange/trace.h"

#include <QJsonArray>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString nameOf(Todo::State state)
{
    switch (state) {
    case Todo::State::Open: return u"open"_s;
    case Todo::State::Doing: return u"doing"_s;
    case Todo::State::Done: return u"done"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonValue dollars(const std::optional<usage::Money> &cost)
{
    return cost ? QJsonValue(cost->dollars()) : QJsonValue();
}

QJsonObject planOf(const AgentRun &run)
{
    QJsonArray todos;
    for (const Todo &todo : run.todos())
        todos.append(QJsonObject{{u"text"_s, todo.text}, {u"state"_s, nameOf(todo.state)}});
    return {{u"type"_s, u"plan"_s},
            {u"run"_s, run.id().value},
            {u"task"_s, run.spec().task},
            {u"model"_s, run.spec().isReplay() ? QJsonValue() : QJsonValue(run.spec().endpoint.model)},
            {u"steps"_s, todos}};
}

/// The name of a call's tool stands in the run; the call's own step, too.
QJsonObject ofCall(const QString &type, const AgentRun &run, const QString &id)
{
    const Call *const call = run.call(id);
    return {{u"type"_s, type},
            {u"step"_s, id.section(u'.', 0, 0).toInt()},
            {u"call"_s, id},
            {u"tool"_s, call ? call->wish.name : QString()}};
}

QList<QJsonObject> plannedOf(const AgentRun &run, const StepPlanned &event)
{
    QList<QJsonObject> trace;
    if (!event.text.isEmpty() && !event.calls.empty())
        trace << QJsonObject{{u"type"_s, u"thought"_s}, {u"step"_s, event.step}, {u"text"_s, event.text}};
    for (const Call &call : event.calls) {
        QJsonObject object = ofCall(u"tool_call"_s, run, call.id);
        object[u"arguments"] =
            call.state == CallState::Malformed ? QJsonValue(call.wish.arguments) : QJsonValue(call.arguments);
        trace << object;
        if (call.state == CallState::Malformed) {
            QJsonObject result = ofCall(u"tool_result"_s, run, call.id);
            result[u"state"] = nameOf(call.state);
            result[u"text"] = call.failure;
            trace << result;
        }
    }
    return trace;
}

QJsonObject endedOf(const AgentRun &run, const CallEnded &event)
{
    QJsonObject object = ofCall(u"tool_result"_s, run, event.call);
    object[u"state"] = nameOf(event.state);
    object[u"text"] = event.result ? event.result->text : event.failure;
    if (event.result && !event.result->value.isEmpty())
        object[u"value"] = event.result->value;
    object[u"milliseconds"] = qint64(event.time.count());
    return object;
}

QJsonObject endOf(const AgentRun &run, const RunEnded &event)
{
    if (event.state != RunState::Finished) {
        const QString message = event.failure ? event.failure->message : u"The run was stopped."_s;
        const auto kind = event.failure ? event.failure->kind : ErrorKind::Cancelled;
        return {
            {u"type"_s, u"error"_s},
            {u"run"_s, run.id().value},
            {u"state"_s, nameOf(event.state)},
            {u"error"_s, QJsonObject{{u"kind"_s, nameOf(kind)}, {u"message"_s, message}, {u"detail"_s, QString()}}}};
    }
    usage::TokenUsage usage;
    for (const Step &step : run.steps()) {
        usage.prompt += step.usage.prompt;
        usage.completion += step.usage.completion;
    }
    const Spent &spent = run.spent();
    return {{u"type"_s, u"answer"_s},
            {u"run"_s, run.id().value},
            {u"text"_s, event.answer},
            {u"steps"_s, int(run.steps().size())},
            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, usage.prompt},
                                     {u"completion_tokens"_s, usage.completion},
                                     {u"cost_usd"_s, spent.isKnown ? dollars(spent.money) : QJsonValue()}}},
            {u"latency_ms"_s, qint64(spent.time.count())}};
}

} // namespace

QList<QJsonObject> traceOf(const AgentRun &after, const RunEvent &event)
{
    if (std::holds_alternative<RunBegun>(event) || std::holds_alternative<TodosSet>(event))
        return {planOf(after)};
    if (const auto *planned = std::get_if<StepPlanned>(&event))
        return plannedOf(after, *planned);
    if (const auto *ended = std::get_if<CallEnded>(&event))
        return {endedOf(after, *ended)};
    if (const auto *ended = std::get_if<RunEnded>(&event))
        return {endOf(after, *ended)};
    if (const auto *given = std::get_if<ApprovalGiven>(&event)) {
        QJsonObject object = ofCall(u"approval"_s, after, given->call);
        object[u"question"] = after.call(given->call) ? after.call(given->call)->question : QString();
        object[u"answer"] = nameOf(given->approval.answer);
        object[u"reason"] = given->approval.reason;
        return {object};
    }
    return {};
}

QList<QJsonObject> traceOf(const RunId &id, const std::vector<RunEvent> &events)
{
    AgentRun run(id);
    QList<QJsonObject> trace;
    for (const RunEvent &event : events) {
        run.apply(event);
        trace << traceOf(run, event);
    }
    return trace;
}

} // namespace quintet::agent
