// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/snapshot.h"

#include "store/connection.h"

#include <QFile>

#include <sqlite3.h>

namespace quintet::store {

Result<void> copyDatabase(const QString &path, const QString &copy)
{
    auto connection = Connection::open(path);
    if (!connection)
        return std::unexpected(connection.error());
    return connection->execute(QStringLiteral("VACUUM INTO ?"), {copy});
}

bool isDatabaseInUse(const QString &path)
{
    if (!QFile::exists(path))
        return false;
    sqlite3 *database = nullptr;
    // Only the last one to hold a database may take it out of WAL, https://sqlite.org/wal.html. No waiting for it.
    const bool isAlone =
        sqlite3_open_v2(path.toUtf8().constData(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK
        && sqlite3_exec(database, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_BUSY;
    sqlite3_close(database);
    return !isAlone;
}

} // namespace quintet::store
