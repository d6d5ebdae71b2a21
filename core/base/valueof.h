// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QFutureWatcher>

#include <qcorosignal.h>

namespace quintet {

/// The value of `future` once it is there, while this thread goes on.
template<typename T>
Task<T> valueOf(QFuture<T> future)
{
    QFutureWatcher<T> watcher;
    watcher.setFuture(future);
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return watcher.result();
}

} // namespace quintet
