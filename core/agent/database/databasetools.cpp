// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/databasetools.h"

#include "agent/argumentschema.h"
#include "agent/database/grids.h"
#include "base/onpool.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostRows = 1'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

ToolFacts factsOf(const QString &name, const QString &title, const QString &description, const QJsonObject &properties,
                  const QStringList &required)
{
    return {.name = name,
            .title = title,
            .group = u"database"_s,
            .description = description,
            .schema = argumentSchema(properties, required),
            .isUntrusted = true};
}

/// What the model is told of a result, with the way to the rows that are left out.
QString wordsFor(const Grid &grid, int skipped)
{
    const auto count = qsizetype(grid.rows.size());
    if (count == 0)
        return skipped ? u"No more rows."_s : u"No rows."_s;
    QString text = tableFrom(grid);
    if (!grid.isWhole)
        text += u"\nRows %1 to %2; there are more. To read on, call again with \"skip\": %2, or narrow the query."_s
                    .arg(skipped + 1)
                    .arg(skipped + count);
    return text;
}

} // namespace

ToolFacts QueryDatabase::facts() const
{
    const QJsonObject properties{
        {u"sql"_s,
         QJsonObject{{u"type"_s, u"string"_s},
                     {u"minLength"_s, 1},
                     {u"description"_s, u"one statement that reads, in the SQL of %1"_s.arg(m_source->dialect())}}},
        {u"parameters"_s,
         QJsonObject{
             {u"type"_s, u"array"_s},
             {u"items"_s, QJsonObject{{u"type"_s, QJsonArray{u"string"_s, u"number"_s, u"boolean"_s, u"null"_s}}}},
             {u"description"_s,
              u"values for the placeholders, in order; the first is written %1"_s.arg(m_source->placeholder())}}},
        {u"max_rows"_s, QJsonObject{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"maximum"_s, mostRows}}},
        {u"skip"_s, QJsonObject{{u"type"_s, u"integer"_s},
                                {u"minimum"_s, 0},
                                {u"description"_s, u"rows to leave out first, to read on"_s}}}};
    return factsOf(u"query_database"_s, tr("Query database"),
                   u"Asks the user's %1 database with one SQL statement and returns the rows as a table. The database "
                   "cannot be changed: only statements that read work. Look at the tables first. At most 100 rows come "
                   "back unless max_rows says otherwise, so aggregate in SQL."_s.arg(m_source->dialect()),
                   properties, {u"sql"_s});
}

Task<Result<ToolResult>> QueryDatabase::call(QJsonObject arguments, CancelToken token)
{
    const Query query{.sql = arguments[u"sql"].toString(),
                      .parameters = arguments[u"parameters"].toArray(),
                      .rows = arguments[u"max_rows"].toInt(Query().rows),
                      .skip = arguments[u"skip"].toInt()};
    const auto grid = co_await onPool([source = m_source, query, token] { return source->query(query, token); });
    if (!grid)
        co_return std::unexpected(grid.error());
    co_return ToolResult{.text = wordsFor(*grid, query.skip), .value = valueFrom(*grid), .grid = *grid};
}

ToolFacts ListTables::facts() const
{
    return factsOf(
        u"list_tables"_s, tr("List tables"),
        u"Lists the tables and views of the user's %1 database, each with its columns."_s.arg(m_source->dialect()), {},
        {});
}

Task<Result<ToolResult>> ListTables::call(QJsonObject, CancelToken token)
{
    const auto grid = co_await onPool([source = m_source, token] { return source->tables(token); });
    if (!grid)
        co_return std::unexpected(grid.error());
    co_return ToolResult{.text = wordsFor(*grid, 0), .value = valueFrom(*grid), .grid = *grid};
}

ToolFacts DescribeTable::facts() const
{
    return factsOf(
        u"describe_table"_s, tr("Describe table"),
        u"Describes one table or view of the user's database: the columns with their types and keys, and its "
        "first three rows."_s,
        {{u"table"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}}}}, {u"table"_s});
}

Task<Result<ToolResult>> DescribeTable::call(QJsonObject arguments, CancelToken token)
{
    const QString table = arguments[u"table"].toString();
    const auto columns = co_await onPool([source = m_source, table, token] { return source->columns(table, token); });
    if (!columns)
        co_return std::unexpected(columns.error());
    const Query first{.sql = u"SELECT * FROM "_s + m_source->quoted(table) + u" LIMIT 3"_s, .bytes = 4 << 10};
    const auto rows = co_await onPool([source = m_source, first, token] { return source->query(first, token); });
    ToolResult result{.text = tableFrom(*columns), .value = valueFrom(*columns), .grid = *columns};
    if (rows) {
        result.text += u"\nIts first rows:\n"_s + tableFrom(*rows);
        result.value[u"first"] = valueFrom(*rows)[u"rows"];
    }
    co_return result;
}

} // namespace quintet::agent
