// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace quintet::cli {

/// `batch run SOURCE`.
Task<int> runBatch(Invocation &invocation);

} // namespace quintet::cli
