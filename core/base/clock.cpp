// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include "base/wake.h"

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
    // QTimer::timeout itself cannot be awaited: its private parameter makes for undefined behaviour.
    Wake wake;
    QTimer::singleShot(duration, &wake, &Wake::woken);
    const OnCancel onCancel(token, &wake, [&wake] { Q_EMIT wake.woken(); });
    co_await qCoro(&wake, &Wake::woken);
    co_return !token.stop_requested();
}

} // namespace quintet
