// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/postgressource.h"

#include "agent/database/postgresconnection.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

/// Each table that the account may read, under the name that a statement can use.
const QString named =
    u"(SELECT c.oid, c.relkind, CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname::text "
    "ELSE n.nspname || '.' || c.relname END AS name FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') "
    "AND n.nspname NOT LIKE 'pg\\_%' AND pg_catalog.has_table_privilege(c.oid, 'SELECT')) AS t"_s;

} // namespace

QString PostgresSource::dialect() const
{
    return u"PostgreSQL"_s;
}

QString PostgresSource::placeholder() const
{
    return u"$1"_s;
}

QString PostgresSource::quoted(const QString &name) const
{
    QStringList parts;
    for (QString part : name.split(u'.'))
        parts << u'"' + part.replace(u'"', u"\"\""_s) + u'"';
    return parts.join(u'.');
}

Result<Grid> PostgresSource::asked(const Query &query, bool isForeign, CancelToken token) const
{
    return PostgresConnection::open(m_url, m_password, m_takesPowerful, query.time, std::move(token))
        .and_then([&](PostgresConnection connection) { return connection.query(query, isForeign); });
}

Result<Grid> PostgresSource::query(const Query &query, CancelToken token) const
{
    return asked(query, true, std::move(token));
}

Result<Grid> PostgresSource::tables(CancelToken token) const
{
    return asked(
        {.sql = u"SELECT name AS \"table\", CASE WHEN relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind, "
                "(SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute "
                "WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped) AS columns FROM "_s
                + named + u" ORDER BY name"_s,
         .rows = 500},
        false, std::move(token));
}

Result<Grid> PostgresSource::columns(const QString &table, CancelToken token) const
{
    auto grid = asked(
        {.sql = u"SELECT a.attname AS \"column\", pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, "
                "NOT a.attnotnull AS nullable, "
                "EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p' "
                "AND a.attnum = ANY (k.conkey)) AS key, "
                "(SELECT f.confrelid::regclass::text FROM pg_catalog.pg_constraint f WHERE f.conrelid = t.oid "
                "AND f.contype = 'f' AND a.attnum = ANY (f.conkey) LIMIT 1) AS \"references\" FROM "_s
                + named
                + u" JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
                  "WHERE t.name = $1 ORDER BY a.attnum"_s,
         .parameters = {table},
         .rows = 2'000},
        false, std::move(token));
    if (grid && grid->rows.empty())
        return failure(ErrorKind::BadInput,
                       tr("There is no table %1. Call list_tables to see which there are.").arg(table));
    return grid;
}

} // namespace quintet::agent
