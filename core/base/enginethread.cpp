// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/enginethread.h"

#include <QDeadlineTimer>

namespace quintet {

EngineThread::EngineThread()
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_context.moveToThread(&m_thread);
    m_thread.start();
}

EngineThread::~EngineThread()
{
    m_thread.quit();
    m_thread.wait();
}

void EngineThread::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
}

void EngineThread::runAndWait(std::function<void()> work)
{
    Q_ASSERT(QThread::currentThread() != &m_thread);
    QMetaObject::invokeMethod(&m_context, std::move(work), Qt::BlockingQueuedConnection);
}

bool EngineThread::waitForCalls(std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    while (*m_calls > 0 && !deadline.hasExpired())
        QThread::msleep(1);
    // What the last one left in the queue is done too.
    runAndWait([] { });
    return *m_calls == 0;
}

} // namespace quintet
