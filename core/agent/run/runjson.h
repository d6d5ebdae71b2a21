// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"

namespace quintet::agent {

// Events as JSON, {"type":"call_ended",...}: what is read back equals what was written. Money is in billionths of a
// dollar; an unknown amount is not there.

QJsonObject toJson(const RunEvent &event);

/// Nothing for an event of a later version that is not known.
std::optional<RunEvent> runEventFrom(const QJsonObject &json);

QJsonObject toJson(const Call &call);
Call callFrom(const QJsonObject &json);

} // namespace quintet::agent
