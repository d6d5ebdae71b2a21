// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

#include <functional>

#include <QUrl>

class QSqlDatabase;

namespace quintet::agent {

/// A MySQL or MariaDB database, through Qt's driver. Statements are prepared by the server, which takes one at a time,
/// and run in a read-only transaction that is rolled back.
class MysqlSource final : public DataSource {
public:
    /// `url`: "mysql://user@host:port/database". An empty password: the one in the address, or none.
    MysqlSource(QUrl url, QString password, bool takesPowerful)
        : m_url(std::move(url)),
          m_password(std::move(password)),
          m_takesPowerful(takesPowerful)
    {
    }

    QString dialect() const override;
    Result<Grid> query(const Query &query, CancelToken token) const override;
    Result<Grid> tables(CancelToken token) const override;
    Result<Grid> columns(const QString &table, CancelToken token) const override;
    QString quoted(const QString &name) const override;

private:
    /// Calls `work` with a connection of its own that can only read.
    Result<Grid> connected(const Query &query, CancelToken token,
                           const std::function<Result<Grid>(QSqlDatabase &)> &work) const;
    Result<void> begin(QSqlDatabase &database, const Query &query) const;
    void kill(qint64 connection) const;
    QSqlDatabase made(const QString &name) const;

    QUrl m_url;
    QString m_password;
    bool m_takesPowerful;
};

} // namespace quintet::agent
