// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "batch/run.h"
#include "store/database.h"

#include <vector>

namespace quintet::batch {

/// Items that failed for the same kind of reason.
struct ErrorGroup {
    QString kind;    ///< as nameOf(ErrorKind) has it
    QString message; ///< of one of them
    qint64 count = 0;

    bool operator==(const ErrorGroup &) const = default;
};

/// Items of a run about which the user should know something.
struct ItemMarks {
    qint64 repeated = 0; ///< may have been paid for twice
    qint64 changed = 0;  ///< the file was another one when it was read

    bool operator==(const ItemMarks &) const = default;
};

/// The runs of a data folder. Lives on the engine thread; whoever reads elsewhere makes one of their own.
class RunStore final {
public:
    RunStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    /// A new run, with no items yet.
    Task<Result<Run>> create(RunSpec spec);

    /// All runs, the newest first. One that was being worked on by a process that is gone is shown as paused.
    Result<std::vector<Run>> all() const;

    /// The run of that id, of which the first six characters or more are enough; BadInput if there is none.
    Result<Run> find(const QString &id) const;

    /// A state, and the reason for it where there is one.
    Task<Result<void>> setState(Run run, RunState state, std::optional<Error> reason = {});

    /// What is to be done from now on, for instance with another endpoint.
    Task<Result<void>> setSpec(Run run, RunSpec spec);

    /// Adds time that was spent at work.
    void addBusyTime(const Run &run, std::chrono::milliseconds time);

    /// Why items of the run failed, the most frequent reason first.
    Result<std::vector<ErrorGroup>> errorGroups(const Run &run) const;

    /// Reads all items of the run: takes a while where there are a million.
    Result<ItemMarks> marks(const Run &run) const;

    /// Takes the run and all of its items out of the database, in steps; files that it wrote stay.
    Task<Result<void>> remove(Run run);

private:
    Result<std::vector<Run>> read(const QString &where, const QVariantList &values) const;

    store::Database &m_database;
    const Clock &m_clock;
};

/// The name of the lease that the worker of a run holds.
QString leaseName(const RunId &run);

} // namespace quintet::batch
