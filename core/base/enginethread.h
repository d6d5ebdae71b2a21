// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <functional>

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

private:
    QThread m_thread;
    QObject m_context;
};

} // namespace quintet
