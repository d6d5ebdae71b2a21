// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "usage/budget.h"

namespace quintet::usage {

/// Where it is known what was spent, by all processes that share a data folder. Lives on the engine thread.
class Spending {
public:
    virtual ~Spending() = default;

    struct Hold {
        QString id; ///< empty where nothing had to be set aside
        Allowance allowance;

        bool operator==(const Hold &) const = default;
    };

    /// Checks `expense` against all limits and sets aside what it may take, in one step, so that several requests at
    /// once do not pass a limit together. Fails as allowance() does, with a retryAfter where the request is worth
    /// waiting for what others hold, and with Storage.
    virtual Task<Result<Hold>> hold(Expense expense, Budgets budgets) = 0;

    /// Frees what was set aside; to be called once the request stands in the ledger.
    virtual void release(const QString &id) = 0;
};

} // namespace quintet::usage
