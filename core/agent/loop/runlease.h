// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/store/agentrunstore.h"
#include "base/task.h"
#include "store/lease.h"

namespace quintet::agent {

/// Holds a run for this process as long as it lives. Lives on the engine thread.
class RunLease final {
public:
    /// Unavailable if another process works the run. `stop` is requested where another takes it over later.
    static Task<Result<std::unique_ptr<RunLease>>> take(store::Database &database, Clock &clock, RunId run,
                                                        CancelSource stop);

private:
    RunLease(store::Database &database, Clock &clock, const RunId &run, CancelSource stop);

    store::LeaseKeeper m_keeper;
};

} // namespace quintet::agent
