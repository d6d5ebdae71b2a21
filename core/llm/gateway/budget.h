// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/endpoint.h"
#include "llm/request.h"

#include <QDate>

namespace quintet::llm {

/// The request as it may be sent under Request::budget: the answer's length is capped to what the money buys after the
/// prompt, so that the limit holds whatever the model does. A pure function.
///
/// Fails with Budget, before anything is sent, where the prompt alone would pass the limit, and where the price of the
/// model is not known. On this computer everything is free.
Result<Request> withinBudget(const Endpoint &endpoint, Request request, QDate day);

} // namespace quintet::llm
