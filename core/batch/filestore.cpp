// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/filestore.h"

#include "base/onpool.h"
#include "batch/item.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSqlQuery>

namespace quintet::batch {

using namespace Qt::StringLiterals;

QVariant FileStore::column(const QString &name, const QString &path)
{
    if (!m_reader) {
        auto opened = m_database.reader();
        if (!opened)
            return {};
        m_reader.emplace(std::move(*opened));
    }
    return m_reader->value(u"SELECT %1 FROM batch_file WHERE path = ?"_s.arg(name), {path}).value_or(QVariant());
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

Task<Result<void>> FileStore::remember(Run run, QString path, QByteArray digest)
{
    co_return co_await valueOf(m_database.writer().write([=](store::Connection &connection) {
        return connection.execute(u"INSERT INTO batch_file (path, item, digest) VALUES (?, ?, ?) "
                                  "ON CONFLICT (path) DO UPDATE SET item = excluded.item, digest = excluded.digest"_s,
                                  {path, wholeRun(run.number), digest});
    }));
}

} // namespace quintet::batch
