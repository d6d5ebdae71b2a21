// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usagerollupstore.h"

#include "usage/usageperiods.h"
#include "usage/usagerowstore.h"

#include <QHash>
#include <QSqlQuery>

#include <map>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

constexpr int eventsAtOnce = 500; // takes some 10 ms

/// Up to which event the sums go.
struct Rolled {
    qint64 event = 0;
    QString id;
};

/// The day of a time, remembered for the next: events come in their order.
class Days final {
public:
    qint64 begin(qint64 time)
    {
        if (time < m_begin || time >= m_end) {
            const QDate day = dayOf(time);
            m_begin = beginOf(day);
            m_end = beginOf(day.addDays(1));
        }
        return m_begin;
    }

private:
    qint64 m_begin = 0;
    qint64 m_end = 0;
};

/// A quarter of an hour (level 0) or a day (level 1), and when it begins.
using Stretch = std::pair<int, qint64>;

/// What some events add to the sums.
struct Addition {
    std::map<Stretch, std::map<qint64, UsageSums>> sums; ///< by key
    std::map<std::pair<QString, Stretch>, UsageSums> runs;
    Rolled last;
    int count = 0;
};

Result<Rolled> rolledSoFar(store::Connection &connection)
{
    Rolled rolled;
    const auto read =
        connection.select(u"SELECT event, usage_rolled.id, usage_event.id IS usage_rolled.id FROM usage_rolled "
                          "LEFT JOIN usage_event ON usage_event.rowid = event"_s,
                          {}, [&rolled](const QSqlQuery &row) {
                              if (row.value(2).toBool())
                                  rolled = {row.value(0).toLongLong(), row.value(1).toString()};
                          });
    if (!read || rolled.event > 0)
        return read.transform([&rolled] { return rolled; });
    // None yet, or the events are others now: a ledger that was emptied, or put back from a backup.
    return connection
        .executeScript("DELETE FROM usage_sum; DELETE FROM usage_run_sum; DELETE FROM usage_key; "
                       "DELETE FROM usage_rolled;")
        .transform([&rolled] { return rolled; });
}

Result<qint64> keyId(store::Connection &connection, const UsageKey &key)
{
    const QVariantList values{key.pattern, key.model, key.endpoint, int(key.inRun)};
    const auto made = connection.execute(
        u"INSERT OR IGNORE INTO usage_key (pattern, model, endpoint, in_run) VALUES (?, ?, ?, ?)"_s, values);
    if (!made)
        return std::unexpected(made.error());
    return connection
        .value(u"SELECT id FROM usage_key WHERE pattern = ? AND model = ? AND endpoint = ? AND in_run = ?"_s, values)
        .transform([](const QVariant &id) { return id.toLongLong(); });
}

Result<Addition> readEvents(store::Connection &connection, const Rolled &rolled)
{
    Addition addition;
    addition.last = rolled;
    QHash<UsageKey, std::map<qint64, UsageSums>> quarters;
    std::map<std::pair<QString, qint64>, UsageSums> runs;
    const auto read = connection.select(
        u"SELECT %1, rowid FROM usage_event WHERE rowid > ? ORDER BY rowid LIMIT ?"_s.arg(eventColumns()),
        {rolled.event, eventsAtOnce}, [&](const QSqlQuery &row) {
            const EventRow event = eventFrom(row);
            const qint64 quarter = quarterOf(event.time);
            ++addition.count;
            addition.last.event = row.value(eventColumnCount).toLongLong();
            quarters[event.key][quarter] += event.sums;
            if (event.key.inRun)
                runs[{event.run, quarter}] += event.sums;
        });
    const auto id = read.and_then(
        [&] { return connection.value(u"SELECT id FROM usage_event WHERE rowid = ?"_s, {addition.last.event}); });
    if (!id)
        return std::unexpected(id.error());
    addition.last.id = id->toString();
    Days days;
    for (const auto &[key, sums] : quarters.asKeyValueRange()) {
        const auto known = keyId(connection, key);
        if (!known)
            return std::unexpected(known.error());
        for (const auto &[quarter, added] : sums) {
            addition.sums[{0, quarter}][*known] = added;
            addition.sums[{1, days.begin(quarter)}][*known] += added;
        }
    }
    for (const auto &[place, added] : runs) {
        const auto &[run, quarter] = place;
        addition.runs[{run, {0, quarter}}] = added;
        addition.runs[{run, {1, days.begin(quarter)}}] += added;
    }
    return addition;
}

Result<void> addSums(store::Connection &connection, const Addition &addition)
{
    for (const auto &[stretch, byKey] : addition.sums) {
        std::map<qint64, UsageSums> all = byKey;
        const auto read = connection.select(
            u"SELECT %1, key FROM usage_sum WHERE level = ? AND start = ?"_s.arg(sumColumns()),
            {stretch.first, stretch.second}, [&all](const QSqlQuery &row) {
                if (const auto changed = all.find(row.value(sumColumnCount).toLongLong()); changed != all.end())
                    changed->second += sumsFrom(row);
            });
        if (!read)
            return read;
        for (const auto &[key, sums] : all) {
            const auto kept = connection.execute(u"INSERT OR REPLACE INTO usage_sum (%1, level, start, key) VALUES "
                                                 "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(sumColumns()),
                                                 valuesOf(sums) + QVariantList{stretch.first, stretch.second, key});
            if (!kept)
                return kept;
        }
    }
    return {};
}

Result<void> addRuns(store::Connection &connection, const Addition &addition)
{
    for (const auto &[place, added] : addition.runs) {
        const auto &[run, stretch] = place;
        UsageSums sums = added;
        const QVariantList where{run, stretch.first, stretch.second};
        const auto kept =
            connection
                .select(u"SELECT %1 FROM usage_run_sum WHERE run = ? AND level = ? AND start = ?"_s.arg(sumColumns()),
                        where, [&sums](const QSqlQuery &row) { sums += sumsFrom(row); })
                .and_then([&] {
                    return connection.execute(u"INSERT OR REPLACE INTO usage_run_sum (%1, run, level, start) VALUES "
                                              "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(sumColumns()),
                                              valuesOf(sums) + where);
                });
        if (!kept)
            return kept;
    }
    return {};
}

} // namespace

Result<bool> UsageRollupStore::step(store::Connection &connection)
{
    const auto rolled = rolledSoFar(connection);
    if (!rolled)
        return std::unexpected(rolled.error());
    const auto addition = readEvents(connection, *rolled);
    if (!addition)
        return std::unexpected(addition.error());
    if (addition->count == 0)
        return false;
    return addSums(connection, *addition)
        .and_then([&] { return addRuns(connection, *addition); })
        .and_then([&] {
            return connection.execute(u"INSERT OR REPLACE INTO usage_rolled (one, event, id) VALUES (1, ?, ?)"_s,
                                      {addition->last.event, addition->last.id});
        })
        .transform([&] { return addition->count == eventsAtOnce; });
}

void UsageRollupStore::start()
{
    if (!m_running->exchange(true))
        next(m_database, m_stopped, m_running);
}

/// Each step asks for the next one, so that what others write goes in between.
void UsageRollupStore::next(store::Database &database, std::shared_ptr<std::atomic<bool>> stopped,
                            std::shared_ptr<std::atomic<bool>> running)
{
    database.writer().write([&database, stopped, running](store::Connection &connection) -> Result<void> {
        const Result<bool> more = *stopped ? Result<bool>(false) : step(connection);
        if (more.value_or(false) && !*stopped)
            next(database, stopped, running);
        else
            *running = false;
        return more.transform([](bool) { });
    });
}

} // namespace quintet::usage
