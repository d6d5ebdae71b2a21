// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

namespace quintet::agent {

/// A PostgreSQL database.
class PostgresSource final : public DataSource {
public:
    /// `url`: "postgresql://user@host:port/database?sslmode=require", as libpq takes it. An empty password leaves it to
    /// libpq to find one (PGPASSWORD, ~/.pgpass).
    PostgresSource(QString url, QString password, bool takesPowerful)
        : m_url(std::move(url)),
          m_password(std::move(password)),
          m_takesPowerful(takesPowerful)
    {
    }

    QString dialect() const override;
    QString placeholder() const override;
    Result<Grid> query(const Query &query, CancelToken token) const override;
    Result<Grid> tables(CancelToken token) const override;
    Result<Grid> columns(const QString &table, CancelToken token) const override;
    QString quoted(const QString &name) const override;

private:
    Result<Grid> asked(const Query &query, bool isForeign, CancelToken token) const;

    QString m_url;
    QString m_password;
    bool m_takesPowerful;
};

} // namespace quintet::agent
