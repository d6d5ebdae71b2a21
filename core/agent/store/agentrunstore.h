// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"
#include "base/clock.h"
#include "store/database.h"

namespace quintet::agent {

/// A line in the list of runs.
struct RunRow {
    RunId id;
    QString title;
    RunState state = RunState::Stopped;
    QDateTime created; ///< UTC
    int steps = 0;
    std::optional<usage::Money> cost; ///< nothing where it is not known
    QString plan;                     ///< the saved task that was replayed, or empty
    QString model;

    bool operator==(const RunRow &) const = default;
};

/// Runs in the database, as their events. Writes are done in the order they were asked for, and their futures end when
/// they are on disk, with Storage if they cannot be. Reads may take over 8 ms: not on the GUI thread. Any thread.
class AgentRunStore final {
public:
    AgentRunStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    /// Adds `event`, which `after` has folded in already. StepGrew is not kept.
    QFuture<Result<void>> write(const AgentRun &after, const RunEvent &event,
                                store::Durability durability = store::Durability::ProcessEnd);

    /// A new run of these events, the first of which begins it.
    QFuture<Result<void>> create(const AgentRun &run, const std::vector<RunEvent> &events);

    /// BadInput if there is none of that id. One whose process is gone is Stopped, and says so.
    Result<AgentRun> load(const RunId &id) const;
    Result<std::vector<RunEvent>> events(const RunId &id) const;

    /// The id that begins with `beginning`, of at least six characters. BadInput if there is none, or more than one.
    Result<RunId> find(const QString &beginning) const;

    /// The newest first; those alone whose title holds `words`, if there are any.
    Result<std::vector<RunRow>> list(const QString &words, int count) const;

    /// Takes the run out of the list, or back into it; purge() forgets it for good.
    QFuture<Result<void>> setRemoved(const RunId &id, bool isRemoved);
    QFuture<Result<void>> purge(const QDateTime &removedBefore);

private:
    store::Database &m_database;
    const Clock &m_clock;
};

/// The name of the lease that whoever works a run holds.
QString leaseName(const RunId &run);

} // namespace quintet::agent
