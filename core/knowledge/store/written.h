// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "store/writer.h"

#include <QFutureWatcher>

#include <qcorosignal.h>

namespace quintet::knowledge {

/// What a writer's job ended with; the calling thread goes on meanwhile.
inline Task<Result<void>> written(QFuture<Result<void>> future)
{
    QFutureWatcher<Result<void>> watcher;
    watcher.setFuture(future);
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return watcher.future().result();
}

/// Runs `job` on the writer's thread, and gives what it returns.
template<typename T>
Task<Result<T>> written(store::Writer &writer, std::function<Result<T>(store::Connection &)> job)
{
    const auto value = std::make_shared<Result<T>>(std::unexpected(Error()));
    const Result<void> done =
        co_await written(writer.write([job = std::move(job), value](store::Connection &connection) {
            *value = job(connection);
            return *value ? Result<void>() : std::unexpected(value->error());
        }));
    if (!done)
        co_return std::unexpected(done.error());
    co_return std::move(*value);
}

} // namespace quintet::knowledge
