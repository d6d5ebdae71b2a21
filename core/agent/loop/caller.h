// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/approver.h"
#include "agent/loop/journal.h"
#include "agent/store/rulestore.h"
#include "agent/toolbox.h"

namespace quintet::agent {

/// Has the calls of a run's last step made: those that only read and may go unasked all together, then the others one
/// after the other, each with the user's leave. Lives on the engine thread.
class Caller final {
public:
    /// All outlive it.
    Caller(Journal &journal, const Toolbox &toolbox, Approver &approver, RuleStore &rules, const Clock &clock);

    /// Calls that were begun when the program ended last: what only reads is made again; of what writes or sends the
    /// model is told that nobody knows.
    Task<Result<void>> recover();

    /// Ends when every call of the last step is over. Fails with Cancelled or Storage alone: what a tool says is its
    /// call's result.
    Task<Result<void>> perform(CancelToken token);

    /// How long the user was waited for.
    std::chrono::nanoseconds waited() const { return m_waited; }

    /// Since when the user is waited for, or nothing.
    std::optional<std::chrono::nanoseconds> waitingSince() const { return m_waitingSince; }

private:
    Task<Result<void>> make(Call call, CancelToken token);
    Task<Result<void>> askAndMake(Call call, QString question, CancelToken token);
    Task<Result<Approval>> ask(Call call, CancelToken token);
    Task<Result<void>> heed(Call call, Approval approval);
    Task<Result<void>> finish(Call call, CallState state, QString failure);

    Journal &m_journal;
    const Toolbox &m_toolbox;
    Approver &m_approver;
    RuleStore &m_rules;
    const Clock &m_clock;
    std::chrono::nanoseconds m_waited{0};
    std::optional<std::chrono::nanoseconds> m_waitingSince;
};

} // namespace quintet::agent
