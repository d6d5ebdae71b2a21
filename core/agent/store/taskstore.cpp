// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/store/taskstore.h"

#include <QJsonDocument>
#include <QSqlQuery>
#include <QTimeZone>

namespace quintet::agent {

using namespace Qt::StringLiterals;

QFuture<Result<void>> TaskStore::put(const TaskId &id, const QString &title, const QJsonObject &plan)
{
    const QString json = QString::fromUtf8(QJsonDocument(plan).toJson(QJsonDocument::Compact));
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    return m_database.writer().write([=](store::Connection &connection) {
        return connection.execute(u"INSERT INTO agent_task (id, title, created, plan) VALUES (?, ?, ?, ?) ON CONFLICT "
                                  "(id) DO UPDATE SET title = excluded.title, plan = excluded.plan"_s,
                                  {id.value, title.isNull() ? u""_s : title, now, json});
    });
}

QFuture<Result<void>> TaskStore::setRemoved(const TaskId &id, bool isRemoved)
{
    const qint64 when = isRemoved ? m_clock.now().toMSecsSinceEpoch() : 0;
    return m_database.writer().write([id, when](store::Connection &connection) {
        return connection.execute(u"UPDATE agent_task SET removed = ? WHERE id = ?"_s, {when, id.value});
    });
}

Result<std::vector<KeptTask>> TaskStore::all() const
{
    std::vector<KeptTask> tasks;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT id, title, created, plan FROM agent_task WHERE removed = 0 ORDER BY title COLLATE NOCASE"_s,
                {}, [&](const QSqlQuery &row) {
                    const QByteArray json = row.value(3).toString().toUtf8();
                    tasks.push_back({{row.value(0).toString()},
                                     row.value(1).toString(),
                                     QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong(), QTimeZone::UTC),
                                     QJsonDocument::fromJson(json).object()});
                });
        })
        .transform([&] { return tasks; });
}

} // namespace quintet::agent
