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

constexpr size_t mostStatements = 32;  // kept prepared, of either kind
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

/// Binds numbers, strings, bytes and NULL as Qt's driver does, all else by its text; `value` must outlive the run of
/// the statement.
int bindAt(sqlite3_stmt *command, int index, const QVariant &value)
{
    if (value.isNull())
        return sqlite3_bind_null(command, index);
    switch (value.typeId()) {
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::LongLong: return sqlite3_bind_int64(command, index, value.toLongLong());
    case QMetaType::Double: return sqlite3_bind_double(command, index, value.toDouble());
    case QMetaType::QByteArray: {
        const auto &bytes = *static_cast<const QByteArray *>(value.constData());
        return bytes.isNull() ? sqlite3_bind_null(command, index)
                              : sqlite3_bind_blob64(command, index, bytes.constData(),
                                                    static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC);
    }
    default: {
        const QString text = value.toString(); // of a string, its own characters
        const auto lifetime = value.typeId() == QMetaType::QString ? SQLITE_STATIC : SQLITE_TRANSIENT;
        return text.isNull() ? sqlite3_bind_null(command, index)
                             : sqlite3_bind_text64(command, index, reinterpret_cast<const char *>(text.constData()),
                                                   static_cast<sqlite3_uint64>(text.size()) * sizeof(char16_t),
                                                   lifetime, SQLITE_UTF16);
    }
    }
}

/// Binds `values` and runs the statement to its end; an SQLite result code.
int runWith(sqlite3_stmt *command, const QVariantList &values)
{
    if (sqlite3_bind_parameter_count(command) != values.size())
        return SQLITE_RANGE;
    int index = 0;
    for (const QVariant &value : values) {
        if (const int code = bindAt(command, ++index, value); code != SQLITE_OK)
            return code;
    }
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(command);
    return code;
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
      m_handle(other.m_handle),
      m_queries(std::move(other.m_queries)),
      m_commands(std::move(other.m_commands))
{
}

Connection::~Connection()
{
    if (m_name.isEmpty())
        return;
    m_queries.clear(); // before the database that they belong to
    m_commands.clear();
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
    connection.m_handle = handleOf(database);
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

Error Connection::errorOf(int code, const QString &sql) const
{
    const bool isLast = code == sqlite3_extended_errcode(m_handle);
    const QString text = QString::fromUtf8(isLast ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code));
    qCWarning(lcStore) << "statement failed:" << sql << text;
    return sqliteError(code, text, m_path);
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
    if (auto known = m_queries.extract(sql); !known.empty())
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
    if (m_queries.size() < mostStatements)
        m_queries.emplace(sql, std::move(query));
}

Result<void> Connection::run(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values.at(i));
    if (!query.exec())
        return std::unexpected(errorOf(query, query.lastQuery()));
    return {};
}

void Connection::Finalize::operator()(sqlite3_stmt *command) const
{
    sqlite3_finalize(command);
}

/// As prepared(), for what gives no rows.
Result<Connection::Command> Connection::command(const QString &sql)
{
    if (auto known = m_commands.extract(sql); !known.empty())
        return std::move(known.mapped());
    sqlite3_stmt *made = nullptr;
    const char *rest = nullptr;
    const QByteArray text = sql.toUtf8();
    const int code = sqlite3_prepare_v2(m_handle, text.constData(), static_cast<int>(text.size()) + 1, &made, &rest);
    Command one(made);
    if (code != SQLITE_OK)
        return std::unexpected(errorOf(code, sql));
    if (!QByteArrayView(rest).trimmed().isEmpty()) // a second statement, which nobody would run
        return std::unexpected(errorOf(SQLITE_MISUSE, sql));
    return one;
}

void Connection::keep(const QString &sql, Command command)
{
    sqlite3_reset(command.get());
    sqlite3_clear_bindings(command.get()); // which are the caller's
    if (m_commands.size() < mostStatements)
        m_commands.emplace(sql, std::move(command));
}

/// Goes by SQLite's own functions: QSqlQuery makes up a name for each value that it binds, each time, which takes
/// longer than the statement itself.
Result<void> Connection::execute(const QString &sql, const QVariantList &values)
{
    auto statement = command(sql);
    if (!statement)
        return std::unexpected(statement.error());
    const int code = runWith(statement->get(), values);
    const Result<void> done = code == SQLITE_DONE ? Result<void>() : std::unexpected(errorOf(code, sql));
    keep(sql, std::move(*statement));
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
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, &message);
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
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Connection::changes()
{
    return sqlite3_changes64(m_handle);
}

} // namespace quintet::store
