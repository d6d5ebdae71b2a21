// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "store/database.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <qcorosignal.h>

namespace quintet::knowledge {

/// A thread with a connection for reading, so that a query that takes its time holds up neither the engine thread nor
/// the writer. Jobs run one after the other. Destroying it waits for the one that runs.
class ReadingThread final {
public:
    explicit ReadingThread(const store::Database &database);
    ~ReadingThread();
    Q_DISABLE_COPY_MOVE(ReadingThread)

    /// Runs `job` and gives its result on the calling thread, which goes on meanwhile. `job` must hold all it needs.
    template<typename T>
    Task<Result<T>> read(std::function<Result<T>(store::Connection &)> job)
    {
        QPromise<Result<T>> promise;
        promise.start();
        QFutureWatcher<Result<T>> watcher;
        watcher.setFuture(promise.future());
        m_pool.start([this, job = std::move(job), promise = std::move(promise)]() mutable {
            const Result<store::Connection *> opened = connection();
            promise.addResult(opened ? job(**opened) : Result<T>(std::unexpected(opened.error())));
            promise.finish();
        });
        if (!watcher.isFinished())
            co_await qCoro(&watcher, &QFutureWatcherBase::finished);
        co_return watcher.future().takeResult();
    }

private:
    Result<store::Connection *> connection();

    const store::Database &m_database;
    std::unique_ptr<store::Connection> m_connection; ///< of the pool's one thread
    QThreadPool m_pool;
};

} // namespace quintet::knowledge
