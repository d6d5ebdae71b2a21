// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "store/database.h"

#include <QJsonObject>

namespace quintet::agent {

using TaskId = Id<struct AgentTaskTag>;

/// A task of the user's that can be replayed.
struct KeptTask {
    TaskId id;
    QString title;
    QDateTime created; ///< UTC
    QJsonObject plan;

    bool operator==(const KeptTask &) const = default;
};

/// The user's saved tasks. Any thread; reads may take over 8 ms.
class TaskStore final {
public:
    TaskStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    /// A new one, or one of that id anew.
    QFuture<Result<void>> put(const TaskId &id, const QString &title, const QJsonObject &plan);

    /// Takes it out of the list, or back into it; AgentRunStore::purge() forgets it for good.
    QFuture<Result<void>> setRemoved(const TaskId &id, bool isRemoved);

    /// By title.
    Result<std::vector<KeptTask>> all() const;

private:
    store::Database &m_database;
    const Clock &m_clock;
};

} // namespace quintet::agent
