// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

namespace quintet::cli {

/// Everything on standard input, read without blocking the event loop, so that Ctrl-C still works. Cancelled with
/// `token`; BadInput if it cannot be read.
Task<Result<QByteArray>> readStandardInput(CancelToken token);

} // namespace quintet::cli
