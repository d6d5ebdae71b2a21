// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/patience.h"

#include "batch/work/disposition.h"

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace std::chrono_literals;

constexpr auto longestOutage = 60s;
constexpr int mostFailures = 64; // without an answer, within an outage
constexpr int firstOutages = 3;  // a server that never answered is not waited for

} // namespace

void Patience::answered()
{
    m_failures = 0;
    m_hasAnswered = true;
}

bool Patience::failed(const Error &error, std::chrono::nanoseconds now)
{
    if (++m_failures == 1)
        m_firstFailure = now;
    m_notBefore = std::max<std::chrono::nanoseconds>(m_notBefore, now + waitAfter(error, m_failures));
    if (!isOutage(error))
        return false;
    return m_hasAnswered ? now - m_firstFailure > longestOutage && m_failures > mostFailures
                         : m_failures >= firstOutages;
}

} // namespace quintet::batch
