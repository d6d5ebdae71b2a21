// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/filestore.h"

#include "base/onpool.h"
#include "batch/item.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSqlQuery>

namespace quintet::batch {

using namespace Qt::StringLiterals;

namespace {

/// Of a row `f` of batch_file, as seen by the run that is bound.
const QString belongsToAnother = u"EXISTS (SELECT 1 FROM batch_run r WHERE r.number = f.item >> 32 AND r.number <> ? "
                                 "AND r.state NOT IN ('complete', 'failed', 'cancelled'))"_s;

} // namespace

Result<store::Connection *> FileStore::reader()
{
    if (!m_reader) {
        auto opened = m_database.reader();
        if (!opened)
            return std::unexpected(opened.error());
        m_reader.emplace(std::move(*opened));
    }
    return &*m_reader;
}

QVariant FileStore::column(const QString &name, const QString &path)
{
    return reader()
        .and_then([&](store::Connection *connection) {
            return connection->value(u"SELECT %1 FROM batch_file WHERE path = ?"_s.arg(name), {path});
        })
        .value_or(QVariant());
}

bool FileStore::isAnothers(const QString &path, qint64 runNumber)
{
    return reader()
        .and_then([&](store::Connection *connection) {
            return connection->value(u"SELECT 1 FROM batch_file f WHERE path = ? AND "_s + belongsToAnother,
                                     {path, runNumber});
        })
        .value_or(QVariant())
        .isValid();
}

Result<bool> FileStore::take(store::Connection &connection, const QString &path, qint64 item, const QByteArray &digest)
{
    return connection
        .execute(u"INSERT INTO batch_file AS f (path, item, digest) VALUES (?, ?, ?) "
                 "ON CONFLICT (path) DO UPDATE SET item = excluded.item, digest = excluded.digest WHERE NOT "_s
                     + belongsToAnother,
                 {path, item, digest, item >> 32})
        .transform([&connection] { return connection.changes() > 0; });
}

bool FileStore::isOurs(const QString &path)
{
    const QVariant digest = column(u"digest"_s, path);
    QFile file(path);
    if (!digest.isValid() || !file.open(QIODevice::ReadOnly))
        return false;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return hash.addData(&file) && hash.result() == digest.toByteArray();
}

bool FileStore::wasWritten(const QString &path)
{
    return column(u"digest"_s, path).isValid();
}

std::optional<qint64> FileStore::ownerOf(const QString &path)
{
    const QVariant item = column(u"item"_s, path);
    return item.isValid() ? std::optional(item.toLongLong()) : std::nullopt;
}

Task<Result<bool>> FileStore::remember(Run run, QString path, QByteArray digest)
{
    const auto isTaken = std::make_shared<bool>(false);
    const auto done = co_await valueOf(m_database.writer().write([=](store::Connection &connection) {
        return take(connection, path, wholeRun(run.number), digest).transform([&](bool taken) { *isTaken = taken; });
    }));
    co_return done.transform([&] { return *isTaken; });
}

} // namespace quintet::batch
