// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/concurrency.h"

#include <algorithm>

namespace quintet::llm {

Concurrency::Concurrency(int start, int most) : m_size(std::min(start, most)), m_most(std::max(1, most)) { }

void Concurrency::succeeded(bool wasFull)
{
    if (wasFull)
        m_size = std::min(m_most, m_size + (m_isStart ? 1.0 : 1.0 / m_size));
}

void Concurrency::overloaded(std::chrono::nanoseconds sent, std::chrono::nanoseconds now)
{
    m_isStart = false;
    if (sent < m_decreased)
        return;
    m_decreased = now;
    m_size = std::max(1.0, m_size / 2);
}

} // namespace quintet::llm
