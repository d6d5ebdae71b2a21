// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/plan/plan.h"
#include "agent/store/taskstore.h"

namespace quintet::agent {

/// A task that can be replayed.
struct SavedTask {
    QString id;               ///< of a ready-made one a name, "monthly-sales"
    bool isReadyMade = false; ///< comes with Quintet, and is never removed
    Plan plan;

    bool operator==(const SavedTask &) const = default;
};

/// The tasks that come with Quintet, from resources/tasks.
std::vector<SavedTask> readyMadeTasks();

/// All saved tasks: those that come with Quintet, then the user's. Storage if the database cannot be read.
Result<std::vector<SavedTask>> savedTasks(const TaskStore &store);

/// The one of that title or id, of which the first six characters of the user's are enough; nothing if there is none.
Result<std::optional<SavedTask>> findTask(const TaskStore &store, const QString &name);

} // namespace quintet::agent
