// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/sqlitesource.h"

#include "agent/database/sqlitehandle.h"

#include <QCoreApplication>
#include <QFile>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

QString SqliteSource::dialect() const
{
    return u"SQLite"_s;
}

QString SqliteSource::quoted(const QString &name) const
{
    return u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
}

Result<SqliteHandle> SqliteSource::open() const
{
    if (!m_path.isEmpty())
        return SqliteHandle::open(m_path);
    QFile script(u":/samples/shop.sql"_s);
    if (!script.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, tr("The sample shop is missing. Install Quintet again."));
    return SqliteHandle::inMemory(script.readAll());
}

Result<Grid> SqliteSource::query(const Query &query, CancelToken token) const
{
    return open().and_then([&](SqliteHandle handle) { return handle.query(query, token); });
}

Result<Grid> SqliteSource::tables(CancelToken token) const
{
    const QString sql = u"SELECT name AS \"table\", type AS kind, %1 AS columns FROM sqlite_schema s "
                        "WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"_s;
    auto grid = query(
        {.sql = sql.arg(u"(SELECT group_concat(name, ', ') FROM pragma_table_info(s.name))"_s), .rows = 500}, token);
    // A view whose tables are gone has no columns, and would hide all the others.
    if (!grid && grid.error().kind == ErrorKind::BadInput)
        grid = query({.sql = sql.arg(u"NULL"_s), .rows = 500}, token);
    return grid;
}

Result<Grid> SqliteSource::columns(const QString &table, CancelToken token) const
{
    auto grid =
        query({.sql = u"SELECT c.name AS \"column\", c.type AS type, NOT c.\"notnull\" AND NOT c.pk AS nullable, "
                      "c.pk > 0 AS key, max(f.\"table\" || '.' || coalesce(f.\"to\", 'rowid')) AS \"references\" "
                      "FROM pragma_table_info(?) c LEFT JOIN pragma_foreign_key_list(?) f ON f.\"from\" = c.name "
                      "GROUP BY c.cid ORDER BY c.cid"_s,
               .parameters = {table, table},
               .rows = 2'000},
              token);
    if (grid && grid->rows.empty())
        return failure(ErrorKind::BadInput,
                       tr("There is no table %1. Call list_tables to see which there are.").arg(table));
    if (grid) {
        for (QJsonArray &row : grid->rows) {
            row[2] = row[2].toInt() != 0;
            row[3] = row[3].toInt() != 0;
        }
    }
    return grid;
}

} // namespace quintet::agent
