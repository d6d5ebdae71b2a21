// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/store/agentrunstore.h"

#include "agent/run/runjson.h"
#include "store/lease.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSqlQuery>
#include <QTimeZone>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortestId = 6;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QString compact(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QVariant costOf(const AgentRun &run)
{
    return run.spent().isKnown ? QVariant(run.spent().money.nanoDollars) : QVariant(QMetaType::fromType<qint64>());
}

QString modelOf(const AgentRun &run)
{
    return run.spec().endpoint.model.isEmpty() ? u""_s : run.spec().endpoint.model;
}

/// A null string would become a NULL, which no column takes.
QString filled(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

Result<void> insertEvent(store::Connection &connection, const QString &run, const QString &event)
{
    return connection.execute(u"INSERT INTO agent_event (run, number, event) SELECT ?, coalesce(max(number), 0) + 1, ? "
                              "FROM agent_event WHERE run = ?"_s,
                              {run, event, run});
}

RunRow rowFrom(const QSqlQuery &row)
{
    return {.id = {row.value(0).toString()},
            .title = row.value(1).toString(),
            .state = runStateFrom(row.value(2).toString()),
            .created = QDateTime::fromMSecsSinceEpoch(row.value(3).toLongLong(), QTimeZone::UTC),
            .steps = row.value(4).toInt(),
            .cost = row.value(5).isNull() ? std::nullopt : std::optional(usage::Money{row.value(5).toLongLong()}),
            .plan = row.value(6).toString(),
            .model = row.value(7).toString()};
}

std::unexpected<Error> unknown(const QString &id)
{
    return failure(ErrorKind::BadInput, tr("There is no agent run %1. See: quintet agent list").arg(id));
}

} // namespace

QString leaseName(const RunId &run)
{
    return u"agent/"_s + run.value;
}

QFuture<Result<void>> AgentRunStore::write(const AgentRun &after, const RunEvent &event, store::Durability durability)
{
    const QVariantList header{filled(after.title()),     nameOf(after.state()), m_clock.now().toMSecsSinceEpoch(),
                              int(after.steps().size()), costOf(after),         modelOf(after),
                              after.id().value};
    return m_database.writer().write(
        [header, id = after.id().value, json = compact(toJson(event))](store::Connection &connection) {
            return insertEvent(connection, id, json).and_then([&] {
                return connection.execute(u"UPDATE agent_run SET title = ?, state = ?, changed = ?, steps = ?, cost = "
                                          "?, model = ? WHERE id = ?"_s,
                                          header);
            });
        },
        durability);
}

QFuture<Result<void>> AgentRunStore::create(const AgentRun &run, const std::vector<RunEvent> &events)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const QVariantList header{
        run.id().value,          filled(run.title()), nameOf(run.state()),         now,         now,
        int(run.steps().size()), costOf(run),         filled(run.spec().planName), modelOf(run)};
    QStringList all;
    for (const RunEvent &event : events)
        all << compact(toJson(event));
    return m_database.writer().write([header, all, id = run.id().value](store::Connection &connection) {
        Result<void> done =
            connection.execute(u"INSERT INTO agent_run (id, title, state, created, changed, steps, cost, plan, model) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                               header);
        for (const QString &event : all) {
            if (done)
                done = insertEvent(connection, id, event);
        }
        return done;
    });
}

Result<std::vector<RunEvent>> AgentRunStore::events(const RunId &id) const
{
    std::vector<RunEvent> events;
    const auto read = m_database.reader().and_then([&](store::Connection connection) {
        return connection.select(u"SELECT event FROM agent_event WHERE run = ? ORDER BY number"_s, {id.value},
                                 [&](const QSqlQuery &row) {
                                     const QByteArray json = row.value(0).toString().toUtf8();
                                     if (auto event = runEventFrom(QJsonDocument::fromJson(json).object()))
                                         events.push_back(std::move(*event));
                                 });
    });
    if (!read)
        return std::unexpected(read.error());
    if (events.empty())
        return unknown(id.value);
    return events;
}

Result<AgentRun> AgentRunStore::load(const RunId &id) const
{
    const auto kept = events(id);
    if (!kept)
        return std::unexpected(kept.error());
    AgentRun run(id);
    for (const RunEvent &event : *kept)
        run.apply(event);
    if (run.isOver())
        return run;
    const auto atWork = m_database.reader().and_then(
        [&](store::Connection connection) { return store::heldLeases(connection, leaseName(id), m_clock.now()); });
    if (!atWork)
        return std::unexpected(atWork.error());
    if (atWork->isEmpty()) {
        run.apply(RunEnded{.state = RunState::Stopped,
                           .answer = {},
                           .failure = Error(ErrorKind::Unavailable, tr("Quintet ended while the run was under way. It "
                                                                       "can be resumed."))});
    }
    return run;
}

Result<RunId> AgentRunStore::find(const QString &beginning) const
{
    if (beginning.size() < shortestId)
        return unknown(beginning);
    QStringList ids;
    const auto read = m_database.reader().and_then([&](store::Connection connection) {
        return connection.select(u"SELECT id FROM agent_run WHERE removed = 0 AND substr(id, 1, ?) = ? LIMIT 2"_s,
                                 {qint64(beginning.size()), beginning},
                                 [&](const QSqlQuery &row) { ids << row.value(0).toString(); });
    });
    if (!read)
        return std::unexpected(read.error());
    if (ids.isEmpty())
        return unknown(beginning);
    if (ids.size() > 1)
        return failure(ErrorKind::BadInput, tr("Several runs begin with %1; give more of the id.").arg(beginning));
    return RunId{ids.front()};
}

Result<std::vector<RunRow>> AgentRunStore::list(const QString &words, int count) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<RunRow> rows;
    const auto read = connection->select(
        u"SELECT id, title, state, created, steps, cost, plan, model FROM agent_run WHERE removed = 0 AND "
        "instr(lower(title), lower(?)) > 0 ORDER BY created DESC, id DESC LIMIT ?"_s,
        {filled(words.trimmed()), count}, [&](const QSqlQuery &row) { rows.push_back(rowFrom(row)); });
    if (!read)
        return std::unexpected(read.error());
    const auto atWork = store::heldLeases(*connection, u"agent/"_s, m_clock.now());
    if (!atWork)
        return std::unexpected(atWork.error());
    for (RunRow &row : rows) {
        const bool isUnderWay = row.state == RunState::Running || row.state == RunState::Waiting;
        if (isUnderWay && !atWork->contains(leaseName(row.id)))
            row.state = RunState::Stopped;
    }
    return rows;
}

QFuture<Result<void>> AgentRunStore::setRemoved(const RunId &id, bool isRemoved)
{
    const qint64 when = isRemoved ? m_clock.now().toMSecsSinceEpoch() : 0;
    return m_database.writer().write([id, when](store::Connection &connection) {
        return connection.execute(u"UPDATE agent_run SET removed = ? WHERE id = ?"_s, {when, id.value});
    });
}

QFuture<Result<void>> AgentRunStore::purge(const QDateTime &removedBefore)
{
    return m_database.writer().write([time = removedBefore.toMSecsSinceEpoch()](store::Connection &connection) {
        return connection.execute(u"DELETE FROM agent_run WHERE removed > 0 AND removed < ?"_s, {time}).and_then([&] {
            return connection.execute(u"DELETE FROM agent_task WHERE removed > 0 AND removed < ?"_s, {time});
        });
    });
}

} // namespace quintet::agent
