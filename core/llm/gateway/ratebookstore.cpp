// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/ratebookstore.h"

#include "base/valueof.h"

#include <QSqlQuery>
#include <QTimeZone>

#include <algorithm>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

constexpr qint64 minute = 60'000;

QDateTime timeFrom(const QVariant &value)
{
    return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::UTC);
}

QVariant orNull(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

Result<RateState> read(store::Connection &connection, const QString &account)
{
    RateState state;
    return connection
        .select(u"SELECT requests_left, requests_reset, tokens_left, tokens_reset, paused_until FROM rate_account "
                "WHERE account = ?"_s,
                {account},
                [&state](const QSqlQuery &row) {
                    if (!row.value(0).isNull())
                        state.requests = RateLeft{row.value(0).toLongLong(), timeFrom(row.value(1))};
                    if (!row.value(2).isNull())
                        state.tokens = RateLeft{row.value(2).toLongLong(), timeFrom(row.value(3))};
                    if (!row.value(4).isNull())
                        state.pausedUntil = timeFrom(row.value(4));
                })
        .transform([&state] { return state; });
}

Result<void> write(store::Connection &connection, const QString &account, const RateState &state)
{
    const auto left = [](const std::optional<RateLeft> &rate) { return rate ? QVariant(rate->left) : QVariant(); };
    const auto reset = [](const std::optional<RateLeft> &rate) { return rate ? orNull(rate->reset) : QVariant(); };
    return connection.execute(u"INSERT OR REPLACE INTO rate_account (account, requests_left, requests_reset, "
                              "tokens_left, tokens_reset, paused_until) VALUES (?, ?, ?, ?, ?, ?)"_s,
                              {account, left(state.requests), reset(state.requests), left(state.tokens),
                               reset(state.tokens), orNull(state.pausedUntil)});
}

/// How long until the user's own limits leave room again: until enough of the last minute's requests are past.
Result<milliseconds> ownWait(store::Connection &connection, const QString &account, const RateLimits &limits,
                             qint64 size, qint64 now)
{
    std::vector<std::pair<qint64, qint64>> used; // the oldest first: time, tokens
    const auto result = connection.select(
        u"SELECT time, tokens FROM rate_use WHERE account = ? AND time > ? ORDER BY time"_s, {account, now - minute},
        [&used](const QSqlQuery &row) { used.emplace_back(row.value(0).toLongLong(), row.value(1).toLongLong()); });
    if (!result)
        return std::unexpected(result.error());
    qint64 tokens = 0;
    for (const auto &[time, each] : used)
        tokens += each;
    qint64 count = static_cast<qint64>(used.size());
    for (const auto &[time, each] : used) {
        const bool fits = (limits.requestsPerMinute <= 0 || count < limits.requestsPerMinute)
                          && (limits.tokensPerMinute <= 0 || tokens + size <= limits.tokensPerMinute);
        if (fits)
            return milliseconds(0);
        --count;
        tokens -= each;
        const bool wouldFit = (limits.requestsPerMinute <= 0 || count < limits.requestsPerMinute)
                              && (limits.tokensPerMinute <= 0 || tokens + size <= limits.tokensPerMinute || count == 0);
        if (wouldFit)
            return milliseconds(time + minute - now + 1);
    }
    return milliseconds(0);
}

Result<void> noteUse(store::Connection &connection, const QString &account, qint64 size, qint64 now)
{
    return connection.execute(u"DELETE FROM rate_use WHERE time <= ?"_s, {now - minute}).and_then([&] {
        return connection.execute(u"INSERT INTO rate_use (account, time, tokens) VALUES (?, ?, ?)"_s,
                                  {account, now, size});
    });
}

/// Reserves inside a writer's job, so that no two processes take the same place.
Result<milliseconds> reserveIn(store::Connection &connection, const QString &account, const RateLimits &limits,
                               qint64 size, const QDateTime &now)
{
    auto state = read(connection, account);
    if (!state)
        return std::unexpected(state.error());
    milliseconds wait = state->wait(size, now);
    const bool hasOwn = limits.requestsPerMinute > 0 || limits.tokensPerMinute > 0;
    if (hasOwn) {
        const auto own = ownWait(connection, account, limits, size, now.toMSecsSinceEpoch());
        if (!own)
            return std::unexpected(own.error());
        wait = std::max(wait, *own);
    }
    if (wait.count() > 0)
        return wait;
    Result<void> written;
    if (state->isKnown()) {
        state->take(size, now);
        written = write(connection, account, *state);
    }
    if (written && hasOwn)
        written = noteUse(connection, account, size, now.toMSecsSinceEpoch());
    return written.transform([] { return milliseconds(0); });
}

} // namespace

bool RateBookStore::isKnown(const QString &account)
{
    Looked &looked = m_looked[account];
    const auto now = m_clock.monotonic();
    if (looked.at.count() != 0 && (looked.isKnown || now - looked.at < std::chrono::seconds(1)))
        return looked.isKnown;
    looked.at = now;
    if (!m_reader) {
        if (auto reader = m_database.reader())
            m_reader.emplace(std::move(*reader));
    }
    const auto state = m_reader ? read(*m_reader, account) : Result<RateState>(RateState());
    looked.isKnown = state && state->isKnown();
    return looked.isKnown;
}

Task<milliseconds> RateBookStore::reserve(QString account, RateLimits limits, qint64 size)
{
    const bool hasOwn = limits.requestsPerMinute > 0 || limits.tokensPerMinute > 0;
    if (!hasOwn && !isKnown(account))
        co_return milliseconds(0);
    const auto wait = std::make_shared<milliseconds>(0);
    co_await valueOf(m_database.writer().write([=, now = m_clock.now()](store::Connection &connection) {
        return reserveIn(connection, account, limits, size, now).transform([&wait](milliseconds time) {
            *wait = time;
        });
    }));
    co_return *wait;
}

void RateBookStore::keep(const QString &account, const RateState &learnt)
{
    m_looked[account] = {m_clock.monotonic(), true};
    m_database.writer().writeSoon([account, learnt](store::Connection &connection) {
        return read(connection, account).and_then([&](RateState state) {
            if (learnt.requests)
                state.requests = learnt.requests;
            if (learnt.tokens)
                state.tokens = learnt.tokens;
            if (learnt.pausedUntil.isValid())
                state.pausedUntil = learnt.pausedUntil;
            return write(connection, account, state);
        });
    });
}

void RateBookStore::learn(const QString &account, const QList<net::Header> &headers)
{
    const RateState learnt = ratesFrom(headers, m_clock.now());
    if (learnt.isKnown())
        keep(account, learnt);
}

void RateBookStore::pause(const QString &account, milliseconds time)
{
    RateState learnt;
    learnt.pausedUntil = m_clock.now().addMSecs(time.count());
    keep(account, learnt);
}

} // namespace quintet::llm
