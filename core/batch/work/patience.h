// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace quintet::batch {

/// How long a run holds back after attempts that failed, and when it gives a server up. Times are of a clock that never
/// goes backwards.
class Patience final {
public:
    /// The server answered.
    void answered();

    /// An attempt failed at the time `now`, and is to be made again. True where the server has been out of reach for so
    /// long that the run should wait for the user.
    bool failed(const Error &error, std::chrono::nanoseconds now);

    /// Nothing is to be sent before this time.
    std::chrono::nanoseconds notBefore() const { return m_notBefore; }

private:
    bool m_hasAnswered = false;
    int m_failures = 0; ///< in a row, without an answer between them
    std::chrono::nanoseconds m_firstFailure{0};
    std::chrono::nanoseconds m_notBefore{0};
};

} // namespace quintet::batch
