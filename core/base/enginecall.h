// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginethread.h"
#include "base/task.h"

#include <QMutex>

namespace quintet {

/// One piece of work on the engine thread whose result comes back to the caller's thread: how every tab asks for
/// something.
///
///     m_call = EngineCall<Summary>(engine, this,
///         [&summarizer, request](CancelToken token) { return summarizer.summarize(request, token); },
///         [this](Result<Summary> summary) { show(std::move(summary)); });
///
/// `begin` runs on the engine thread and must take everything by value but services, which outlive all calls.
/// `done` runs on the thread of `receiver`, exactly once, unless this object is destroyed or assigned over first: then
/// the work is cancelled and its result dropped, so a stale answer is never shown. It lives on the thread of `receiver`
/// and must not outlive it: make it a member of it.
template<typename T>
class EngineCall final {
public:
    using Begin = std::function<Task<Result<T>>(CancelToken)>;
    using Done = std::function<void(Result<T>)>;

    EngineCall() = default;

    EngineCall(EngineThread &engine, QObject *receiver, Begin begin, Done done)
        : m_source(std::make_shared<CancelSource>()),
          m_box(std::make_shared<Box>())
    {
        m_box->receiver = receiver;
        m_box->done = std::move(done);
        ++*engine.calls();
        engine.post([begin = std::move(begin), calls = engine.calls(), token = m_source->get_token(), box = m_box] {
            run(begin, calls, token, box);
        });
    }

    EngineCall(EngineCall &&) = default;
    EngineCall &operator=(EngineCall &&other)
    {
        abandon();
        m_source = std::move(other.m_source);
        m_box = std::move(other.m_box);
        return *this;
    }
    Q_DISABLE_COPY(EngineCall)
    ~EngineCall() { abandon(); }

    /// Asks the work to stop; `done` still runs, with what the work made of it.
    void cancel()
    {
        if (m_source)
            m_source->request_stop();
    }

private:
    /// What both threads know of the call. `receiver` is null once nobody waits any more.
    struct Box {
        QMutex mutex;
        QObject *receiver = nullptr;
        Done done;
    };

    void abandon()
    {
        cancel();
        if (!m_box)
            return;
        const QMutexLocker lock(&m_box->mutex);
        m_box->receiver = nullptr;
    }

    static Task<void> run(Begin begin, std::shared_ptr<std::atomic<int>> calls, CancelToken token,
                          std::shared_ptr<Box> box)
    {
        auto result = std::make_shared<Result<T>>(co_await begin(token));
        --*calls;
        const QMutexLocker lock(&box->mutex);
        if (!box->receiver)
            co_return;
        // Posted while the receiver is known to live; on its own thread it is asked again whether anybody waits.
        QMetaObject::invokeMethod(
            box->receiver,
            [result, box] {
                const bool isAwaited = [&box] {
                    const QMutexLocker innerLock(&box->mutex);
                    return box->receiver != nullptr;
                }();
                if (isAwaited)
                    box->done(std::move(*result));
            },
            Qt::QueuedConnection);
    }

    std::shared_ptr<CancelSource> m_source;
    std::shared_ptr<Box> m_box;
};

} // namespace quintet
