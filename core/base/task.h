// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "base/result.h"

#include <qcorotask.h>

namespace quintet {

/// A sequence of steps that runs on the thread that started it, from the moment it is called; awaiting it gives
/// its value. Parameters are taken by value, since the caller's may be gone when the coroutine goes on.
template<typename T>
using Task = QCoro::Task<T>;

} // namespace quintet
