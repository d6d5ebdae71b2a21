// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <qcorosignal.h>

#include <mutex>

namespace quintet::document {

/// A result that is given once: by the work, or by whoever cancels it first.
template<typename T>
class PromisedResult final {
public:
    PromisedResult() { m_promise.start(); }

    QFuture<Result<T>> future() { return m_promise.future(); }

    void finish(Result<T> result)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isFinished)
            return;
        m_isFinished = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    std::mutex m_mutex;
    QPromise<Result<T>> m_promise;
    bool m_isFinished = false;
};

/// What `work` returns, done on `pool` while this thread goes on. Where a token is cancelled, that is the result at
/// once: work that waits for a disk cannot be interrupted, and nobody waits for it. `work` gets a token of its own, and
/// must hold nothing that may be gone by then.
template<typename T>
Task<Result<T>> runOnPool(QThreadPool &pool, std::function<Result<T>(CancelToken)> work, CancelToken token,
                          CancelToken closing = {})
{
    const auto promised = std::make_shared<PromisedResult<T>>();
    const auto stop = std::make_shared<CancelSource>();
    const auto giveUp = [promised, stop] {
        promised->finish(std::unexpected(cancelledError())); // before what stops half-way can be taken for the result
        stop->request_stop();
    };
    const std::stop_callback onCancel(token, giveUp);
    const std::stop_callback onClosing(closing, giveUp);
    QFutureWatcher<Result<T>> watcher;
    watcher.setFuture(promised->future());
    pool.start([promised, work = std::move(work), inner = stop->get_token()] { promised->finish(work(inner)); });
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return watcher.future().takeResult();
}

} // namespace quintet::document
