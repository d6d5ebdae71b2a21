// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

#include <atomic>
#include <memory>

namespace quintet::usage {

/// Adds the events of the ledger to the sums that reports are read from, in the order in which they were written and
/// each exactly once, however many processes do so. What is not in the sums yet is read event by event, so that this
/// decides how fast a report is, never what it says. Thread-safe.
class UsageRollupStore final {
public:
    /// `database` outlives it.
    explicit UsageRollupStore(store::Database &database) : m_database(database) { }
    ~UsageRollupStore() { *m_stopped = true; }
    Q_DISABLE_COPY_MOVE(UsageRollupStore)

    /// Begins to add what is new, behind the caller's back in short transactions, until nothing is left or this is
    /// destroyed. Does nothing while it is at it.
    void start();

    /// Adds some hundred events, in the caller's transaction. True if there may be more.
    static Result<bool> step(store::Connection &connection);

private:
    static void next(store::Database &database, std::shared_ptr<std::atomic<bool>> stopped,
                     std::shared_ptr<std::atomic<bool>> running);

    store::Database &m_database;
    std::shared_ptr<std::atomic<bool>> m_stopped = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<bool>> m_running = std::make_shared<std::atomic<bool>>(false);
};

} // namespace quintet::usage
