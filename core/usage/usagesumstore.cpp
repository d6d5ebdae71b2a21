// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usagesumstore.h"

#include "usage/usageperiods.h"

#include <QHash>
#include <QSqlQuery>

#include <limits>
#include <map>

namespace quintet::usage::sums {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr qint64 longestDay = qint64(25) * 60 * 60 * 1000;

/// Which part of a period is read where: events one by one up to the first whole quarter of an hour, quarters up to
/// the first whole day, days from there on, and behind them the events that are not in the sums yet.
struct Plan {
    qint64 start = 0;
    qint64 quarters = 0;
    qint64 days = 0;
    qint64 rolled = 0; ///< the last event that is in the sums
};

Result<qint64> lastRolled(store::Connection &connection)
{
    // An event that is another one now counts as none: the sums will be made anew.
    return connection
        .value(u"SELECT event FROM usage_rolled JOIN usage_event ON usage_event.rowid = event "
               "AND usage_event.id = usage_rolled.id"_s)
        .transform([](const QVariant &event) { return event.toLongLong(); });
}

/// Days were added up by the calendar as it was then. Where that was another one (the computer has travelled), they
/// are read by quarters up to the last such day.
Result<Plan> planFor(store::Connection &connection, qint64 start, Grain grain)
{
    const auto rolled = lastRolled(connection);
    if (!rolled)
        return std::unexpected(rolled.error());
    if (*rolled == 0)
        return Plan{start, never, never, 0};
    const QDate first = dayOf(start);
    Plan plan{start, quarterOf(start), beginOf(first), *rolled};
    if (plan.quarters < start)
        plan.quarters += quarterOfAnHour;
    if (plan.days < start)
        plan.days = beginOf(first.addDays(1));
    if (grain == Grain::QuarterHour) {
        plan.days = never;
        return plan;
    }
    const auto align = [&plan](const QSqlQuery &row) {
        const qint64 begin = row.value(0).toLongLong();
        if (const QDate day = dayOf(begin + longestDay); beginOf(dayOf(begin)) != begin)
            plan.days = std::max(plan.days, beginOf(day.addDays(1)));
    };
    return connection
        .select(u"SELECT DISTINCT start FROM usage_sum WHERE level = 1 AND start >= ?"_s, {start - longestDay}, align)
        .transform([&plan] { return plan; });
}

/// Runs `read` on one state of the database.
template<typename T>
Result<T> atOnce(store::Connection &connection, const std::function<Result<T>()> &read)
{
    if (const auto begun = connection.executeScript("BEGIN"); !begun)
        return std::unexpected(begun.error());
    Result<T> result = read();
    std::ignore = connection.executeScript("COMMIT");
    return result;
}

/// Reads the events of a plan that are read one by one.
Result<void> forEachEvent(store::Connection &connection, const Plan &plan, bool onlyRuns,
                          const std::function<void(const QSqlQuery &)> &take)
{
    const QString select =
        u"SELECT %1 FROM usage_event WHERE "_s.arg(eventColumns()) + (onlyRuns ? u"run IS NOT NULL AND "_s : QString());
    // The plus keeps SQLite from the index of times, where the few newest rows are wanted.
    return connection.select(select + u"rowid > ? AND +time >= ?"_s, {plan.rolled, plan.start}, take)
        .and_then([&]() -> Result<void> {
            if (plan.rolled == 0 || plan.quarters == plan.start)
                return {};
            return connection.select(select + u"time >= ? AND time < ? AND rowid <= ?"_s,
                                     {plan.start, plan.quarters, plan.rolled}, take);
        });
}

Result<QHash<qint64, UsageKey>> readKeys(store::Connection &connection)
{
    QHash<qint64, UsageKey> keys;
    return connection
        .select(u"SELECT id, pattern, model, endpoint, in_run FROM usage_key"_s, {},
                [&keys](const QSqlQuery &row) {
                    keys.insert(row.value(0).toLongLong(), {row.value(1).toString(), row.value(2).toString(),
                                                            row.value(3).toString(), row.value(4).toBool()});
                })
        .transform([&keys] { return keys; });
}

Result<std::vector<UsageCell>> readCells(store::Connection &connection, qint64 start, Grain grain)
{
    const auto plan = planFor(connection, start, grain);
    const auto keys = readKeys(connection);
    if (!plan || !keys)
        return std::unexpected(plan ? keys.error() : plan.error());
    std::vector<UsageCell> cells;
    const QString select = u"SELECT %1, start, key FROM usage_sum WHERE level = "_s.arg(sumColumns());
    const auto take = [&](const QSqlQuery &row) {
        cells.push_back({row.value(sumColumnCount).toLongLong(),
                         keys->value(row.value(sumColumnCount + 1).toLongLong()), sumsFrom(row)});
    };
    std::map<qint64, QHash<UsageKey, UsageSums>> events;
    return connection.select(select + u"0 AND start >= ? AND start < ?"_s, {plan->quarters, plan->days}, take)
        .and_then([&] { return connection.select(select + u"1 AND start >= ?"_s, {plan->days}, take); })
        .and_then([&] {
            return forEachEvent(connection, *plan, false, [&events](const QSqlQuery &row) {
                const EventRow event = eventFrom(row);
                events[quarterOf(event.time)][event.key] += event.sums;
            });
        })
        .transform([&] {
            for (const auto &[begin, byKey] : events) {
                for (const auto &[key, added] : byKey.asKeyValueRange())
                    cells.push_back({begin, key, added});
            }
            return cells;
        });
}

Result<std::vector<RunSums>> readRuns(store::Connection &connection, qint64 start)
{
    const auto plan = planFor(connection, start, Grain::Day);
    if (!plan)
        return std::unexpected(plan.error());
    std::map<QString, UsageSums> runs;
    const QString select = u"SELECT %1, run FROM usage_run_sum WHERE level = "_s.arg(sumColumns());
    const auto take = [&runs](const QSqlQuery &row) { runs[row.value(sumColumnCount).toString()] += sumsFrom(row); };
    return connection.select(select + u"0 AND start >= ? AND start < ?"_s, {plan->quarters, plan->days}, take)
        .and_then([&] { return connection.select(select + u"1 AND start >= ?"_s, {plan->days}, take); })
        .and_then([&] {
            return forEachEvent(connection, *plan, true, [&runs](const QSqlQuery &row) {
                const EventRow event = eventFrom(row);
                runs[event.run] += event.sums;
            });
        })
        .transform([&runs] {
            std::vector<RunSums> all;
            for (const auto &[run, added] : runs)
                all.push_back({run, added});
            return all;
        });
}

QString numbers()
{
    return u"requests, cached, failed, prompt_tokens, completion_tokens, cost, unpriced, saved"_s;
}

/// The same of events.
QString eventNumbers()
{
    return u"1 AS requests, cached, outcome NOT IN ('done', 'cancelled') AS failed, "
           "prompt_tokens * (cached = 0) AS prompt_tokens, completion_tokens * (cached = 0) AS completion_tokens, "
           "coalesce(cost, 0) AS cost, cost IS NULL AS unpriced, coalesce(saved, 0) AS saved"_s;
}

Result<UsageSums> addUp(store::Connection &connection, const QString &parts, const QVariantList &values)
{
    UsageSums sums;
    const auto take = [&sums](const QSqlQuery &row) {
        const auto number = [&row](int column) { return row.value(column).toLongLong(); };
        sums = {.requests = number(0),
                .cached = number(1),
                .failed = number(2),
                .promptTokens = number(3),
                .completionTokens = number(4),
                .cost = {number(5)},
                .unpriced = number(6),
                .saved = {number(7)},
                .answerTime = {},
                .firstToken = {},
                .total = {}};
    };
    return connection
        .select(u"SELECT sum(requests), sum(cached), sum(failed), sum(prompt_tokens), sum(completion_tokens), "
                "sum(cost), sum(unpriced), sum(saved) FROM (%1)"_s.arg(parts),
                values, take)
        .transform([&sums] { return sums; });
}

} // namespace

Result<std::vector<UsageCell>> cellsSince(store::Connection &connection, qint64 start, Grain grain)
{
    return atOnce<std::vector<UsageCell>>(connection, [&] { return readCells(connection, start, grain); });
}

Result<std::vector<RunSums>> runsSince(store::Connection &connection, qint64 start)
{
    return atOnce<std::vector<RunSums>>(connection, [&] { return readRuns(connection, start); });
}

Result<UsageSums> totalSince(store::Connection &connection, qint64 start)
{
    const bool isWithin = connection.isInTransaction();
    const auto read = [&]() -> Result<UsageSums> {
        const auto plan = planFor(connection, start, Grain::Day);
        if (!plan)
            return std::unexpected(plan.error());
        return addUp(connection,
                     u"SELECT %1 FROM usage_sum WHERE level = 0 AND start >= ? AND start < ? "
                     "UNION ALL SELECT %1 FROM usage_sum WHERE level = 1 AND start >= ? "
                     "UNION ALL SELECT %2 FROM usage_event WHERE rowid > ? AND +time >= ? "
                     "UNION ALL SELECT %2 FROM usage_event WHERE time >= ? AND time < ? AND rowid <= ?"_s.arg(
                         numbers(), eventNumbers()),
                     {plan->quarters, plan->days, plan->days, plan->rolled, plan->start, plan->start,
                      plan->rolled == 0 ? plan->start : plan->quarters, plan->rolled});
    };
    return isWithin ? read() : atOnce<UsageSums>(connection, read);
}

Result<UsageSums> totalOf(store::Connection &connection, const QString &run)
{
    const bool isWithin = connection.isInTransaction();
    const auto read = [&]() -> Result<UsageSums> {
        const auto rolled = lastRolled(connection);
        if (!rolled)
            return std::unexpected(rolled.error());
        // Without sums that hold, all comes from the events.
        return addUp(
            connection,
            u"SELECT %1 FROM usage_run_sum WHERE run = ? AND level = 1 AND ? > 0 "
            "UNION ALL SELECT %2 FROM usage_event WHERE run = ? AND rowid > ?"_s.arg(numbers(), eventNumbers()),
            {run, *rolled, run, *rolled});
    };
    return isWithin ? read() : atOnce<UsageSums>(connection, read);
}

Result<qint64> behind(store::Connection &connection, qint64 most)
{
    return lastRolled(connection).and_then([&](qint64 rolled) {
        return connection
            .value(u"SELECT count(*) FROM (SELECT 1 FROM usage_event WHERE rowid > ? LIMIT ?)"_s, {rolled, most})
            .transform([](const QVariant &count) { return count.toLongLong(); });
    });
}

} // namespace quintet::usage::sums
