// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

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

/// What `work` returns, done on the global pool while this thread goes on. `work` takes all it needs by value.
template<typename Work>
Task<std::invoke_result_t<Work>> onPool(Work work)
{
    co_return co_await valueOf(QtConcurrent::run(std::move(work)));
}

} // namespace quintet
