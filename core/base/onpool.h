// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/valueof.h"

#include <QtConcurrentRun>

namespace quintet {

/// What `work` returns, done on the global pool while this thread goes on. `work` takes all it needs by value.
template<typename Work>
Task<std::invoke_result_t<Work>> onPool(Work work)
{
    co_return co_await valueOf(QtConcurrent::run(std::move(work)));
}

} // namespace quintet
