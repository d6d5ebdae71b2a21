// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/caller.h"
#include "agent/plan/plan.h"
#include "agent/plan/plantemplate.h"

namespace quintet::agent {

/// Works the run of a saved task, without a model: makes its calls again on today's data, and fills the answer from
/// what they give. As an agent's, the run survives its process. Lives on the engine thread.
class Replayer final {
public:
    /// All outlive it; `sink` is told every event.
    Replayer(store::Database &database, Clock &clock, AgentRun run, const Toolbox &toolbox, Approver &approver,
             Journal::Sink sink);

    /// As Agent::work(). A call that is not done ends the run as Failed, with the reason.
    Task<Result<AgentRun>> work(CancelToken token);

    const AgentRun &run() const { return m_journal.run(); }

private:
    Result<void> check(const Plan &plan) const;
    Task<Result<void>> makeCalls(const Plan &plan, CancelToken token);
    Result<StepPlanned> stepFor(const PlannedCall &call, int number, const Plan &plan) const;
    TemplateValues valuesFor(const Plan &plan) const;

    store::Database &m_database;
    Clock &m_clock;
    AgentRunStore m_store;
    RuleStore m_rules;
    Journal m_journal;
    const Toolbox &m_toolbox;
    Caller m_caller;
    CancelSource m_stop;
};

/// What a run that replays `plan` is made from: in `workplace` where that says something, else in the plan's own.
RunSpec replaySpec(const QString &name, const Plan &plan, const Workplace &workplace);

} // namespace quintet::agent
