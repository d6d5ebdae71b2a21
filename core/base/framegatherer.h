// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace quintet {

/// Carries values from the engine thread to the window, at most one delivery a frame (16 ms) however many arrive,
/// so that a fast stream cannot flood the GUI thread.
///
/// Made and destroyed on the receiving thread. sender() gives a function that any thread may call and keep; what is
/// sent after this object is gone is dropped. flush() hands over at once what has arrived, for the end of a stream.
template<typename T>
class FrameGatherer final : public QObject {
public:
    using Deliver = std::function<void(std::vector<T>)>;

    explicit FrameGatherer(Deliver deliver) : m_deliver(std::move(deliver)), m_box(std::make_shared<Box>())
    {
        m_box->owner = this;
        m_timer.setSingleShot(true);
        m_timer.setInterval(16);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &FrameGatherer::flush);
    }

    ~FrameGatherer() override
    {
        const QMutexLocker lock(&m_box->mutex);
        m_box->owner = nullptr;
    }

    std::function<void(T)> sender()
    {
        return [box = m_box](T value) {
            const QMutexLocker lock(&box->mutex);
            if (!box->owner)
                return;
            box->values.push_back(std::move(value));
            // The first value since the last delivery wakes the receiver; the others ride along.
            if (box->values.size() == 1)
                QMetaObject::invokeMethod(&box->owner->m_timer, qOverload<>(&QTimer::start), Qt::QueuedConnection);
        };
    }

    void flush()
    {
        m_timer.stop();
        std::vector<T> values;
        {
            const QMutexLocker lock(&m_box->mutex);
            values.swap(m_box->values);
        }
        if (!values.empty())
            m_deliver(std::move(values));
    }

private:
    struct Box {
        QMutex mutex;
        std::vector<T> values;
        FrameGatherer *owner = nullptr;
    };

    Deliver m_deliver;
    std::shared_ptr<Box> m_box;
    QTimer m_timer;
};

} // namespace quintet
