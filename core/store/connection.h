// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <map>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace quintet::store {

/// The error for a failed statement: what SQLite says, put as what the user can do. `code` is an SQLite result code.
Error sqliteError(int code, const QString &text, const QString &path);

/// One connection to an SQLite file, for the thread that opened it and no other. WAL, foreign keys on, waits up to
/// 10 s for other processes.
class Connection final {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens `path`, making the file if it is not there (ReadWrite). Fails with Storage, or with Corrupt where the
    /// file is not a database.
    static Result<Connection> open(const QString &path, Mode mode = Mode::ReadWrite);

    Connection(Connection &&other) noexcept;
    Connection &operator=(Connection &&) = delete;
    Q_DISABLE_COPY(Connection)
    ~Connection();

    QString path() const { return m_path; }

    /// Runs one statement with `values` bound to its question marks, in order.
    Result<void> execute(const QString &sql, const QVariantList &values = {});

    /// Runs one query and calls `row` for each row, with the query standing on it.
    Result<void> select(const QString &sql, const QVariantList &values,
                        const std::function<void(const QSqlQuery &)> &row);

    /// The first column of the first row, or an invalid variant where there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    /// Runs a script of any number of statements.
    Result<void> executeScript(const QByteArray &sql);

    /// Runs `work` between BEGIN IMMEDIATE and COMMIT; all of it stands, or, if it or the commit fails, none.
    Result<void> transaction(const std::function<Result<void>()> &work);

    /// Whether a transaction is open; SQLite closes one by itself after a full disk or an I/O error.
    bool isInTransaction();

    /// Rows changed by the last statement.
    qint64 changes();

private:
    struct Finalize {
        void operator()(sqlite3_stmt *command) const;
    };
    using Command = std::unique_ptr<sqlite3_stmt, Finalize>;

    Connection(QString path, QString name);
    Result<Command> command(const QString &sql);
    void keep(const QString &sql, Command command);
    Result<void> run(QSqlQuery &query, const QVariantList &values);
    Result<QSqlQuery> prepared(const QString &sql);
    void keep(const QString &sql, QSqlQuery query);
    Error errorOf(int code, const QString &sql) const;
    Error errorOf(const QSqlQuery &query, const QString &sql) const;
    Result<void> prepare(Mode mode);

    QString m_path;
    QString m_name;                         ///< of the QSqlDatabase; empty once moved from
    sqlite3 *m_handle = nullptr;            ///< of the same
    std::map<QString, QSqlQuery> m_queries; ///< prepared: the same few run again and again
    std::map<QString, Command> m_commands;  ///< the same of statements that give no rows
};

} // namespace quintet::store
