// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/permissions.h"
#include "store/database.h"

namespace quintet::agent {

/// A rule that always holds, and where.
struct StandingRule {
    Rule rule;
    QString place; ///< the folder that it holds in; empty: everywhere

    bool operator==(const StandingRule &) const = default;
};

/// What the user said once and for all. Any thread; reads may take over 8 ms.
class RuleStore final {
public:
    explicit RuleStore(store::Database &database) : m_database(database) { }

    /// In place of one for the same calls.
    QFuture<Result<void>> put(const StandingRule &rule);
    QFuture<Result<void>> remove(const StandingRule &rule);

    Result<std::vector<StandingRule>> all() const;

    /// Those that hold in a place of work.
    Result<Rules> rulesFor(const QString &place) const;

private:
    store::Database &m_database;
};

} // namespace quintet::agent
