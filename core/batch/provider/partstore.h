// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "batch/run.h"
#include "store/database.h"

#include <vector>

namespace quintet::batch {

enum class PartState { Written, Uploaded, Creating, Submitted, Collected };

/// Some items of a run that go to the provider together.
struct Part {
    int number = 0;
    PartState state = PartState::Written;
    qint64 items = 0;
    QString fileId;
    QString batchId;
    QDateTime expires;

    bool operator==(const Part &) const = default;
};

/// By which the job of a part is found again at the provider, and under which its cost is set aside.
QString tagOf(const Run &run, const Part &part);

/// The parts of runs. What is written here survives a power cut. Lives on the engine thread.
class PartStore final {
public:
    explicit PartStore(store::Database &database) : m_database(database) { }

    Result<std::vector<Part>> all(const Run &run) const;

    /// A new part, together with the items that are in it: they count as under way from now on.
    Task<Result<void>> add(Run run, Part part, std::vector<qint64> items);

    Task<Result<void>> save(Run run, Part part);

    /// The part is over: items without an answer are put back into the queue. Those of one that was only written count
    /// as never tried.
    Task<Result<void>> close(Run run, Part part);

private:
    store::Database &m_database;
};

} // namespace quintet::batch
