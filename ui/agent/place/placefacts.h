// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"

namespace quintet::ui {

/// A path as people know it: "~/Reports/2026".
QString shortPath(const QString &path);

/// What is called the database: never with a password. Empty for none.
QString databaseName(const QString &database);

/// How far the limit is used up that is used up the furthest, 0 to 1 and beyond.
double shareUsed(const agent::AgentRun &run);

/// "step 4 of 25    $0.011 of $0.05".
QString spentBy(const agent::AgentRun &run);

} // namespace quintet::ui
