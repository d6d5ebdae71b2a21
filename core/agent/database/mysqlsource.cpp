// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/mysqlsource.h"

#include "agent/database/grids.h"
#include "base/id.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QtConcurrentRun>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

// Errors, as in MySQL's server error reference.
enum {
    AccessDenied = 1045,
    QueryInterrupted = 1317,
    TimedOutMysql = 3024,
    TimedOutMariaDb = 1969,
    ReadOnlyTransaction = 1792
};

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

Error errorFrom(const QSqlError &error, bool isConnecting)
{
    const QString text = error.databaseText();
    switch (error.nativeErrorCode().toInt()) {
    case AccessDenied:
        return Error(ErrorKind::Unauthorized, tr("The database server refuses the account: %1").arg(text));
    case QueryInterrupted:
    case TimedOutMysql:
    case TimedOutMariaDb:
        return Error(ErrorKind::BadInput, tr("The query was stopped: it took too long. Let it look at fewer rows."));
    case ReadOnlyTransaction:
        return Error(ErrorKind::BadInput,
                     tr("The database is opened for reading only, and that is not reading: %1.").arg(text));
    default: break;
    }
    if (isConnecting)
        return Error(ErrorKind::Network,
                     tr("The database server cannot be asked: %1").arg(text.isEmpty() ? error.driverText() : text));
    return Error(ErrorKind::BadInput, tr("The database says: %1.").arg(text));
}

/// A read-only transaction does not keep a SELECT from writing files or taking locks, and DDL would end it: a statement
/// must read from its first word on, and call nothing that reaches outside.
Result<void> checkStatement(const Query &query)
{
    const QString &sql = query.sql;
    static const QRegularExpression reading(u"^[\\s(]*(SELECT|WITH|VALUES|TABLE|SHOW|DESCRIBE|DESC|EXPLAIN)\\b"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression reaching(
        u"\\b(INTO|OUTFILE|DUMPFILE|LOAD_FILE|SLEEP|BENCHMARK|GET_LOCK|RELEASE_LOCK|RELEASE_ALL_LOCKS|IS_FREE_LOCK|"
        "MASTER_POS_WAIT|MASTER_GTID_WAIT|SETVAL|NEXTVAL|LASTVAL|LAST_INSERT_ID|SYS_EXEC|SYS_EVAL|FOR\\s+UPDATE|"
        "LOCK\\s+IN\\s+SHARE\\s+MODE|ANALYZE|UPDATE|DELETE|INSERT|REPLACE\\s+INTO)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression strings(u"'(?:[^'\\\\]|\\\\.|'')*'"_s);
    // A comment of MySQL's may hold what is carried out.
    if (sql.contains(u"/*!"_s) || sql.contains(u"/*M!"_s))
        return failure(ErrorKind::BadInput, tr("Comments that hold statements are not taken."));
    if (!reading.match(sql).hasMatch())
        return failure(ErrorKind::BadInput, tr("The database is opened for reading only. Use a SELECT."));
    if (const auto match = reaching.match(QString(sql).replace(strings, u"''"_s)); match.hasMatch())
        return failure(ErrorKind::BadInput,
                       tr("The database is opened for reading only, and %1 is not taken.").arg(match.captured()));
    // The driver passes over values that are too many.
    static const QRegularExpression quotedText(u"'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`[^`]*`"_s);
    const qsizetype places = QString(sql).remove(quotedText).count(u'?');
    if (places != query.parameters.size())
        return failure(ErrorKind::BadInput, tr("The statement has %1 placeholders, and %2 parameters were given.")
                                                .arg(places)
                                                .arg(query.parameters.size()));
    return {};
}

QJsonValue jsonFrom(const QVariant &value)
{
    if (value.isNull())
        return {};
    switch (value.typeId()) {
    case QMetaType::Bool: return value.toBool();
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong: return value.toLongLong();
    case QMetaType::Double: return value.toDouble();
    case QMetaType::QDate: return value.toDate().toString(Qt::ISODate);
    case QMetaType::QTime: return value.toTime().toString(Qt::ISODateWithMs);
    case QMetaType::QDateTime: return value.toDateTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    case QMetaType::QByteArray: return tr("(%1 bytes)").arg(value.toByteArray().size());
    default: return shortened(value.toString().toUtf8());
    }
}

Result<Grid> rows(QSqlDatabase &database, const Query &query)
{
    QSqlQuery statement(database);
    statement.setForwardOnly(true);
    statement.setNumericalPrecisionPolicy(QSql::LowPrecisionDouble);
    if (!statement.prepare(query.sql))
        return std::unexpected(errorFrom(statement.lastError(), false));
    for (const QJsonValue parameter : query.parameters)
        statement.addBindValue(parameter.toVariant());
    if (!statement.exec())
        return std::unexpected(errorFrom(statement.lastError(), false));
    if (!statement.isSelect())
        return failure(ErrorKind::BadInput, tr("The database is opened for reading only. Use a SELECT."));
    const QSqlRecord record = statement.record();
    QStringList columns;
    for (int i = 0; i < record.count(); ++i)
        columns << record.fieldName(i);
    GridFiller filler(std::move(columns), query);
    while (statement.next()) {
        if (!filler.add([&statement](int column) { return jsonFrom(statement.value(column)); }))
            return filler.take();
    }
    if (statement.lastError().isValid())
        return std::unexpected(errorFrom(statement.lastError(), false));
    return filler.take();
}

} // namespace

QString MysqlSource::dialect() const
{
    return u"MariaDB or MySQL"_s;
}

QString MysqlSource::quoted(const QString &name) const
{
    return u'`' + QString(name).replace(u'`', u"``"_s) + u'`';
}

QSqlDatabase MysqlSource::made(const QString &name) const
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QMYSQL"_s, name);
    database.setHostName(m_url.host());
    database.setPort(m_url.port(3306));
    database.setUserName(m_url.userName());
    database.setPassword(m_password.isEmpty() ? m_url.password() : m_password);
    database.setDatabaseName(m_url.path().mid(1));
    // Without LOCAL INFILE, through which a server could ask for files of this computer.
    database.setConnectOptions(u"MYSQL_OPT_CONNECT_TIMEOUT=10;MYSQL_OPT_READ_TIMEOUT=30;MYSQL_OPT_LOCAL_INFILE=0"_s);
    return database;
}

Result<void> MysqlSource::begin(QSqlDatabase &database, const Query &query) const
{
    QSqlQuery sql(database);
    // MariaDB counts seconds, MySQL milliseconds; each knows only its own.
    if (!sql.exec(u"SET SESSION max_statement_time = %1"_s.arg(double(query.time.count()) / 1000)))
        sql.exec(u"SET SESSION max_execution_time = %1"_s.arg(query.time.count()));
    QStringList rights;
    for (bool isRow = sql.exec(u"SHOW GRANTS"_s) && sql.next(); isRow; isRow = sql.next())
        rights << sql.value(0).toString();
    static const QRegularExpression powerful(u"^GRANT (?:.*, )?(FILE|SUPER|ALL PRIVILEGES)\\b.* ON \\*\\.\\*"_s);
    const bool isPowerful =
        std::ranges::any_of(rights, [](const QString &right) { return powerful.match(right).hasMatch(); });
    if ((isPowerful || rights.isEmpty()) && !m_takesPowerful)
        return failure(ErrorKind::Refused, tr("This account may use files on the database server, which a read-only "
                                              "transaction does not prevent. Use an account that may only read."));
    if (!sql.exec(u"START TRANSACTION READ ONLY"_s))
        return std::unexpected(errorFrom(sql.lastError(), false));
    return {};
}

/// From a connection of its own, as the statement's is waiting.
void MysqlSource::kill(qint64 connection) const
{
    const QString name = makeId();
    {
        QSqlDatabase database = made(name);
        if (database.open())
            QSqlQuery(database).exec(u"KILL QUERY %1"_s.arg(connection));
    }
    QSqlDatabase::removeDatabase(name);
}

Result<Grid> MysqlSource::connected(const Query &query, CancelToken token,
                                    const std::function<Result<Grid>(QSqlDatabase &)> &work) const
{
    if (!QSqlDatabase::isDriverAvailable(u"QMYSQL"_s))
        return failure(ErrorKind::Storage, tr("Qt's driver for MySQL is missing. Install libqt6sql6-mysql."));
    const QString name = makeId();
    Result<Grid> result;
    {
        QSqlDatabase database = made(name);
        if (!database.open()) {
            result = std::unexpected(errorFrom(database.lastError(), true));
            hideSecret(result.error(), database.password());
        } else if (const auto begun = begin(database, query); !begun) {
            result = std::unexpected(begun.error());
        } else {
            QSqlQuery id(database);
            const qint64 connection = id.exec(u"SELECT CONNECTION_ID()"_s) && id.next() ? id.value(0).toLongLong() : 0;
            const std::stop_callback onCancel(token, [self = *this, connection] {
                (void)QtConcurrent::run([self, connection] { self.kill(connection); });
            });
            result = work(database);
            database.rollback();
        }
    }
    QSqlDatabase::removeDatabase(name);
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    return result;
}

Result<Grid> MysqlSource::query(const Query &query, CancelToken token) const
{
    if (const auto fits = checkStatement(query); !fits)
        return std::unexpected(fits.error());
    return connected(query, std::move(token), [&query](QSqlDatabase &database) { return rows(database, query); });
}

Result<Grid> MysqlSource::tables(CancelToken token) const
{
    const Query query{
        .sql = u"SELECT t.table_name AS `table`, IF(t.table_type LIKE '%VIEW', 'view', 'table') AS kind, "
               "GROUP_CONCAT(c.column_name ORDER BY c.ordinal_position SEPARATOR ', ') AS columns "
               "FROM information_schema.tables t JOIN information_schema.columns c "
               "ON c.table_schema = t.table_schema AND c.table_name = t.table_name "
               "WHERE t.table_schema = DATABASE() GROUP BY t.table_name, t.table_type ORDER BY t.table_name"_s,
        .rows = 500};
    return connected(query, std::move(token), [&query](QSqlDatabase &database) { return rows(database, query); });
}

Result<Grid> MysqlSource::columns(const QString &table, CancelToken token) const
{
    const Query query{
        .sql = u"SELECT c.column_name AS `column`, c.column_type AS type, c.is_nullable AS nullable, "
               "c.column_key AS `key`, (SELECT CONCAT(k.referenced_table_name, '.', k.referenced_column_name) "
               "FROM information_schema.key_column_usage k WHERE k.table_schema = c.table_schema "
               "AND k.table_name = c.table_name AND k.column_name = c.column_name "
               "AND k.referenced_table_name IS NOT NULL LIMIT 1) AS `references` "
               "FROM information_schema.columns c "
               "WHERE c.table_schema = DATABASE() AND c.table_name = ? ORDER BY c.ordinal_position"_s,
        .parameters = {table},
        .rows = 2'000};
    auto grid = connected(query, std::move(token), [&query](QSqlDatabase &database) { return rows(database, query); });
    if (grid && grid->rows.empty())
        return failure(ErrorKind::BadInput,
                       tr("There is no table %1. Call list_tables to see which there are.").arg(table));
    if (grid) {
        for (QJsonArray &row : grid->rows) {
            row[2] = row[2].toString() == u"YES";
            row[3] = row[3].toString() == u"PRI";
        }
    }
    return grid;
}

} // namespace quintet::agent
