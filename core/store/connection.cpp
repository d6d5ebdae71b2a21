// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "base/id.h"
#include "base/log.h"

#include <QCoreApplication>
#include <QDir>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QStorageInfo>

#include <sqlite3.h>

namespace quintet::store {

namespace {

constexpr size_t mostStatements = 32;  // kept prepared
constexpr qint64 leastRoom = 64 << 10; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("store", text);
}

sqlite3 *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

Error sqliteError(int code, const QString &text, const QString &path)
{
    const QString file = QDir::toNativeSeparators(path);
    const QString detail = QStringLiteral("SQLite %1: %2").arg(code).arg(text);
    const Error full(ErrorKind::Storage,
                     tr("The disk that holds %1 is full. Free some space, then try again.").arg(file), detail);
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorKind::Corrupt,
                     tr("The database %1 is damaged. It was left as it is; put a backup in its place, or move it away "
                        "to start afresh.")
                         .arg(file),
                     detail);
    case SQLITE_FULL: return full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return Error(ErrorKind::Storage,
                     tr("%1 cannot be written. Check the rights of the file and its folder.").arg(file), detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(ErrorKind::Storage, tr("%1 is held by another program. Try again in a moment.").arg(file), detail);
    case SQLITE_IOERR:
        // Which is what SQLite says where there is no room for the index that processes share.
        if (const qint64 room = QStorageInfo(QFileInfo(path).absolutePath()).bytesAvailable();
            room >= 0 && room < leastRoom) // less than nothing: there is no such disk
            return full;
        [[fallthrough]];
    default: return Error(ErrorKind::Storage, tr("The database %1 refused: %2").arg(file, text), detail);
    }
}

Connection::Connection(QString path, QString name) : m_path(std::move(path)), m_name(std::move(name)) { }

Connection::Connection(Connection &&other) noexcept
    : m_path(std::move(other.m_path)),
      m_name(std::exchange(other.m_name, {})),
      m_statements(std::move(other.m_statements))
{
}

Connection::~Connection()
{
    if (m_name.isEmpty())
        return;
    m_statements.clear(); // before the database that they belong to
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<Connection> Connection::open(const QString &path, Mode mode)
{
    Connection connection(path, makeId());
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection.m_name);
    database.setDatabaseName(path);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
    if (mode == Mode::ReadOnly)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    database.setConnectOptions(options);
    if (!database.open()) {
        const QSqlError error = database.lastError();
        return std::unexpected(sqliteError(error.nativeErrorCode().toInt(), error.databaseText(), path));
    }
    if (auto prepared = connection.prepare(mode); !prepared)
        return std::unexpected(prepared.error());
    return connection;
}

Result<void> Connection::prepare(Mode mode)
{
    QByteArray pragmas = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;";
    if (mode == Mode::ReadWrite)
        pragmas += "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216;";
    return executeScript(pragmas);
}

Error Connection::errorOf(const QSqlQuery &query, const QString &sql) const
{
    const QSqlError error = query.lastError();
    qCWarning(lcStore) << "statement failed:" << sql << error.databaseText();
    return sqliteError(error.nativeErrorCode().toInt(), error.databaseText(), m_path);
}

/// One that was kept, or a new one; the caller's until it is kept again.
Result<QSqlQuery> Connection::prepared(const QString &sql)
{
    if (auto known = m_statements.extract(sql); !known.empty())
        return std::move(known.mapped());
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return std::unexpected(errorOf(query, sql));
    return query;
}

void Connection::keep(const QString &sql, QSqlQuery query)
{
    query.finish();
    if (m_statements.size() < mostStatements)
        m_statements.emplace(sql, std::move(query));
}

Result<void> Connection::run(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values.at(i));
    if (!query.exec())
        return std::unexpected(errorOf(query, query.lastQuery()));
    return {};
}

Result<void> Connection::execute(const QString &sql, const QVariantList &values)
{
    auto query = prepared(sql);
    if (!query)
        return std::unexpected(query.error());
    const Result<void> done = run(*query, values);
    keep(sql, std::move(*query));
    return done;
}

Result<void> Connection::select(const QString &sql, const QVariantList &values,
                                const std::function<void(const QSqlQuery &)> &row)
{
    auto query = prepared(sql);
    if (!query)
        return std::unexpected(query.error());
    if (auto done = run(*query, values); !done)
        return done;
    while (query->next())
        row(*query);
    const QSqlError error = query->lastError();
    keep(sql, std::move(*query));
    if (error.isValid())
        return std::unexpected(sqliteError(error.nativeErrorCode().toInt(), error.databaseText(), m_path));
    return {};
}

Result<QVariant> Connection::value(const QString &sql, const QVariantList &values)
{
    QVariant first;
    return select(sql, values,
                  [&first](const QSqlQuery &query) {
                      if (!first.isValid())
                          first = query.value(0);
                  })
        .transform([&first] { return first; });
}

Result<void> Connection::executeScript(const QByteArray &sql)
{
    char *message = nullptr;
    const int code =
        sqlite3_exec(handleOf(QSqlDatabase::database(m_name, false)), sql.constData(), nullptr, nullptr, &message);
    const QString text = QString::fromUtf8(message);
    sqlite3_free(message);
    if (code != SQLITE_OK)
        return std::unexpected(sqliteError(code, text, m_path));
    return {};
}

Result<void> Connection::transaction(const std::function<Result<void>()> &work)
{
    if (auto begun = executeScript("BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<void> result = work();
    if (result)
        result = executeScript("COMMIT");
    if (!result) {
        // SQLite may have rolled back by itself (disk full, I/O error); a second time does no harm.
        static_cast<void>(executeScript("ROLLBACK"));
    }
    return result;
}

bool Connection::isInTransaction()
{
    return sqlite3_get_autocommit(handleOf(QSqlDatabase::database(m_name, false))) == 0;
}

qint64 Connection::changes()
{
    return sqlite3_changes64(handleOf(QSqlDatabase::database(m_name, false)));
}

} // namespace quintet::store
