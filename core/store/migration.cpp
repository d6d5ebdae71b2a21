// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migration.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QStorageInfo>

namespace quintet::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("store", text);
}

struct Version {
    quint32 applicationId = 0;
    int number = 0;
    bool isEmpty = false; ///< no table yet
};

Result<Version> readVersion(Connection &connection)
{
    Version version;
    const auto application = connection.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return std::unexpected(application.error());
    const auto number = connection.value(QStringLiteral("PRAGMA user_version"));
    const auto tables = connection.value(QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    if (!number || !tables)
        return std::unexpected(number ? tables.error() : number.error());
    version.applicationId = application->toUInt();
    version.number = number->toInt();
    version.isEmpty = tables->toInt() == 0;
    return version;
}

Result<void> checkVersion(const Version &version, int newest, const Schema &schema, const QString &path)
{
    const QString file = QDir::toNativeSeparators(path);
    if (!version.isEmpty && version.applicationId != schema.applicationId)
        return failure(ErrorKind::Corrupt, tr("%1 is a database of another program. It was left as it is.").arg(file));
    if (version.number > newest) {
        return failure(ErrorKind::Storage, tr("%1 was written by a newer version of Quintet. It was left as it is; "
                                              "update Quintet, or name another folder with --data-dir.")
                                               .arg(file));
    }
    return {};
}

Result<void> backUp(Connection &connection, int version)
{
    const QString path = connection.path();
    const QString backup = QStringLiteral("%1.backup-v%2").arg(path).arg(version);
    const qint64 needed = 2 * QFileInfo(path).size() + 16 * 1024 * 1024;
    if (QStorageInfo(QFileInfo(path).absolutePath()).bytesAvailable() < needed) {
        return failure(ErrorKind::Storage, tr("There is no room for a backup of %1 before it is brought up to date: "
                                              "%2 MB are needed. Free some space, then start again.")
                                               .arg(QDir::toNativeSeparators(path))
                                               .arg(needed / (1024 * 1024)));
    }
    const QString temporary = backup + QStringLiteral(".tmp");
    QFile::remove(temporary);
    if (auto copied = connection.execute(QStringLiteral("VACUUM INTO ?"), {temporary}); !copied)
        return copied;
    QFile::remove(backup);
    if (!QFile::rename(temporary, backup))
        return failure(ErrorKind::Storage,
                       tr("The backup %1 cannot be written.").arg(QDir::toNativeSeparators(backup)));
    return {};
}

Result<void> apply(Connection &connection, const QString &scriptPath, int number, quint32 applicationId)
{
    QFile script(scriptPath);
    if (!script.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Corrupt, tr("The program lacks %1; install it again.").arg(scriptPath));
    const QByteArray sql = script.readAll();
    qCInfo(lcStore) << "migrating" << connection.path() << "to version" << number;
    return connection.transaction([&] {
        return connection.executeScript(sql).and_then([&] {
            return connection.executeScript("PRAGMA user_version = " + QByteArray::number(number)
                                            + "; PRAGMA application_id = " + QByteArray::number(applicationId));
        });
    });
}

Result<void> migrateLocked(const QString &path, const Schema &schema, const QStringList &scripts)
{
    auto connection = Connection::open(path);
    if (!connection)
        return std::unexpected(connection.error());
    const auto version = readVersion(*connection);
    if (!version)
        return std::unexpected(version.error());
    const int newest = static_cast<int>(scripts.size());
    if (auto checked = checkVersion(*version, newest, schema, path); !checked)
        return checked;
    if (version->number > 0 && version->number < newest) {
        if (auto backedUp = backUp(*connection, version->number); !backedUp)
            return backedUp;
    }
    for (int number = version->number + 1; number <= newest; ++number) {
        const QString script = schema.folder + QLatin1Char('/') + scripts.at(number - 1);
        if (auto applied = apply(*connection, script, number, schema.applicationId); !applied)
            return applied;
    }
    return {};
}

/// What can be told without opening the file for writing, so that a foreign or newer one keeps every byte.
Result<bool> isUpToDate(const QString &path, const Schema &schema, int newest)
{
    if (const QFileInfo info(path); !info.exists() || info.size() == 0)
        return false;
    auto connection = Connection::open(path, Connection::Mode::ReadOnly);
    if (!connection)
        return std::unexpected(connection.error());
    const auto version = readVersion(*connection);
    if (!version)
        return std::unexpected(version.error());
    if (auto checked = checkVersion(*version, newest, schema, path); !checked)
        return std::unexpected(checked.error());
    return version->number == newest;
}

} // namespace

Result<void> migrate(const QString &path, const Schema &schema)
{
    const QStringList scripts = QDir(schema.folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    const auto upToDate = isUpToDate(path, schema, static_cast<int>(scripts.size()));
    if (!upToDate)
        return std::unexpected(upToDate.error());
    if (*upToDate)
        return {};
    QLockFile lock(path + QStringLiteral(".lock"));
    lock.setStaleLockTime(0); // stale only when the process that made it is gone
    if (!lock.tryLock(60'000)) {
        return failure(ErrorKind::Storage,
                       tr("%1 cannot be brought up to date: it is locked by another Quintet, or its "
                          "folder cannot be written.")
                           .arg(QDir::toNativeSeparators(path)));
    }
    return migrateLocked(path, schema, scripts);
}

} // namespace quintet::store
