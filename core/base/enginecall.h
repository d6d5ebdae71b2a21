// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginethread.h"
#include "base/task.h"

#include <QPointer>

namespace quintet {

/// One piece of work on the engine thread whose result comes back to the caller's thread: how every tab asks for
/// something.
///
///     m_call = EngineCall<Summary>(engine, this,
///         [&summarizer, request](CancelToken token) { return summarizer.summarize(request, token); },
///         [this](Result<Summary> summary) { show(std::move(summary)); });
///
/// `begin` runs on the engine thread and must take everything by value but services, which outlive all calls.
/// `done` runs on the thread of `receiver`, exactly once, unless this object is destroyed, assigned over or
/// `receiver` dies first: then the work is cancelled and its result dropped, so a stale answer is never shown.
template<typename T>
class EngineCall final {
public:
    using Begin = std::function<Task<Result<T>>(CancelToken)>;
    using Done = std::function<void(Result<T>)>;

    EngineCall() = default;

    EngineCall(EngineThread &engine, QObject *receiver, Begin begin, Done done)
        : m_source(std::make_shared<CancelSource>()),
          m_done(std::make_shared<Done>(std::move(done)))
    {
        ++*engine.calls();
        engine.post([begin = std::move(begin), calls = engine.calls(), token = m_source->get_token(),
                     receiver = QPointer(receiver),
                     done = std::weak_ptr(m_done)] { run(begin, calls, token, receiver, done); });
    }

    EngineCall(EngineCall &&) = default;
    EngineCall &operator=(EngineCall &&other)
    {
        abandon();
        m_source = std::move(other.m_source);
        m_done = std::move(other.m_done);
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
    void abandon()
    {
        cancel();
        m_done.reset();
    }

    static Task<void> run(Begin begin, std::shared_ptr<std::atomic<int>> calls, CancelToken token,
                          QPointer<QObject> receiver, std::weak_ptr<Done> done)
    {
        auto result = std::make_shared<Result<T>>(co_await begin(token));
        --*calls;
        // QPointer is only a hint off its thread; the weak `done` is what decides, on the receiver's own thread.
        if (receiver && !done.expired()) {
            QMetaObject::invokeMethod(
                receiver.data(),
                [result, done] {
                    if (const auto call = done.lock())
                        (*call)(std::move(*result));
                },
                Qt::QueuedConnection);
        }
    }

    std::shared_ptr<CancelSource> m_source;
    std::shared_ptr<Done> m_done;
};

} // namespace quintet
