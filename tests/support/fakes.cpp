// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes.h"

namespace quintet::test {

Task<bool> FakeClock::sleep(std::chrono::milliseconds duration, CancelToken token)
{
    sleeps.push_back(duration);
    turn(duration);
    co_return !token.stop_requested();
}

void FakeClock::turn(std::chrono::milliseconds duration)
{
    m_now = m_now.addMSecs(duration.count());
    m_monotonic += duration;
}

} // namespace quintet::test
