// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"
#include "llm/request.h"

#include <QJsonObject>

namespace quintet::llm {

// What a run keeps of how its models are asked. What is read back equals what was written, but for an endpoint's
// settings that are looked up again by its name.

/// What is needed to find the endpoint again, or to make it anew if it was never set up. No key is in it.
QJsonObject toJson(const Endpoint &endpoint);
Endpoint endpointFrom(const QJsonObject &json);

QJsonObject toJson(const Parameters &parameters);
Parameters parametersFrom(const QJsonObject &json);

} // namespace quintet::llm
