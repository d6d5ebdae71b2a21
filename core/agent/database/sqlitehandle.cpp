// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/sqlitehandle.h"

#include "agent/database/grids.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUrl>

#include <cmath>
#include <sqlite3.h>
#include <string_view>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int largestValue = 16 << 20;            ///< bytes that a statement may put together
constexpr qint64 mostMemory = 256LL << 20;        ///< bytes that it may take for sorting and the like
constexpr int instructionsBetweenChecks = 10'000; ///< of SQLite's machine, well under a millisecond

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

using Statement = std::unique_ptr<sqlite3_stmt, decltype([](sqlite3_stmt *statement) { sqlite3_finalize(statement); })>;

/// What only describes the schema.
bool mayPragma(const char *name, const char *argument)
{
    constexpr std::string_view allowed[] = {"table_info", "table_xinfo", "table_list",       "index_list",
                                            "index_info", "index_xinfo", "foreign_key_list", "database_list"};
    const std::string_view wanted(name ? name : "");
    return std::ranges::find(allowed, wanted) != std::end(allowed) && (argument || wanted == "table_list");
}

int authorize(void *, int action, const char *first, const char *second, const char *, const char *)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: {
        const std::string_view name(second ? second : "");
        return name == "load_extension" || name == "fts3_tokenizer" ? SQLITE_DENY : SQLITE_OK;
    }
    case SQLITE_PRAGMA: return mayPragma(first, second) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

/// Ends a statement once its time or memory is used up, or nobody waits for it any more.
class Watch final {
public:
    Watch(sqlite3 *handle, std::chrono::milliseconds time, CancelToken token)
        : m_handle(handle),
          m_time(time),
          m_token(std::move(token)),
          m_memory(sqlite3_memory_used())
    {
        m_timer.start();
        sqlite3_progress_handler(handle, instructionsBetweenChecks, check, this);
    }

    Q_DISABLE_COPY_MOVE(Watch)
    ~Watch() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }

    std::unexpected<Error> reason() const
    {
        if (m_token.stop_requested())
            return std::unexpected(cancelledError());
        if (m_tookMemory)
            return failure(ErrorKind::BadInput,
                           tr("The query was stopped: it needs too much memory. Let it look at fewer rows."));
        return failure(
            ErrorKind::BadInput,
            tr("The query was stopped after %1 s. Let it look at fewer rows.").arg(double(m_time.count()) / 1000));
    }

private:
    static int check(void *self)
    {
        auto *watch = static_cast<Watch *>(self);
        watch->m_tookMemory = sqlite3_memory_used() - watch->m_memory > mostMemory;
        return watch->m_tookMemory || watch->m_token.stop_requested()
               || watch->m_timer.elapsed() > watch->m_time.count();
    }

    sqlite3 *m_handle;
    std::chrono::milliseconds m_time;
    CancelToken m_token;
    qint64 m_memory;
    bool m_tookMemory = false;
    QElapsedTimer m_timer;
};

QJsonValue valueOf(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return qint64(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: {
        const double value = sqlite3_column_double(statement, column);
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue();
    }
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        return shortened(QByteArrayView(text, sqlite3_column_bytes(statement, column)));
    }
    case SQLITE_BLOB: return tr("(%1 bytes)").arg(sqlite3_column_bytes(statement, column));
    default: return {};
    }
}

int bind(sqlite3_stmt *statement, int index, const QJsonValue &value)
{
    if (value.isBool())
        return sqlite3_bind_int(statement, index, value.toBool());
    if (value.isDouble()) {
        const qint64 whole = value.toInteger();
        return double(whole) == value.toDouble() ? sqlite3_bind_int64(statement, index, whole)
                                                 : sqlite3_bind_double(statement, index, value.toDouble());
    }
    if (value.isString()) {
        const QByteArray text = value.toString().toUtf8();
        return sqlite3_bind_text64(statement, index, text.constData(), quint64(text.size()), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    }
    return sqlite3_bind_null(statement, index);
}

void limit(sqlite3 *handle)
{
    for (const auto &[what, most] :
         {std::pair(SQLITE_LIMIT_LENGTH, largestValue), std::pair(SQLITE_LIMIT_SQL_LENGTH, 100'000),
          std::pair(SQLITE_LIMIT_EXPR_DEPTH, 200), std::pair(SQLITE_LIMIT_COMPOUND_SELECT, 100),
          std::pair(SQLITE_LIMIT_ATTACHED, 0), std::pair(SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1'000),
          std::pair(SQLITE_LIMIT_TRIGGER_DEPTH, 1), std::pair(SQLITE_LIMIT_WORKER_THREADS, 0)})
        sqlite3_limit(handle, what, most);
}

} // namespace

void SqliteHandle::Close::operator()(sqlite3 *handle) const
{
    sqlite3_close_v2(handle);
}

std::unexpected<Error> SqliteHandle::error(int code) const
{
    const QString text = QString::fromUtf8(sqlite3_errmsg(m_handle.get()));
    switch (code & 0xff) {
    case SQLITE_AUTH:
    case SQLITE_READONLY:
        return failure(
            ErrorKind::BadInput,
            tr("The database is opened for reading only, and that is not reading: %1. Use a SELECT.").arg(text));
    case SQLITE_TOOBIG: return failure(ErrorKind::BadInput, tr("A value of the query is too large: %1.").arg(text));
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return failure(ErrorKind::Corrupt, tr("The file is no SQLite database, or a damaged one: %1.").arg(text));
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return failure(ErrorKind::Storage, tr("The database cannot be opened: %1. Check its rights.").arg(text));
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return failure(ErrorKind::Storage, tr("The database is held by another program. Try again."));
    default: return failure(ErrorKind::BadInput, tr("The database says: %1.").arg(text));
    }
}

Result<SqliteHandle> SqliteHandle::open(const QString &path)
{
    const QFileInfo file(path);
    const bool isAlone = !QFileInfo(file.absolutePath()).isWritable() && !QFileInfo::exists(path + u"-wal"_s);
    const QByteArray uri =
        "file:" + QUrl::toPercentEncoding(path, "/") + (isAlone ? "?mode=ro&immutable=1" : "?mode=ro");
    sqlite3 *raw = nullptr;
    const int code =
        sqlite3_open_v2(uri.constData(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    SqliteHandle handle((Pointer(raw)));
    if (code != SQLITE_OK)
        return handle.error(code);
    return handle.restrictToReading().transform([&handle] { return std::move(handle); });
}

Result<SqliteHandle> SqliteHandle::inMemory(const QByteArray &script)
{
    sqlite3 *raw = nullptr;
    int code =
        sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nullptr);
    SqliteHandle handle((Pointer(raw)));
    if (code == SQLITE_OK)
        code = sqlite3_exec(raw, script.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return handle.error(code);
    return handle.restrictToReading().transform([&handle] { return std::move(handle); });
}

Result<void> SqliteHandle::restrictToReading()
{
    sqlite3 *handle = m_handle.get();
    sqlite3_busy_timeout(handle, 2'000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    const int code =
        sqlite3_exec(handle, "PRAGMA query_only = 1; PRAGMA temp_store = MEMORY;", nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    limit(handle);
    sqlite3_set_authorizer(handle, authorize, nullptr);
    return {};
}

Result<Grid> SqliteHandle::query(const Query &query, CancelToken token)
{
    const Watch watch(m_handle.get(), query.time, token);
    const QByteArray sql = query.sql.toUtf8();
    sqlite3_stmt *raw = nullptr;
    const char *tail = nullptr;
    int code = sqlite3_prepare_v2(m_handle.get(), sql.constData(), int(sql.size()) + 1, &raw, &tail);
    const Statement statement(raw);
    if (code != SQLITE_OK)
        return (code & 0xff) == SQLITE_INTERRUPT ? watch.reason() : error(code);
    sqlite3_stmt *rest = nullptr;
    const bool isOne = sqlite3_prepare_v2(m_handle.get(), tail, -1, &rest, nullptr) == SQLITE_OK && !rest;
    sqlite3_finalize(rest);
    if (!raw || !isOne || sql.contains('\0'))
        return failure(ErrorKind::BadInput, tr("Give one SQL statement at a time."));
    if (!sqlite3_stmt_readonly(raw) || sqlite3_column_count(raw) == 0)
        return failure(ErrorKind::BadInput, tr("The database is opened for reading only. Use a SELECT."));
    if (sqlite3_bind_parameter_count(raw) != query.parameters.size())
        return failure(ErrorKind::BadInput, tr("The statement has %1 placeholders, and %2 parameters were given.")
                                                .arg(sqlite3_bind_parameter_count(raw))
                                                .arg(query.parameters.size()));
    for (int i = 0; i < query.parameters.size(); ++i)
        bind(raw, i + 1, query.parameters[i]);

    QStringList columns;
    for (int i = 0; i < sqlite3_column_count(raw); ++i)
        columns << QString::fromUtf8(sqlite3_column_name(raw, i));
    GridFiller filler(std::move(columns), query);
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
        const bool goesOn = filler.add([raw](int column) { return valueOf(raw, column); });
        if (!goesOn)
            return filler.take();
    }
    if (code == SQLITE_DONE)
        return filler.take();
    return (code & 0xff) == SQLITE_INTERRUPT ? watch.reason() : error(code);
}

} // namespace quintet::agent
