// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <functional>

namespace quintet::cli {

/// Everything on standard input, read without blocking the event loop, so that Ctrl-C still works. Cancelled with
/// `token`; BadInput if it cannot be read.
Task<Result<QByteArray>> readStandardInput(CancelToken token);

/// The lines of standard input as they come, without their ends, until it ends. Cancelled with `token`; BadInput if it
/// cannot be read, or a line is longer than 64 MiB.
Task<Result<void>> readLines(std::function<void(const QByteArray &line)> onLine, CancelToken token);

} // namespace quintet::cli
