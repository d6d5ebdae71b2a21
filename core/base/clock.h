// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QDateTime>

#include <chrono>

namespace quintet {

/// Time, as everything in Quintet asks for it, so that a test can turn it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall time in UTC.
    virtual QDateTime now() const = 0;

    /// Time since some fixed moment; never goes backwards.
    virtual std::chrono::nanoseconds monotonic() const = 0;

    /// Waits on the calling thread's event loop. False if `token` was cancelled first.
    virtual Task<bool> sleep(std::chrono::milliseconds duration, CancelToken token) = 0;
};

/// The computer's clock.
class SystemClock final : public Clock {
public:
    QDateTime now() const override;
    std::chrono::nanoseconds monotonic() const override;
    Task<bool> sleep(std::chrono::milliseconds duration, CancelToken token) override;
};

/// Whole milliseconds in `duration`.
inline qint64 toMilliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

} // namespace quintet
