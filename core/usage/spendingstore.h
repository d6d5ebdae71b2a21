// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "store/database.h"
#include "usage/spending.h"

namespace quintet::usage {

/// Spending as quintet.db knows it: the ledger's rows and what is set aside.
class SpendingStore final : public Spending {
public:
    SpendingStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    Task<Result<Hold>> hold(Expense expense, Budgets budgets) override;
    void release(const QString &id) override;

    /// Spent today and this month, as of what is written. Storage if it cannot be read. May take over 8 ms.
    Result<SpentSoFar> spentSoFar() const;

private:
    store::Database &m_database;
    const Clock &m_clock;
};

} // namespace quintet::usage
