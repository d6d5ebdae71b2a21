// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/deadlines.h"

namespace quintet {

Deadlines::Deadlines()
{
    m_timer.setInterval(precision);
    m_timer.callOnTimeout(&m_timer, [this] { lookAround(); });
}

Deadlines::~Deadlines()
{
    Q_ASSERT(m_set.empty()); // each holds on to this
}

void Deadlines::add(Deadline *deadline)
{
    deadline->m_place = static_cast<qsizetype>(m_set.size());
    m_set.push_back(deadline);
    if (!m_timer.isActive())
        m_timer.start();
}

void Deadlines::remove(Deadline *deadline)
{
    Deadline *last = m_set.back();
    m_set[static_cast<size_t>(deadline->m_place)] = last;
    last->m_place = deadline->m_place;
    deadline->m_place = -1;
    m_set.pop_back();
}

void Deadlines::lookAround()
{
    const auto self = m_set.empty() ? nullptr : m_set.front()->m_all;
    const auto now = std::chrono::steady_clock::now();
    for (size_t i = 0; i < m_set.size();) {
        Deadline *each = m_set[i];
        if (each->m_at > now) {
            ++i;
            continue;
        }
        const auto onPassed = each->m_at == Deadline::Time() ? std::function<void()>() : each->m_onPassed;
        each->clear();
        remove(each); // which puts another in its place
        if (onPassed) {
            onPassed();
            i = 0; // anything may have changed
        }
    }
    if (m_set.empty())
        m_timer.stop();
}

Deadline::Deadline(std::shared_ptr<Deadlines> all, std::function<void()> onPassed)
    : m_all(std::move(all)),
      m_onPassed(std::move(onPassed))
{
}

Deadline::~Deadline()
{
    if (m_place >= 0)
        m_all->remove(this);
}

void Deadline::set(std::chrono::milliseconds time)
{
    if (time.count() <= 0) {
        clear();
        return;
    }
    m_at = std::chrono::steady_clock::now() + time;
    if (m_place < 0)
        m_all->add(this);
}

} // namespace quintet
