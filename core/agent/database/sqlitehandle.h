// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

struct sqlite3;

namespace quintet::agent {

/// A connection to SQLite that can't write: opened read-only, and held to reading by query_only, an authorizer and
/// limits, within a time and an amount of memory. For the thread that opened it.
class SqliteHandle final {
public:
    /// Opens the file at `path`; `immutable` where nothing may be written beside it.
    static Result<SqliteHandle> open(const QString &path);

    /// A database in memory, made by `script`, and held to reading from then on.
    static Result<SqliteHandle> inMemory(const QByteArray &script);

    /// Runs one statement. Fails as DataSource::query().
    Result<Grid> query(const Query &query, CancelToken token);

private:
    struct Close {
        void operator()(sqlite3 *handle) const;
    };
    using Pointer = std::unique_ptr<sqlite3, Close>;

    explicit SqliteHandle(Pointer handle) : m_handle(std::move(handle)) { }
    Result<void> restrictToReading();
    std::unexpected<Error> error(int code) const;

    Pointer m_handle;
};

} // namespace quintet::agent
