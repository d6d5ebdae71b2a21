// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

namespace quintet::agent {

class SqliteHandle;

/// An SQLite file, or the sample shop, which is made anew in memory for each call.
class SqliteSource final : public DataSource {
public:
    explicit SqliteSource(QString path) : m_path(std::move(path)) { }
    static SqliteSource sample() { return SqliteSource({}); }

    QString dialect() const override;
    Result<Grid> query(const Query &query, CancelToken token) const override;
    Result<Grid> tables(CancelToken token) const override;
    Result<Grid> columns(const QString &table, CancelToken token) const override;
    QString quoted(const QString &name) const override;

private:
    Result<SqliteHandle> open() const;

    QString m_path; ///< empty for the sample
};

} // namespace quintet::agent
