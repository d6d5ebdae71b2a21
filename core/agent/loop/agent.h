// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/caller.h"
#include "agent/loop/condenser.h"

namespace quintet::agent {

/// What agents stand on. All outlive them.
struct AgentParts {
    llm::Gateway &gateway;
    llm::Catalog &catalog;
    store::Database &database;
    Clock &clock;
};

/// Works a run until there is an answer, a limit is reached, something fails, or the user stops it. What to do next
/// follows from the run alone, so that it goes on from wherever it stands: after a crash, a limit, a word of the
/// user's. One process works a run at a time. Lives on the engine thread.
class Agent final {
public:
    /// `approver` outlives it; `sink` is told every event.
    Agent(AgentParts parts, AgentRun run, const Toolbox &toolbox, Approver &approver, Journal::Sink sink);

    /// Works. `resumed` takes a run up that had ended. Gives the run as it is then, however it ended; fails only where
    /// nothing could be done: NeedsModel without a model, Unavailable if another process is at work on it, Storage.
    Task<Result<AgentRun>> work(std::optional<RunResumed> resumed, CancelToken token);

    /// The user's word; the model hears it at its next step.
    void say(const QString &text) { m_journal.note(UserSaid{text}); }

    const AgentRun &run() const { return m_journal.run(); }

private:
    Task<Result<void>> steps(CancelToken token);
    Task<Result<void>> takeStep(CancelToken token);
    Task<Result<llm::Completion>> askModel(int number, CancelToken token);
    Task<Result<void>> stopRepetition();
    StepPlanned planFrom(int number, const llm::Completion &completion) const;
    Call callFrom(const llm::ToolCall &wish, const QString &id) const;
    Result<void> withinLimits() const;
    std::chrono::nanoseconds worked() const;
    RunEnded endOf(const Result<void> &worked) const;

    AgentParts m_parts;
    AgentRunStore m_store;
    RuleStore m_rules;
    Journal m_journal;
    Toolbox m_toolbox;
    Caller m_caller;
    Condenser m_condenser;
    CancelSource m_stop; ///< the user's, or the time's
    bool m_isTimeUp = false;
    bool m_mayUseFormat = true;
    std::chrono::nanoseconds m_began{0};
};

} // namespace quintet::agent
