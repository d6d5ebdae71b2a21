// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/plan/plan.h"
#include "agent/run/agentrun.h"

namespace quintet::agent {

/// A plan that does again what a run did: its calls, with dates that follow from today computed anew, and numbers of
/// former results taken from there, in arguments and answer. Calls that neither change anything nor are rested on are
/// left out. Where no number of the answer comes from a result, the answer is what the calls give. BadInput for a run
/// without calls that were done.
Result<Plan> planFrom(const AgentRun &run, const QDate &day);

} // namespace quintet::agent
