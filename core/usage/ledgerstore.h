// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "usage/ledger.h"
#include "usage/usagerollupstore.h"

#include <QMutex>

#include <vector>

namespace quintet::usage {

/// The ledger in quintet.db. record() returns at once; the rows of a moment are written together, with whatever is
/// written next. Thread-safe.
class LedgerStore final : public Ledger {
public:
    explicit LedgerStore(store::Database &database);
    ~LedgerStore() override;
    Q_DISABLE_COPY_MOVE(LedgerStore)

    void record(const UsageEvent &event) override;

    struct Totals {
        qint64 requests = 0;
        qint64 cached = 0;   ///< requests answered from the cache
        Money cost;          ///< of the requests whose price is known
        qint64 unpriced = 0; ///< requests whose price is not

        bool operator==(const Totals &) const = default;
    };

    /// Brings the sums that reports are read from up to date, behind the caller's back.
    void rollUp() { m_rollup.start(); }

    /// Sums since `start`, as of what is written. Fails with Storage. May take over 8 ms: not on the GUI thread.
    Result<Totals> totalsSince(const QDateTime &start) const;

    /// The newest events first, `limit` at most.
    Result<std::vector<UsageEvent>> recent(int limit) const;

private:
    class Page;
    class Unwritten;
    void begin(std::vector<UsageEvent> events);

    store::Database &m_database;
    mutable UsageRollupStore m_rollup;
    QMutex m_mutex;
    std::shared_ptr<Unwritten> m_unwritten; ///< what a full disk kept from being written, for the next page
    std::weak_ptr<Page> m_page;             ///< that is being filled; gone with its job, whether that could run or not
    int m_recorded = 0;
};

} // namespace quintet::usage
