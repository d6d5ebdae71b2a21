// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace quintet {

class Deadline;

/// Looks after any number of deadlines with one timer. For limits that hardly ever pass but are set and moved at every
/// step of very many exchanges, where a QTimer each would cost more than the step. Lives on one thread.
class Deadlines final {
public:
    /// How much later than set a deadline may be noticed.
    static constexpr std::chrono::milliseconds precision{25};

    Deadlines();
    ~Deadlines();
    Q_DISABLE_COPY_MOVE(Deadlines)

private:
    friend class Deadline;
    void add(Deadline *deadline);
    void remove(Deadline *deadline);
    void lookAround();

    QTimer m_timer;
    std::vector<Deadline *> m_set; ///< each knows its place
};

/// A time by which something is to have happened. Destroying it forgets it.
class Deadline final {
public:
    /// `onPassed` runs from the event loop when it has passed; it may set or destroy this and other deadlines.
    Deadline(std::shared_ptr<Deadlines> all, std::function<void()> onPassed);
    ~Deadline();
    Q_DISABLE_COPY_MOVE(Deadline)

    /// From now on, in place of what was set; zero or less sets none.
    void set(std::chrono::milliseconds time);
    void clear() { m_at = {}; }

private:
    friend class Deadlines;
    using Time = std::chrono::steady_clock::time_point;

    std::shared_ptr<Deadlines> m_all;
    std::function<void()> m_onPassed;
    Time m_at;              ///< the beginning of time: none
    qsizetype m_place = -1; ///< among those that are looked after
};

} // namespace quintet
