// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <memory>

namespace quintet::llm {

/// Lets at most a number of requests to each endpoint run at once; the others wait in the order they came. Lives on
/// the engine thread.
class Limiter final {
public:
    explicit Limiter(int atOnce) : m_atOnce(atOnce) { }

    /// Holds a slot until destroyed.
    using Permit = std::shared_ptr<void>;

    /// Waits for a slot at `endpoint`; Cancelled if `token` is cancelled first.
    Task<Result<Permit>> acquire(QString endpoint, CancelToken token);

private:
    struct Waiting;
    struct Queue {
        int running = 0;
        std::deque<std::weak_ptr<Waiting>> waiting;
    };

    Permit grant(const std::shared_ptr<Queue> &queue);
    static void release(const std::shared_ptr<Queue> &queue);

    int m_atOnce;
    QHash<QString, std::shared_ptr<Queue>> m_queues;
};

} // namespace quintet::llm
