// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace quintet::agent {

/// Rows and columns, as a query gives them.
struct Grid {
    QStringList columns;
    std::vector<QJsonArray> rows; ///< a value for each column: string, number, bool or null
    bool isWhole = true;          ///< false: there were more rows than the bounds allow

    bool operator==(const Grid &) const = default;
};

/// What a call does, or did, to one file.
struct FileChange {
    QString path;   ///< within the folder that the agent may work in
    QString before; ///< its text as it was; empty where it is new
    QString after;
    bool isNew = false;
    QString version; ///< names what was kept of the former text, to undo by; empty before it is done

    bool operator==(const FileChange &) const = default;
};

/// What came of a call.
struct ToolResult {
    QString text;                     ///< for the model, and for people where there is nothing better
    QJsonObject value;                ///< the same for a plan that goes on with it: {"rows":[...]}, {"value":12.5}
    std::optional<Grid> grid;         ///< of a query
    std::optional<FileChange> change; ///< of a call that wrote

    bool operator==(const ToolResult &) const = default;
};

QJsonObject toJson(const ToolResult &result);
ToolResult toolResultFrom(const QJsonObject &json);

} // namespace quintet::agent
