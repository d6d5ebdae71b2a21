// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/gateway/ratebook.h"
#include "llm/gateway/responsecache.h"
#include "llm/modelfacts.h"
#include "store/secrets.h"
#include "usage/ledger.h"
#include "usage/spending.h"

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

    /// Somebody sets the clock on the wall, which takes no time.
    void set(const QDateTime &now) { m_now = now; }

    std::vector<std::chrono::milliseconds> sleeps;

private:
    QDateTime m_now{QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::UTC};
    std::chrono::nanoseconds m_monotonic{1};
};

/// A ledger that remembers, and passes on what it hears.
class FakeLedger final : public usage::Ledger {
public:
    void record(const usage::UsageEvent &event) override
    {
        events.push_back(event);
        if (next)
            next->record(event);
    }

    usage::Ledger *next = nullptr;

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
    QHash<QByteArray, std::vector<float>> findVectors(const std::vector<QByteArray> &keys) override
    {
        QHash<QByteArray, std::vector<float>> found;
        for (const QByteArray &key : keys) {
            if (vectors.contains(key))
                found.insert(key, vectors.value(key));
        }
        return found;
    }
    void putVectors(const std::vector<std::pair<QByteArray, std::vector<float>>> &all) override
    {
        for (const auto &[key, vector] : all)
            vectors.insert(key, vector);
    }

    QHash<QByteArray, llm::Completion> answers;
    QHash<QByteArray, std::vector<float>> vectors;
};

/// Spending that is told how much was spent, and remembers what is set aside.
class FakeSpending final : public usage::Spending {
public:
    Task<Result<Hold>> hold(usage::Expense expense, usage::Budgets budgets) override;
    void release(const QString &id) override { holds.remove(id); }

    usage::SpentSoFar spent;
    QHash<QString, usage::Allowance> holds;
    QSet<QString> lasting; ///< those of them that do not end with a request
};

/// A rate book that lets everything through, unless `waits` says otherwise, and remembers what it is told.
class FakeRateBook final : public llm::RateBook {
public:
    Task<std::chrono::milliseconds> reserve(QString account, llm::RateLimits limits, qint64 size) override;
    void learn(const QString &, const QList<net::Header> &headers) override { learnt << headers; }
    void pause(const QString &, std::chrono::milliseconds time) override { pauses.push_back(time); }

    std::vector<std::chrono::milliseconds> waits; ///< for the next to ask, one after the other
    std::optional<qint64> room;                   ///< what is larger has to wait a minute
    QList<QList<net::Header>> learnt;
    std::vector<std::chrono::milliseconds> pauses;
};

/// Facts about one model, whichever is asked for.
class FakeModelFacts final : public llm::ModelFacts {
public:
    double tokenFactor(const llm::Endpoint &, const QString &) override { return factor; }
    llm::LearntContext learntContext(const llm::Endpoint &, const QString &) override
    {
        return {context, context > 0 && isContextNew};
    }
    void countedPrompt(const llm::Endpoint &, const QString &, qint64 estimated, qint64 reported) override
    {
        counted.emplace_back(estimated, reported);
    }
    void overflowed(const llm::Endpoint &, const QString &, qint64 tokens) override { context = tokens; }

    double factor = 1;
    qint64 context = 0;
    bool isContextNew = true;
    std::vector<std::pair<qint64, qint64>> counted;
};

} // namespace quintet::test
