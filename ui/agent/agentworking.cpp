// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/agentsession.h"

#include <algorithm>

// What the session does with runs: begins them, works on them, hears of them.
namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto hearing = 100ms;

} // namespace

void AgentSession::take(const std::vector<Told> &events)
{
    bool isStateNew = false;
    for (const auto &[id, event] : events) {
        const auto working = m_working.find(id);
        if (working == m_working.end())
            continue;
        const agent::RunState before = working->second.run.state();
        working->second.run.apply(event);
        isStateNew = isStateNew || working->second.run.state() != before;
        if (id == m_shown && m_run)
            takeShown(event);
    }
    if (isStateNew) {
        Q_EMIT workingChanged();
        m_refresh.start();
    }
}

void AgentSession::takeShown(const agent::RunEvent &event)
{
    m_run->apply(event);
    if (const auto *grew = std::get_if<agent::StepGrew>(&event)) {
        Q_EMIT stepGrew(grew->step);
        return;
    }
    // A call's event is about the last step but where calls of one step end one after the other, which is the last too.
    Q_EMIT stepsChanged(std::max(1, int(m_run->steps().size())));
    Q_EMIT runChanged();
}

void AgentSession::work(const agent::AgentRun &run, std::optional<agent::RunResumed> resumed)
{
    const QString id = run.id().value;
    if (isWorking(id))
        return;
    Work &work = m_working[id];
    work.run = run;
    work.worker = std::make_shared<RunWork>(m_services.parts);
    work.call = RunCall(
        m_services.engine, this,
        [worker = work.worker, run, resumed, id, send = m_told.sender(),
         today = m_services.endpointToday](CancelToken token) mutable {
            if (resumed)
                resumed->endpoint = today(resumed->endpoint);
            return worker->worker.work(
                std::move(run), std::move(resumed), [send, id](const agent::RunEvent &event) { send({id, event}); },
                token);
        },
        [this, id](Result<agent::AgentRun> ended) { finish(id, std::move(ended)); });
    Q_EMIT workingChanged();
    Q_EMIT runChanged();
    refresh();
}

void AgentSession::finish(const QString &id, Result<agent::AgentRun> result)
{
    m_told.flush();
    m_working.erase(id);
    if (result && id == m_shown) {
        m_run = *result;
        Q_EMIT stepsChanged(std::max(1, int(m_run->steps().size())));
    }
    Q_EMIT workingChanged();
    Q_EMIT runChanged();
    refresh();
    if (result)
        Q_EMIT ended(*result);
    else
        Q_EMIT failed(result.error());
}

/// Has a run made, shows it and sets to work on it.
void AgentSession::act(RunCall::Begin begin, std::optional<agent::RunResumed> resumed)
{
    m_acting = RunCall(m_services.engine, this, std::move(begin), [this, resumed](Result<agent::AgentRun> run) {
        if (!run) {
            Q_EMIT failed(run.error());
            return;
        }
        show(run->id().value, *run);
        work(*run, resumed);
    });
}

void AgentSession::start()
{
    if (m_draft.task.trimmed().isEmpty())
        return;
    if (m_draft.endpoint.kind == llm::EndpointKind::Builtin) {
        Q_EMIT failed(Error(ErrorKind::NeedsModel, tr("A task of your own needs a model, to plan it. Connect one, or "
                                                      "replay a saved task, which needs none.")));
        return;
    }
    agent::RunSpec spec = m_draft;
    spec.task = spec.task.trimmed();
    m_draft.task.clear();
    Q_EMIT draftChanged();
    act([parts = m_services.parts.agent, spec](CancelToken) { return createRun(parts, spec); });
}

void AgentSession::replayTask(const QString &id)
{
    const auto found = std::ranges::find(m_lists.tasks, id, &agent::SavedTask::id);
    if (found == m_lists.tasks.end())
        return;
    agent::Workplace place; // the task's own, in the user's folder
    place.folder = found->plan.workplace.folder.isEmpty() ? m_draft.workplace.folder : QString();
    const agent::RunSpec spec = agent::replaySpec(found->id, found->plan, place);
    act([parts = m_services.parts.agent, spec](CancelToken) { return createRun(parts, spec); });
}

void AgentSession::replayRun()
{
    if (!m_run || isShownWorking())
        return;
    act([parts = m_services.parts.agent, run = *m_run](CancelToken) { return createReplay(parts, run); });
}

void AgentSession::stop()
{
    if (const auto working = m_working.find(m_shown); working != m_working.end())
        working->second.call.cancel();
}

/// The run's own endpoint, but the one chosen in the tab where the user chose one.
agent::RunResumed AgentSession::resumption(const agent::AgentRun &run) const
{
    const bool isElsewhere = m_ownEndpoint && m_draft.endpoint.kind != llm::EndpointKind::Builtin;
    return {isElsewhere ? m_draft.endpoint : run.spec().endpoint, agent::raisedLimits(run),
            QDateTime::currentDateTimeUtc()};
}

void AgentSession::resume()
{
    if (m_run && !isShownWorking())
        work(*m_run, resumption(*m_run));
}

void AgentSession::tryFrom(int step)
{
    if (!m_run || m_run->spec().isReplay())
        return;
    const agent::RunResumed resumed = resumption(*m_run);
    act([parts = m_services.parts.agent, id = m_run->id(), step,
         resumed](CancelToken) { return createBranch(parts, id, step, resumed); },
        resumed);
}

void AgentSession::say(const QString &text)
{
    if (!m_run || text.trimmed().isEmpty() || m_run->spec().isReplay())
        return;
    if (const auto working = m_working.find(m_shown); working != m_working.end()) {
        m_saying = EngineCall<bool>(
            m_services.engine, this,
            [worker = working->second.worker, text](CancelToken) -> Task<Result<bool>> {
                co_return worker->worker.say(text);
            },
            [this, id = m_shown, text](const Result<bool> &isHeard) {
                if (isHeard && *isHeard)
                    return;
                // It was just beginning, or ending: a moment later there is somebody to hear it.
                QTimer::singleShot(hearing, this, [this, id, text] {
                    if (id == m_shown)
                        say(text);
                });
            });
        return;
    }
    // To one that ended it is said first; then it goes on.
    act([parts = m_services.parts.agent, run = *m_run, text](CancelToken) { return sayTo(parts, run, text); },
        resumption(*m_run));
}

void AgentSession::answer(const QString &call, const agent::Approval &approval)
{
    const auto working = m_working.find(m_shown);
    if (working == m_working.end())
        return;
    m_services.engine.post(
        [worker = working->second.worker, call, approval] { worker->approver.answer(call, approval); });
}

void AgentSession::saveAsTask(const QString &title)
{
    if (!m_run)
        return;
    m_saving = EngineCall<QString>(
        m_services.engine, this,
        [parts = m_services.parts.agent, run = *m_run, title](CancelToken) { return keepTask(parts, run, title); },
        [this, title](Result<QString> kept) {
            refresh();
            if (kept)
                Q_EMIT saved(title);
            else
                Q_EMIT failed(kept.error());
        });
}

void AgentSession::exportTo(agent::ExportFormat format, const QString &path)
{
    if (!m_run)
        return;
    m_exporting = EngineCall<QString>(
        m_services.engine, this,
        [parts = m_services.parts.agent, id = m_run->id(), format, path](CancelToken) {
            return exportRun(parts, id, format, path);
        },
        [this](Result<QString> written) {
            if (written)
                Q_EMIT exported(*written);
            else
                Q_EMIT failed(written.error());
        });
}

void AgentSession::removeRun(const QString &id, bool isRemoved)
{
    const auto row = std::ranges::find_if(m_lists.runs, [&id](const auto &each) { return each.id.value == id; });
    if (isWorking(id))
        return;
    const QString title = row == m_lists.runs.end() ? QString() : row->title;
    if (isRemoved && id == m_shown)
        startNew();
    m_removing = EngineCall<bool>(
        m_services.engine, this,
        [parts = m_services.parts.agent, id, isRemoved](CancelToken) {
            return setRunRemoved(parts, agent::RunId{id}, isRemoved);
        },
        [this, id, title, isRemoved](Result<bool> done) {
            refresh();
            if (!done)
                Q_EMIT failed(done.error());
            else if (isRemoved)
                Q_EMIT removed(id, title, false);
        });
}

void AgentSession::removeTask(const QString &id, bool isRemoved)
{
    const auto found = std::ranges::find(m_lists.tasks, id, &agent::SavedTask::id);
    if (found != m_lists.tasks.end() && found->isReadyMade)
        return;
    const QString title = found == m_lists.tasks.end() ? QString() : found->plan.title;
    if (isRemoved && id == m_shown)
        startNew();
    m_removing = EngineCall<bool>(
        m_services.engine, this,
        [parts = m_services.parts.agent, id, isRemoved](CancelToken) { return setTaskRemoved(parts, id, isRemoved); },
        [this, id, title, isRemoved](Result<bool> done) {
            refresh();
            if (!done)
                Q_EMIT failed(done.error());
            else if (isRemoved)
                Q_EMIT removed(id, title, true);
        });
}

void AgentSession::removeRule(const agent::StandingRule &rule)
{
    m_removing = EngineCall<bool>(
        m_services.engine, this,
        [parts = m_services.parts.agent, rule](CancelToken) { return ui::removeRule(parts, rule); },
        [this](Result<bool> done) {
            refresh();
            if (!done)
                Q_EMIT failed(done.error());
        });
}

void AgentSession::callByHand(const QString &tool, const QJsonObject &arguments)
{
    m_byHand = EngineCall<agent::ToolResult>(
        m_services.engine, this,
        [maker = m_services.parts.tools, place = m_draft.workplace, tool, arguments](CancelToken token) {
            return callTool(maker, place, tool, arguments, token);
        },
        [this](Result<agent::ToolResult> result) { Q_EMIT calledByHand(result); });
}

void AgentSession::undoChange(const QString &version)
{
    if (!m_run)
        return;
    m_undoing = EngineCall<agent::ToolResult>(
        m_services.engine, this,
        [maker = m_services.parts.tools, place = m_run->spec().workplace, version](CancelToken token) {
            return callTool(maker, place, u"undo_change"_s, {{u"version"_s, version}}, token);
        },
        [this](Result<agent::ToolResult> result) {
            if (result)
                Q_EMIT undone(result->value[u"path"].toString());
            else
                Q_EMIT failed(result.error());
        });
}

int AgentSession::waitingCount() const
{
    return int(std::ranges::count_if(
        m_working, [](const auto &each) { return each.second.run.state() == agent::RunState::Waiting; }));
}

} // namespace quintet::ui
