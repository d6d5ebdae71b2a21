// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace quintet::llm {

/// How many requests a server is given at a time: additive increase, multiplicative decrease (Chiu and Jain 1989), with
/// a doubling start as TCP has it, until the server first says that it is too much. A plain value, without a clock.
class Concurrency final {
public:
    /// Begins with `start`, and never goes past `most` nor below one.
    Concurrency(int start, int most);

    int size() const { return static_cast<int>(m_size); }

    /// A request was answered. The size grows only while all of it was in use.
    void succeeded(bool wasFull);

    /// The server said that it is too much, to a request sent at `sent`. Several such answers to what was sent before
    /// the last decrease count once.
    void overloaded(std::chrono::nanoseconds sent, std::chrono::nanoseconds now);

private:
    double m_size;
    double m_most;
    bool m_isStart = true;
    std::chrono::nanoseconds m_decreased{0};
};

} // namespace quintet::llm
