// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/agent.h"
#include "agent/plan/replayer.h"

namespace quintet::agent {

/// Makes the tools that can work in a place.
using ToolMaker = std::function<Task<Result<Toolbox>>(Workplace, CancelToken)>;

/// What runs are worked with. All outlive it.
struct WorkParts {
    AgentParts agent;
    ToolMaker tools;
};

/// Works a run, whether a model plans it or it is a replay. Lives on the engine thread; one run each.
class RunWorker final {
public:
    /// `approver` outlives it.
    RunWorker(WorkParts parts, Approver &approver) : m_parts(std::move(parts)), m_approver(approver) { }

    /// As Agent::work(); fails also where the tools cannot be made.
    Task<Result<AgentRun>> work(AgentRun run, std::optional<RunResumed> resumed, Journal::Sink sink, CancelToken token);

    /// The user's word to the agent; false where none is under way to hear it.
    bool say(const QString &text);

private:
    WorkParts m_parts;
    Approver &m_approver;
    Agent *m_agent = nullptr; ///< while it works
};

/// The limits to take a run up again with: those that it reached are as much again further on.
Limits raisedLimits(const AgentRun &run);

} // namespace quintet::agent
