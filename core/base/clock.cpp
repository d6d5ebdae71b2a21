// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <QTimer>
#include <qcorosignal.h>

namespace quintet {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::nanoseconds SystemClock::monotonic() const
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

Task<bool> SystemClock::sleep(std::chrono::milliseconds duration, CancelToken token)
{
    if (token.stop_requested())
        co_return false;
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(duration);
    const OnCancel wake(token, &timer, [&timer] { timer.start(0); });
    co_await qCoro(&timer, &QTimer::timeout);
    co_return !token.stop_requested();
}

} // namespace quintet
