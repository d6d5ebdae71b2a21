// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/replayer.h"

#include "agent/loop/runlease.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

RunSpec replaySpec(const QString &name, const Plan &plan, const Workplace &workplace)
{
    RunSpec spec{.task = plan.task.isEmpty() ? plan.title : plan.task,
                 .endpoint = llm::builtinEndpoint(),
                 .workplace = plan.workplace,
                 .planName = name,
                 .plan = toJson(plan)};
    if (!workplace.database.isEmpty())
        spec.workplace.database = workplace.database;
    if (!workplace.folder.isEmpty())
        spec.workplace.folder = workplace.folder;
    if (!workplace.collections.isEmpty())
        spec.workplace.collections = workplace.collections;
    if (!workplace.mcpFile.isEmpty())
        spec.workplace.mcpFile = workplace.mcpFile;
    return spec;
}

Replayer::Replayer(store::Database &database, Clock &clock, AgentRun run, const Toolbox &toolbox, Approver &approver,
                   Journal::Sink sink)
    : m_database(database),
      m_clock(clock),
      m_store(database, clock),
      m_rules(database),
      m_journal(std::move(run), m_store, std::move(sink)),
      m_toolbox(toolbox),
      m_caller(m_journal, m_toolbox, approver, m_rules, clock)
{
}

Task<Result<AgentRun>> Replayer::work(CancelToken token)
{
    const auto plan = planFrom(run().spec().plan);
    if (!plan)
        co_return std::unexpected(plan.error());
    const auto lease = co_await RunLease::take(m_database, m_clock, run().id(), m_stop);
    if (!lease)
        co_return std::unexpected(lease.error());
    const std::stop_callback onCancel(token, [this] { m_stop.request_stop(); });
    const auto start = m_clock.monotonic();
    const RunResumed resumed{run().spec().endpoint, run().spec().limits, m_clock.now()};
    if (auto kept = co_await m_journal.keep(resumed); !kept)
        co_return std::unexpected(kept.error());
    Result<void> made = co_await m_caller.recover();
    if (made)
        made = co_await makeCalls(*plan, m_stop.get_token());
    RunEnded ended;
    ended.time = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - start - m_caller.waited());
    if (made) {
        const auto answer = fill(plan->answer, valuesFor(*plan));
        if (answer)
            ended.answer = *answer;
        else
            made = std::unexpected(answer.error());
    }
    if (!made) {
        ended.state = made.error().kind == ErrorKind::Cancelled ? RunState::Stopped : RunState::Failed;
        if (ended.state == RunState::Failed)
            ended.failure = made.error();
    }
    if (auto kept = co_await m_journal.keep(ended); !kept)
        co_return std::unexpected(kept.error());
    co_return run();
}

/// Whether all that the plan calls is at hand, before any of it is done.
Result<void> Replayer::check(const Plan &plan) const
{
    for (const PlannedCall &call : plan.calls) {
        if (!m_toolbox.factsOf(call.tool)) {
            return failure(ErrorKind::BadInput,
                           tr("The task calls %1, which is not at hand. Its database, folder or collection may have "
                              "to be named.")
                               .arg(call.tool));
        }
    }
    return {};
}

Task<Result<void>> Replayer::makeCalls(const Plan &plan, CancelToken token)
{
    if (auto checked = check(plan); !checked)
        co_return checked;
    for (size_t i = 0; i < plan.calls.size(); ++i) {
        const int number = int(i) + 1;
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        if (size_t(number) > run().steps().size() || !run().steps()[i].isPlanned) {
            const auto step = stepFor(plan.calls[i], number, plan);
            if (!step)
                co_return std::unexpected(step.error());
            if (auto kept = co_await m_journal.keep(StepBegun{number}); !kept)
                co_return kept;
            if (auto kept = co_await m_journal.keep(*step); !kept)
                co_return kept;
        }
        const auto isOpen = [](const Call &call) { return !call.isOver(); };
        if (std::ranges::any_of(run().steps()[i].calls, isOpen)) {
            if (auto performed = co_await m_caller.perform(token); !performed)
                co_return performed;
        }
        const Call &call = run().steps()[i].calls.front();
        if (call.state != CallState::Done) {
            const QString reason = call.failure.isEmpty() ? nameOf(call.state) : call.failure;
            const auto kind = call.state == CallState::Denied ? ErrorKind::Refused : ErrorKind::BadInput;
            co_return failure(kind, tr("%1 was not done: %2").arg(call.wish.name, reason));
        }
    }
    co_return {};
}

Result<StepPlanned> Replayer::stepFor(const PlannedCall &call, int number, const Plan &plan) const
{
    const auto arguments = fill(QJsonValue(call.arguments), valuesFor(plan));
    if (!arguments)
        return std::unexpected(arguments.error());
    Call made;
    made.id = u"%1.1"_s.arg(number);
    made.wish.name = call.tool;
    made.wish.arguments = QString::fromUtf8(QJsonDocument(arguments->toObject()).toJson(QJsonDocument::Compact));
    const auto checked = m_toolbox.argumentsFor(call.tool, made.wish.arguments);
    if (!checked)
        return std::unexpected(checked.error());
    made.arguments = *checked;
    const ToolFacts *const facts = m_toolbox.factsOf(call.tool);
    made.title = facts->title;
    made.effect = facts->effect;
    made.isUntrusted = facts->isUntrusted;
    StepPlanned step;
    step.step = number;
    step.text = call.thought;
    step.calls = {made};
    return step;
}

TemplateValues Replayer::valuesFor(const Plan &plan) const
{
    TemplateValues values{.today = m_clock.now().toLocalTime().date(), .variables = plan.variables, .results = {}};
    for (size_t i = 0; i < std::min(plan.calls.size(), run().steps().size()); ++i) {
        const auto &calls = run().steps()[i].calls;
        if (calls.empty() || !calls.front().result)
            continue;
        QJsonObject value = calls.front().result->value;
        value[u"text"] = calls.front().result->text;
        values.results[plan.calls[i].id] = value;
    }
    return values;
}

} // namespace quintet::agent
