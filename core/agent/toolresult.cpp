// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/toolresult.h"

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QJsonObject toJson(const Grid &grid)
{
    QJsonArray rows;
    for (const QJsonArray &row : grid.rows)
        rows.append(row);
    return {{u"columns"_s, QJsonArray::fromStringList(grid.columns)}, {u"rows"_s, rows}, {u"whole"_s, grid.isWhole}};
}

Grid gridFrom(const QJsonObject &json)
{
    Grid grid;
    for (const QJsonValue column : json[u"columns"].toArray())
        grid.columns << column.toString();
    for (const QJsonValue row : json[u"rows"].toArray())
        grid.rows.push_back(row.toArray());
    grid.isWhole = json[u"whole"].toBool(true);
    return grid;
}

QJsonObject toJson(const FileChange &change)
{
    return {{u"path"_s, change.path},
            {u"before"_s, change.before},
            {u"after"_s, change.after},
            {u"new"_s, change.isNew},
            {u"version"_s, change.version}};
}

FileChange changeFrom(const QJsonObject &json)
{
    return {.path = json[u"path"].toString(),
            .before = json[u"before"].toString(),
            .after = json[u"after"].toString(),
            .isNew = json[u"new"].toBool(),
            .version = json[u"version"].toString()};
}

} // namespace

QJsonObject toJson(const ToolResult &result)
{
    QJsonObject json{{u"text"_s, result.text}};
    if (!result.value.isEmpty())
        json[u"value"] = result.value;
    if (result.grid)
        json[u"grid"] = toJson(*result.grid);
    if (result.change)
        json[u"change"] = toJson(*result.change);
    return json;
}

ToolResult toolResultFrom(const QJsonObject &json)
{
    ToolResult result{.text = json[u"text"].toString(), .value = json[u"value"].toObject(), .grid = {}, .change = {}};
    if (json.contains(u"grid"))
        result.grid = gridFrom(json[u"grid"].toObject());
    if (json.contains(u"change"))
        result.change = changeFrom(json[u"change"].toObject());
    return result;
}

} // namespace quintet::agent
