// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/runspec.h"

namespace quintet::agent {

// What a run is made from as JSON: what is read back equals what was written, but for an endpoint's settings that are
// looked up again by its name. No key is in it.

QJsonObject toJson(const RunSpec &spec);
RunSpec specFrom(const QJsonObject &json);

QJsonObject toJson(const Limits &limits);
Limits limitsFrom(const QJsonObject &json);

QJsonObject toJson(const Rule &rule);
Rule ruleFrom(const QJsonObject &json);

QJsonObject toJson(const Workplace &workplace);
Workplace workplaceFrom(const QJsonObject &json);

} // namespace quintet::agent
