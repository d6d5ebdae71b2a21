// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace quintet::cli {

/// `quintet knowledge search` and `quintet knowledge ask`: the exit status.
Task<int> searchCollection(Invocation &invocation, Services &services);
Task<int> askCollection(Invocation &invocation, Services &services);

} // namespace quintet::cli
