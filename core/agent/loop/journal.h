// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/store/agentrunstore.h"
#include "base/task.h"

#include <functional>

namespace quintet::agent {

/// A run under way: each event is folded into it, kept, and told to whoever watches. Lives on the engine thread.
class Journal final {
public:
    using Sink = std::function<void(const RunEvent &)>;

    /// `store` outlives it. `sink`, if given, is told each event once it is folded in.
    Journal(AgentRun run, AgentRunStore &store, Sink sink);

    const AgentRun &run() const { return m_run; }

    /// Ends when the event is on disk; Storage if it cannot be. What is to have an effect waits for this.
    Task<Result<void>> keep(RunEvent event, store::Durability durability = store::Durability::ProcessEnd);

    /// The same without waiting: for words of the user's and notes of the model's.
    void note(const RunEvent &event);

    /// For whoever watches alone.
    void tell(const RunEvent &event);

private:
    AgentRun m_run;
    AgentRunStore &m_store;
    Sink m_sink;
};

/// A new run, in the database. Storage if it cannot be written.
Task<Result<AgentRun>> beginRun(AgentRunStore &store, const Clock &clock, RunSpec spec);

/// A new run that goes on behind step `last` of another, with what `resumed` sets. BadInput if there is no such run.
Task<Result<AgentRun>> branchRun(AgentRunStore &store, RunId from, int last, RunResumed resumed);

} // namespace quintet::agent
