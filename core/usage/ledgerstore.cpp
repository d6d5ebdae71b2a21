// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/ledgerstore.h"

#include "base/id.h"
#include "usage/usagesumstore.h"

#include <QSqlQuery>
#include <QTimeZone>

namespace quintet::usage {

namespace {

constexpr int eventsPerRollUp = 500;
constexpr qint64 muchBehind = 5000;
constexpr size_t usualPage = 64; // events

/// A null string would be NULL, which the columns refuse.
QString text(const QString &value)
{
    return value.isNull() ? QStringLiteral("") : value;
}

template<typename T>
QVariant orNull(const std::optional<T> &value, auto &&toNumber)
{
    return value ? QVariant(qint64(toNumber(*value))) : QVariant();
}

Result<void> insert(store::Connection &connection, const UsageEvent &event)
{
    return connection.execute(
        QStringLiteral("INSERT OR IGNORE INTO usage_event (id, time, pattern, endpoint, model, run, prompt_tokens, "
                       "completion_tokens, cached_tokens, reasoning_tokens, estimated, cached, cost, queue_time, "
                       "first_token_time, total_time, attempts, outcome, cache_write_tokens, price, saved, saved_time) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {event.id.isEmpty() ? makeId() : event.id,
         event.time.toMSecsSinceEpoch(),
         text(event.pattern),
         text(event.endpoint),
         text(event.model),
         event.run.isEmpty() ? QVariant() : QVariant(event.run),
         event.tokens.prompt,
         event.tokens.completion,
         event.tokens.cached,
         event.tokens.reasoning,
         int(event.tokens.estimated),
         int(event.cached),
         orNull(event.cost, [](Money money) { return money.nanoDollars; }),
         qint64(event.queueTime.count()),
         orNull(event.firstTokenTime, [](std::chrono::milliseconds time) { return time.count(); }),
         qint64(event.totalTime.count()),
         event.attempts,
         text(event.outcome),
         event.tokens.cacheWrite,
         event.price.isEmpty() ? QVariant() : QVariant(event.price),
         orNull(event.saved, [](Money money) { return money.nanoDollars; }),
         qint64(event.savedTime.count())});
}

} // namespace

std::optional<double> tokensPerSecond(const UsageEvent &event)
{
    const auto time = event.totalTime - event.queueTime - event.firstTokenTime.value_or(event.totalTime);
    if (event.cached || event.tokens.completion < 2 || time.count() <= 0)
        return std::nullopt;
    return static_cast<double>(event.tokens.completion) * 1000 / static_cast<double>(time.count());
}

/// Events that are written by one job, which closes the page when its turn has come.
class LedgerStore::Page final {
public:
    explicit Page(std::vector<UsageEvent> events) : m_events(std::move(events)) { m_events.reserve(usualPage); }

    /// Takes no more from now on, and gives what it has.
    std::vector<UsageEvent> close()
    {
        const QMutexLocker lock(&m_mutex);
        m_isClosed = true;
        return m_events;
    }

    /// False once it is closed.
    bool add(const UsageEvent &event)
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_isClosed)
            m_events.push_back(event);
        return !m_isClosed;
    }

    /// May run again where the transaction that it was part of is given up.
    Result<void> write(store::Connection &connection)
    {
        Result<void> written;
        for (const UsageEvent &event : close()) {
            if (written)
                written = insert(connection, event);
        }
        return written;
    }

private:
    QMutex m_mutex;
    std::vector<UsageEvent> m_events;
    bool m_isClosed = false;
};

class LedgerStore::Unwritten final {
public:
    void keep(const std::vector<UsageEvent> &events)
    {
        const QMutexLocker lock(&m_mutex);
        m_events.insert(m_events.end(), events.begin(), events.end());
    }

    std::vector<UsageEvent> take()
    {
        const QMutexLocker lock(&m_mutex);
        return std::exchange(m_events, {});
    }

private:
    QMutex m_mutex;
    std::vector<UsageEvent> m_events;
};

LedgerStore::LedgerStore(store::Database &database)
    : m_database(database),
      m_rollup(database),
      m_unwritten(std::make_shared<Unwritten>())
{
}

LedgerStore::~LedgerStore()
{
    if (std::vector<UsageEvent> left = m_unwritten->take(); !left.empty())
        begin(std::move(left));
}

/// Hands a page that begins with `events` to the writer.
void LedgerStore::begin(std::vector<UsageEvent> events)
{
    const auto page = std::make_shared<Page>(std::move(events));
    m_page = page;
    m_database.writer()
        .writeSoon([page](store::Connection &connection) { return page->write(connection); })
        .then(QtFuture::Launch::Sync, [page, unwritten = m_unwritten](const Result<void> &written) {
            if (!written)
                unwritten->keep(page->close());
        });
}

void LedgerStore::record(const UsageEvent &event)
{
    const QMutexLocker lock(&m_mutex);
    if (++m_recorded % eventsPerRollUp == 0)
        m_rollup.start();
    if (const auto open = m_page.lock(); open && open->add(event))
        return;
    std::vector<UsageEvent> events = m_unwritten->take();
    events.push_back(event);
    begin(std::move(events));
}

Result<LedgerStore::Totals> LedgerStore::totalsSince(const QDateTime &start) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    if (sums::behind(*connection, muchBehind).value_or(0) == muchBehind)
        m_rollup.start();
    return sums::totalSince(*connection, start.toMSecsSinceEpoch()).transform([](const UsageSums &sums) {
        return Totals{sums.requests, sums.cached, sums.cost, sums.unpriced};
    });
}

Result<std::vector<UsageEvent>> LedgerStore::recent(int limit) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<UsageEvent> events;
    const auto milliseconds = [](const QVariant &value) { return std::chrono::milliseconds(value.toLongLong()); };
    const auto take = [&](const QSqlQuery &row) {
        UsageEvent event;
        event.time = QDateTime::fromMSecsSinceEpoch(row.value(0).toLongLong(), QTimeZone::UTC);
        event.pattern = row.value(1).toString();
        event.endpoint = row.value(2).toString();
        event.model = row.value(3).toString();
        event.run = row.value(4).toString();
        event.tokens = {row.value(5).toLongLong(), row.value(6).toLongLong(), row.value(7).toLongLong(),
                        row.value(8).toLongLong(), row.value(9).toBool(),     row.value(17).toLongLong()};
        event.cached = row.value(10).toBool();
        if (!row.value(11).isNull())
            event.cost = Money{row.value(11).toLongLong()};
        event.queueTime = milliseconds(row.value(12));
        if (!row.value(13).isNull())
            event.firstTokenTime = milliseconds(row.value(13));
        event.totalTime = milliseconds(row.value(14));
        event.attempts = row.value(15).toInt();
        event.outcome = row.value(16).toString();
        event.price = row.value(18).toString();
        if (!row.value(19).isNull())
            event.saved = Money{row.value(19).toLongLong()};
        event.savedTime = milliseconds(row.value(20));
        events.push_back(std::move(event));
    };
    return connection
        ->select(QStringLiteral(
                     "SELECT time, pattern, endpoint, model, run, prompt_tokens, completion_tokens, "
                     "cached_tokens, reasoning_tokens, estimated, cached, cost, queue_time, "
                     "first_token_time, total_time, attempts, outcome, cache_write_tokens, price, saved, saved_time "
                     "FROM usage_event "
                     "ORDER BY time DESC, id DESC LIMIT ?"),
                 {limit}, take)
        .transform([&events] { return events; });
}

} // namespace quintet::usage
