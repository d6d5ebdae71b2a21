// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"

namespace quintet::agent {

/// What `event`, which `after` has folded in, is in the trace of a run: objects of type plan, thought, tool_call,
/// tool_result, approval, answer or error; none for what is not told. An unknown cost is null.
QList<QJsonObject> traceOf(const AgentRun &after, const RunEvent &event);

/// The whole trace of a run.
QList<QJsonObject> traceOf(const RunId &run, const std::vector<RunEvent> &events);

} // namespace quintet::agent
