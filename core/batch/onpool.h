// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>
#include <qcorosignal.h>

namespace quintet::batch {

/// Runs `work` on the pool of threads; awaiting it gives what came of it, on the thread that asked.
template<typename T>
Task<T> onPool(std::function<T()> work)
{
    QFutureWatcher<T> watcher;
    watcher.setFuture(QtConcurrent::run(std::move(work)));
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return watcher.result();
}

} // namespace quintet::batch
