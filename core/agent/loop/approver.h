// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"
#include "base/task.h"

namespace quintet::agent {

/// A call that may not go unasked.
struct ApprovalWish {
    RunId run;
    Call call; ///< with its arguments, why it asks, and what it would change

    bool operator==(const ApprovalWish &) const = default;
};

/// Who is asked: the user in the window or at the terminal, or who stands in for them. Lives on the engine thread.
class Approver {
public:
    virtual ~Approver() = default;

    /// One question of a run at a time. Fails with Cancelled alone.
    virtual Task<Result<Approval>> ask(ApprovalWish wish, CancelToken token) = 0;
};

} // namespace quintet::agent
