// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

namespace quintet::test {

/// Runs the event loop until `task` has its value. In tests only: the program has no nested event loops.
template<typename T>
T resultOf(Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

} // namespace quintet::test
