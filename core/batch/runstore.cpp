// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/runstore.h"

#include "base/onpool.h"
#include "batch/item.h"
#include "store/lease.h"
#include "usage/usagesumstore.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSqlQuery>
#include <QTimeZone>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortestId = 6;
constexpr int removedAtOnce = 2'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

QDateTime timeFrom(const QVariant &value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::UTC);
}

Run runFrom(const QSqlQuery &row)
{
    Run run;
    int i = 0;
    const auto next = [&] { return row.value(i++); };
    run.number = next().toLongLong();
    run.id = {next().toString()};
    run.name = next().toString();
    run.created = timeFrom(next());
    run.ended = timeFrom(next());
    run.state = stateNamed(next().toString()).value_or(RunState::Paused);
    const QString kind = next().toString();
    const QString reason = next().toString();
    if (!reason.isEmpty())
        run.reason = Error(kindNamed(kind), reason);
    run.spec = specFrom(QJsonDocument::fromJson(next().toString().toUtf8()).object());
    run.busyTime = std::chrono::milliseconds(next().toLongLong());
    for (qint64 *count : {&run.total, &run.queued, &run.running, &run.done, &run.failed, &run.cached})
        *count = next().toLongLong();
    run.resultsCost = {next().toLongLong()};
    return run;
}

/// What a run took stands in the ledger, attempts that came to nothing included, and also what was written down a
/// moment before the process was killed. A result is never recorded before what it took.
Result<void> addUsage(store::Connection &connection, Run &run)
{
    return usage::sums::totalOf(connection, run.id.value).transform([&run](const usage::UsageSums &sums) {
        run.promptTokens = sums.promptTokens;
        run.completionTokens = sums.completionTokens;
        run.cost = sums.cost;
        run.unpriced = sums.unpriced;
        run.saved = sums.saved;
    });
}

} // namespace

QString leaseName(const RunId &run)
{
    return u"batch/"_s + run.value;
}

Task<Result<Run>> RunStore::create(RunSpec spec)
{
    if (spec.name.isEmpty())
        spec.name = defaultName(spec);
    Run run;
    run.id = RunId::make();
    run.name = spec.name;
    run.created = m_clock.now();
    run.spec = spec;
    const QString json = QString::fromUtf8(QJsonDocument(toJson(spec)).toJson(QJsonDocument::Compact));
    const auto done = co_await valueOf(m_database.writer().write(
        [run, json](store::Connection &connection) {
            return connection.execute(
                u"INSERT INTO batch_run (id, name, created, state, spec) VALUES (?, ?, ?, ?, ?)"_s,
                {run.id.value, run.name, run.created.toMSecsSinceEpoch(), nameOf(run.state), json});
        },
        store::Durability::PowerCut));
    if (!done)
        co_return std::unexpected(done.error());
    co_return find(run.id.value);
}

Result<std::vector<Run>> RunStore::read(const QString &where, const QVariantList &values) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<Run> runs;
    const auto read = connection->select(
        u"SELECT number, id, name, created, ended, state, reason_kind, reason, spec, busy_time, total, queued, "
        u"running, done, failed, cached, cost FROM batch_run "_s
            + where,
        values, [&runs](const QSqlQuery &row) { runs.push_back(runFrom(row)); });
    if (!read)
        return std::unexpected(read.error());
    const auto atWork = store::heldLeases(*connection, u"batch/"_s, m_clock.now());
    if (!atWork)
        return std::unexpected(atWork.error());
    for (Run &run : runs) {
        const bool isUnderWay = run.state == RunState::Processing || run.state == RunState::Preparing;
        if (isUnderWay && !atWork->contains(leaseName(run.id)))
            run.state = RunState::Paused;
        if (auto added = addUsage(*connection, run); !added)
            return std::unexpected(added.error());
    }
    return runs;
}

Result<std::vector<Run>> RunStore::all() const
{
    return read(u"ORDER BY number DESC"_s, {});
}

Result<Run> RunStore::find(const QString &id) const
{
    const auto unknown = [&id] {
        return failure(ErrorKind::BadInput, tr("There is no batch run %1. See: quintet batch list").arg(id));
    };
    if (id.size() < shortestId)
        return unknown();
    // Ids are hexadecimal: nothing in the range that begins with these characters sorts behind "g".
    const auto runs = read(u"WHERE id >= ? AND id < ?"_s, {id, QString(id + u'g')});
    if (!runs)
        return std::unexpected(runs.error());
    if (runs->size() > 1)
        return failure(ErrorKind::BadInput, tr("Several batch runs begin with %1; give more of the id.").arg(id));
    return runs->empty() ? Result<Run>(unknown()) : runs->front();
}

Task<Result<void>> RunStore::setState(Run run, RunState state, std::optional<Error> reason)
{
    run.state = state;
    const QVariant ended = run.isOver() ? QVariant(m_clock.now().toMSecsSinceEpoch()) : QVariant();
    co_return co_await valueOf(m_database.writer().write(
        [=](store::Connection &connection) {
            return connection.execute(
                u"UPDATE batch_run SET state = ?, reason_kind = ?, reason = ?, ended = ? WHERE number = ?"_s,
                {nameOf(state), reason ? QVariant(nameOf(reason->kind)) : QVariant(),
                 reason ? QVariant(reason->message) : QVariant(), ended, run.number});
        },
        store::Durability::PowerCut));
}

Task<Result<void>> RunStore::setSpec(Run run, RunSpec spec)
{
    const QString json = QString::fromUtf8(QJsonDocument(toJson(spec)).toJson(QJsonDocument::Compact));
    co_return co_await valueOf(m_database.writer().write(
        [number = run.number, name = spec.name, json](store::Connection &connection) {
            return connection.execute(u"UPDATE batch_run SET name = ?, spec = ? WHERE number = ?"_s,
                                      {name, json, number});
        },
        store::Durability::PowerCut));
}

void RunStore::addBusyTime(const Run &run, std::chrono::milliseconds time)
{
    m_database.writer().write([number = run.number, time](store::Connection &connection) {
        return connection.execute(u"UPDATE batch_run SET busy_time = busy_time + ? WHERE number = ?"_s,
                                  {qint64(time.count()), number});
    });
}

Result<std::vector<ErrorGroup>> RunStore::errorGroups(const Run &run) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<ErrorGroup> groups;
    return connection
        ->select(u"SELECT error_kind, min(error), count(*) FROM batch_item WHERE state = ? AND id >= ? AND id < ? "
                 "GROUP BY error_kind ORDER BY count(*) DESC"_s,
                 {int(ItemState::Failed), itemId(run.number), itemId(run.number + 1)},
                 [&groups](const QSqlQuery &row) {
                     groups.push_back({row.value(0).toString(), row.value(1).toString(), row.value(2).toLongLong()});
                 })
        .transform([&groups] { return groups; });
}

Result<ItemMarks> RunStore::marks(const Run &run) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    ItemMarks marks;
    return connection
        ->select(u"SELECT total(repeated), total(changed) FROM batch_item WHERE id >= ? AND id < ?"_s,
                 {itemId(run.number), itemId(run.number + 1)},
                 [&marks](const QSqlQuery &row) { marks = {row.value(0).toLongLong(), row.value(1).toLongLong()}; })
        .transform([&marks] { return marks; });
}

Task<Result<void>> RunStore::remove(Run run)
{
    for (qint64 from = itemId(run.number), end = from + run.total; from < end; from += removedAtOnce) {
        const auto done = co_await valueOf(m_database.writer().write([from](store::Connection &connection) {
            Result<void> removed;
            for (const QString &table : {u"batch_item"_s, u"batch_input"_s, u"batch_result"_s}) {
                if (removed)
                    removed = connection.execute(u"DELETE FROM %1 WHERE id >= ? AND id < ?"_s.arg(table),
                                                 {from, from + removedAtOnce});
            }
            return removed;
        }));
        if (!done)
            co_return done;
    }
    co_return co_await valueOf(m_database.writer().write([number = run.number](store::Connection &connection) {
        return connection.execute(u"DELETE FROM batch_part WHERE run = ?"_s, {number}).and_then([&] {
            return connection.execute(u"DELETE FROM batch_run WHERE number = ?"_s, {number});
        });
    }));
}

} // namespace quintet::batch
