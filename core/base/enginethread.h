// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace quintet {

/// The thread on which gateway, network and features of the window program live, with an event loop of its own.
/// The window hands it work with post() or, for work with a result, with EngineCall. Made and destroyed on the
/// GUI thread; destroying it ends the thread; what lives there must be gone by then.
class EngineThread final {
public:
    EngineThread();
    ~EngineThread();
    Q_DISABLE_COPY_MOVE(EngineThread)

    /// Runs `work` on the engine thread, in the order of posting. Any thread.
    void post(std::function<void()> work);

    /// Runs `work` on the engine thread and waits for it. For start and end of the program only, never from a
    /// slot of the running window.
    void runAndWait(std::function<void()> work);

    /// Waits until no EngineCall is under way any more, so that services may go: at the end of the program, after
    /// whoever holds calls is gone, which cancels them. False if some still run after `limit`.
    bool waitForCalls(std::chrono::milliseconds limit);

    /// How many calls are under way; EngineCall keeps it.
    const std::shared_ptr<std::atomic<int>> &calls() const { return m_calls; }

private:
    std::shared_ptr<std::atomic<int>> m_calls = std::make_shared<std::atomic<int>>(0);
    QThread m_thread;
    QObject m_context;
};

} // namespace quintet
