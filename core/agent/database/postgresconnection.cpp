// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/postgresconnection.h"

#include "agent/database/grids.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestRow = 32 << 20; ///< bytes of the network that one row may take

/// Volatile, and yet without effects.
constexpr const char *harmless[] = {
    "random",           "clock_timestamp",        "timeofday",     "gen_random_uuid", "uuid_generate_v4",
    "pg_relation_size", "pg_total_relation_size", "pg_table_size", "pg_indexes_size", "pg_database_size",
    "pg_column_size",   "random_normal",          "pg_typeof",     "currval",         "lastval"};

// Types, as in PostgreSQL's catalogue pg_type.
enum : unsigned { Bool = 16, Bytes = 17, Int8 = 20, Int2 = 21, Int4 = 23, Float4 = 700, Float8 = 701, Numeric = 1700 };

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QJsonValue valueOf(const PGresult *result, int column)
{
    if (PQgetisnull(result, 0, column))
        return {};
    const QByteArrayView text(PQgetvalue(result, 0, column), PQgetlength(result, 0, column));
    switch (PQftype(result, column)) {
    case Bool: return text == "t";
    case Int2:
    case Int4:
    case Int8: return text.toLongLong();
    case Float4:
    case Float8:
    case Numeric: {
        // What a double can't hold stays as it is written.
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        return isNumber && qIsFinite(value) && text.size() <= 16 ? QJsonValue(value) : QJsonValue(shortened(text));
    }
    case Bytes: return tr("(%1 bytes)").arg(std::max<qsizetype>(0, (text.size() - 2) / 2));
    default: return shortened(text);
    }
}

/// A parameter as text; nothing is null.
std::optional<QByteArray> textOf(const QJsonValue &value)
{
    if (value.isNull())
        return std::nullopt;
    return value.isString() ? value.toString().toUtf8() : value.toVariant().toString().toUtf8();
}

/// All words of a statement, in strings and comments too, as they might name functions.
QString wordsOf(const QString &sql)
{
    static const QRegularExpression word(u"[\\p{L}_][\\p{L}\\p{N}_$]*"_s);
    QStringList words;
    for (const auto &match : word.globalMatch(sql))
        words << match.captured().toLower() << match.captured();
    words.removeDuplicates();
    return u'{' + words.join(u',') + u'}';
}

} // namespace

void PostgresConnection::Finish::operator()(PGconn *connection) const
{
    PQfinish(connection);
}

void PostgresConnection::Clear::operator()(PGresult *result) const
{
    PQclear(result);
}

PostgresConnection::PostgresConnection(PGconn *connection, std::chrono::milliseconds time, CancelToken token)
    : m_connection(connection),
      m_deadline(std::chrono::steady_clock::now() + time),
      m_time(time),
      m_token(std::move(token))
{
}

Result<PostgresConnection> PostgresConnection::open(const QString &url, const QString &password, bool takesPowerful,
                                                    std::chrono::milliseconds time, CancelToken token)
{
    const QByteArray address = url.toUtf8();
    const QByteArray secret = password.toUtf8();
    std::vector<const char *> names{"dbname", "application_name", "client_encoding"};
    std::vector<const char *> values{address.constData(), "quintet", "UTF8"};
    if (!secret.isEmpty()) {
        names.push_back("password");
        values.push_back(secret.constData());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    PostgresConnection connection(PQconnectStartParams(names.data(), values.data(), 1), time, std::move(token));
    auto connected = connection.connect().and_then([&] { return connection.begin(takesPowerful); });
    if (!connected) {
        hideSecret(connected.error(), password);
        return std::unexpected(connected.error());
    }
    return connection;
}

Result<void> PostgresConnection::connect()
{
    PGconn *connection = m_connection.get();
    if (!connection)
        return failure(ErrorKind::Storage, tr("There is not enough memory."));
    for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK; state = PQconnectPoll(connection)) {
        if (state == PGRES_POLLING_FAILED || PQstatus(connection) == CONNECTION_BAD) {
            const bool isRefused = PQconnectionNeedsPassword(connection) || PQconnectionUsedPassword(connection);
            return failure(isRefused ? ErrorKind::Unauthorized : ErrorKind::Network,
                           tr("The PostgreSQL server cannot be asked: %1")
                               .arg(QString::fromUtf8(PQerrorMessage(connection)).trimmed()));
        }
        if (const auto ready = wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT); !ready)
            return ready;
    }
    PQsetNoticeReceiver(connection, [](void *, const PGresult *) { }, nullptr);
    return PQsetnonblocking(connection, 0) == 0 ? Result<void>() : error(nullptr);
}

Result<void> PostgresConnection::begin(bool takesPowerful)
{
    // The query for the account's rights is also the first of the transaction, after which it can't be made to write.
    const QByteArray timeout = "SET LOCAL statement_timeout = " + QByteArray::number(qint64(m_time.count()));
    for (const QByteArray &sql :
         {QByteArray("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"), timeout,
          QByteArray("SET LOCAL lock_timeout = 5000"), QByteArray("SET LOCAL escape_string_warning = off")}) {
        if (!PQsendQueryParams(m_connection.get(), sql.constData(), 0, nullptr, nullptr, nullptr, nullptr, 0))
            return error(nullptr);
        const auto answer = last();
        if (!answer)
            return std::unexpected(answer.error());
        if (PQresultStatus(answer->get()) != PGRES_COMMAND_OK)
            return error(answer->get());
    }
    const auto roles =
        query({.sql = u"SELECT rolname FROM pg_catalog.pg_roles "
                      "WHERE pg_catalog.pg_has_role(session_user, oid, 'MEMBER') AND (rolsuper OR rolname IN "
                      "('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))"_s},
              false);
    if (!roles)
        return std::unexpected(roles.error());
    if (!roles->rows.empty() && !takesPowerful)
        return failure(ErrorKind::Refused,
                       tr("This account may run programs or use files on the database server (%1), which a read-only "
                          "transaction does not prevent. Use an account that may only read.")
                           .arg(roles->rows[0][0].toString()));
    return {};
}

Result<void> PostgresConnection::checkFunctions(const QString &sql)
{
    if (sql.contains(u"U&"_s, Qt::CaseInsensitive))
        return failure(ErrorKind::BadInput,
                       tr("Names and strings with U& are not taken. Write the characters themselves."));
    QStringList allowed;
    for (const char *name : harmless)
        allowed << QString::fromLatin1(name);
    const auto found =
        query({.sql = u"SELECT DISTINCT proname FROM pg_catalog.pg_proc WHERE proname = ANY ($1::text[]) "
                      "AND provolatile = 'v' AND prokind <> 'a' AND NOT proname = ANY ($2::text[]) LIMIT 1"_s,
               .parameters = {wordsOf(sql), u'{' + allowed.join(u',') + u'}'}},
              false);
    if (!found)
        return std::unexpected(found.error());
    if (!found->rows.empty())
        return failure(ErrorKind::BadInput, tr("The function %1 may have effects beyond reading, and is not called.")
                                                .arg(found->rows[0][0].toString()));
    return {};
}

Result<Grid> PostgresConnection::query(const Query &query, bool isForeign)
{
    if (query.sql.contains(QChar(0)))
        return failure(ErrorKind::BadInput, tr("Give one SQL statement at a time."));
    if (isForeign) {
        if (const auto harms = checkFunctions(query.sql); !harms)
            return std::unexpected(harms.error());
    }
    return prepare(query).and_then([&] { return rows(query); });
}

/// A statement is taken only if the server finds that it gives rows: COMMIT, SET, COPY, DO and CALL do not.
Result<void> PostgresConnection::prepare(const Query &query)
{
    PGconn *connection = m_connection.get();
    if (!PQsendPrepare(connection, "", query.sql.toUtf8().constData(), 0, nullptr))
        return error(nullptr);
    const auto prepared = last();
    if (!prepared)
        return std::unexpected(prepared.error());
    if (PQresultStatus(prepared->get()) != PGRES_COMMAND_OK)
        return error(prepared->get());
    if (!PQsendDescribePrepared(connection, ""))
        return error(nullptr);
    const auto described = last();
    if (!described)
        return std::unexpected(described.error());
    if (PQresultStatus(described->get()) != PGRES_COMMAND_OK)
        return error(described->get());
    if (PQnfields(described->get()) == 0)
        return failure(ErrorKind::BadInput, tr("The database is opened for reading only. Use a SELECT."));
    if (PQnparams(described->get()) != query.parameters.size())
        return failure(ErrorKind::BadInput, tr("The statement has %1 placeholders, and %2 parameters were given.")
                                                .arg(PQnparams(described->get()))
                                                .arg(query.parameters.size()));
    return {};
}

Result<Grid> PostgresConnection::rows(const Query &query)
{
    std::vector<std::optional<QByteArray>> texts;
    for (const QJsonValue parameter : query.parameters)
        texts.push_back(textOf(parameter));
    std::vector<const char *> values;
    for (const auto &text : texts)
        values.push_back(text ? text->constData() : nullptr);
    if (!PQsendQueryPrepared(m_connection.get(), "", int(values.size()), values.data(), nullptr, nullptr, 0)
        || !PQsetSingleRowMode(m_connection.get()))
        return error(nullptr);
    std::optional<GridFiller> filler;
    for (;;) {
        const auto answer = next();
        if (!answer)
            return std::unexpected(answer.error());
        if (!*answer)
            return filler ? Result<Grid>(filler->take()) : error(nullptr);
        const PGresult *result = answer->get();
        const auto status = PQresultStatus(result);
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
            return error(result);
        if (!filler) {
            QStringList columns;
            for (int i = 0; i < PQnfields(result); ++i)
                columns << QString::fromUtf8(PQfname(result, i));
            filler.emplace(std::move(columns), query);
        }
        if (status == PGRES_SINGLE_TUPLE && !filler->add([result](int column) { return valueOf(result, column); })) {
            cancel();
            return filler->take();
        }
    }
}

Result<void> PostgresConnection::wait(short events)
{
    constexpr int longest = 50;
    for (;;) {
        if (m_token.stop_requested()) {
            cancel();
            return std::unexpected(cancelledError());
        }
        if (std::chrono::steady_clock::now() > m_deadline) {
            cancel();
            return failure(
                ErrorKind::BadInput,
                tr("The query was stopped after %1 s. Let it look at fewer rows.").arg(double(m_time.count()) / 1000));
        }
        pollfd socket{PQsocket(m_connection.get()), events, 0};
        if (socket.fd < 0 || ::poll(&socket, 1, longest) > 0)
            return {};
    }
}

Result<PostgresConnection::Answer> PostgresConnection::next()
{
    PGconn *connection = m_connection.get();
    for (qint64 bytes = 0; PQisBusy(connection);) {
        if (const auto ready = wait(POLLIN); !ready)
            return std::unexpected(ready.error());
        int waiting = 0;
        ::ioctl(PQsocket(connection), FIONREAD, &waiting);
        bytes += waiting;
        if (bytes > largestRow) {
            cancel();
            return failure(ErrorKind::BadInput, tr("A row of the query is too large."));
        }
        if (!PQconsumeInput(connection))
            return error(nullptr);
    }
    Answer answer(PQgetResult(connection));
    const auto status = answer ? PQresultStatus(answer.get()) : PGRES_COMMAND_OK;
    if (status == PGRES_COPY_OUT || status == PGRES_COPY_IN || status == PGRES_COPY_BOTH)
        return failure(ErrorKind::BadInput, tr("The database is opened for reading only. Use a SELECT."));
    return answer;
}

Result<PostgresConnection::Answer> PostgresConnection::last()
{
    Answer kept;
    for (;;) {
        auto answer = next();
        if (!answer || !*answer)
            return answer ? Result<Answer>(std::move(kept)) : std::unexpected(answer.error());
        kept = std::move(*answer);
    }
}

std::unexpected<Error> PostgresConnection::error(const PGresult *result) const
{
    const char *said = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const QString text = QString::fromUtf8(said ? said : PQerrorMessage(m_connection.get())).trimmed();
    const QByteArray state = result ? QByteArray(PQresultErrorField(result, PG_DIAG_SQLSTATE)) : QByteArray();
    if (state == "25006") // read_only_sql_transaction
        return failure(ErrorKind::BadInput,
                       tr("The database is opened for reading only, and that is not reading: %1.").arg(text));
    if (state == "57014") // query_canceled
        return failure(ErrorKind::BadInput, tr("The query was stopped: %1. Let it look at fewer rows.").arg(text));
    if (state.isEmpty() && PQstatus(m_connection.get()) == CONNECTION_BAD)
        return failure(ErrorKind::Network, tr("The PostgreSQL server hung up: %1").arg(text));
    const char *hint = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : nullptr;
    return failure(ErrorKind::BadInput,
                   tr("The database says: %1.").arg(text) + (hint ? u' ' + QString::fromUtf8(hint) : QString()));
}

void PostgresConnection::cancel()
{
    if (PQstatus(m_connection.get()) != CONNECTION_OK)
        return;
    if (PGcancel *handle = PQgetCancel(m_connection.get())) {
        char trouble[256];
        PQcancel(handle, trouble, sizeof trouble);
        PQfreeCancel(handle);
    }
}

} // namespace quintet::agent
