// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/gateway/responsecache.h"
#include "store/secrets.h"
#include "usage/ledger.h"

#include <QTimeZone>

#include <vector>

namespace quintet::test {

/// A clock that stands still until it is turned. A sleep returns at once and turns the clock by its length, and is
/// written down.
class FakeClock final : public Clock {
public:
    QDateTime now() const override { return m_now; }
    std::chrono::nanoseconds monotonic() const override { return m_monotonic; }
    Task<bool> sleep(std::chrono::milliseconds duration, CancelToken token) override;

    void turn(std::chrono::milliseconds duration);

    std::vector<std::chrono::milliseconds> sleeps;

private:
    QDateTime m_now{QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::UTC};
    std::chrono::nanoseconds m_monotonic{1};
};

/// A ledger that only remembers.
class FakeLedger final : public usage::Ledger {
public:
    void record(const usage::UsageEvent &event) override { events.push_back(event); }

    std::vector<usage::UsageEvent> events;
};

/// A cache that keeps answers as long as it lives.
class FakeCache final : public llm::ResponseCache {
public:
    std::optional<llm::Completion> find(const QByteArray &key) override
    {
        const auto found = answers.constFind(key);
        return found == answers.cend() ? std::nullopt : std::optional(*found);
    }
    void put(const QByteArray &key, const llm::Completion &completion) override { answers.insert(key, completion); }

    QHash<QByteArray, llm::Completion> answers;
};

} // namespace quintet::test
