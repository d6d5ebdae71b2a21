// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"
#include "base/cancel.h"

#include <chrono>

namespace quintet::agent {

/// One statement, and how much may come of it.
struct Query {
    QString sql;
    QJsonArray parameters{};  ///< for its placeholders, in order: strings, numbers, bools, nulls
    int rows = 100;           ///< at most
    int skip = 0;             ///< rows to leave out first, to read on
    qint64 bytes = 128 << 10; ///< of UTF-8, in all cells together; a long cell is cut
    std::chrono::milliseconds time = std::chrono::seconds(15);
};

/// A database that can be asked and not changed, by the rights of the connection rather than by reading the statement.
///
/// Every call opens a connection of its own and may block until its time is up: for pool threads, any number at once.
/// Fails with BadInput and the database's own words where the statement is wrong, refused, or takes too long; with
/// Network or Unauthorized where there is no way to the database; with Cancelled within 100 ms of the token.
class DataSource {
public:
    virtual ~DataSource() = default;

    /// Whose SQL it speaks: "SQLite", "PostgreSQL", "MariaDB".
    virtual QString dialect() const = 0;

    /// How its first parameter is written.
    virtual QString placeholder() const { return QStringLiteral("?"); }

    virtual Result<Grid> query(const Query &query, CancelToken token) const = 0;

    /// Columns: table, kind ("table" or "view"), columns (their names, separated by commas).
    virtual Result<Grid> tables(CancelToken token) const = 0;

    /// Columns: column, type, nullable, key, references. BadInput where there is no such table.
    virtual Result<Grid> columns(const QString &table, CancelToken token) const = 0;

    /// The name as this database wants it quoted.
    virtual QString quoted(const QString &name) const = 0;
};

/// How to get into a database that asks for more than a file does.
struct DatabaseAccess {
    QString password;           ///< empty: as the address, or the environment, says
    bool takesPowerful = false; ///< also an account that may do more than use databases, which is refused otherwise
};

/// What `url` names: "sample" (the sample shop), an SQLite file, as a path or "sqlite:PATH", or a server's database,
/// "postgresql://USER@HOST/DATABASE" or "mysql://USER@HOST/DATABASE". Asks nothing yet. BadInput where it names nothing
/// that could be asked.
Result<std::shared_ptr<const DataSource>> dataSourceFor(const QString &url, const DatabaseAccess &access = {});

} // namespace quintet::agent
