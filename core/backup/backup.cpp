// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup/backup.h"

#include "backup/keptfiles.h"
#include "store/snapshot.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStorageInfo>
#include <QTemporaryDir>

#include <KCompressionDevice>
#include <KTar>
#include <filesystem>

namespace quintet::backup {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 256 * 1024;
constexpr qint64 roomForTheRest = 16 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("backup", text);
}

Error cannotWrite(const QString &file, const QString &why)
{
    return {ErrorKind::Storage,
            tr("The backup %1 cannot be written: %2. Choose another place.").arg(QDir::toNativeSeparators(file), why)};
}

/// Writes one archive, entry by entry; says of each what it was.
class Writing final {
public:
    Writing(const QString &path, qint64 total, const CancelToken &token, const OnBytes &onBytes)
        : m_device(path, KCompressionDevice::GZip),
          m_tar(&m_device),
          m_total(total),
          m_token(token),
          m_onBytes(onBytes)
    {
    }

    Result<void> open()
    {
        if (!m_device.open(QIODevice::WriteOnly) || !m_tar.open(QIODevice::WriteOnly))
            return std::unexpected(failed());
        return {};
    }

    Result<void> add(const KeptFile &file, const QString &path)
    {
        QFile source(path);
        if (!source.open(QIODevice::ReadOnly)) {
            return failure(ErrorKind::Storage,
                           tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(file.path), source.errorString()));
        }
        // The size stands before the content: of a file that grows under way, what it had.
        const qint64 size = source.size();
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!m_tar.prepareWriting(file.name, {}, {}, size, 0100600))
            return std::unexpected(failed());
        for (qint64 left = size; left > 0;) {
            if (m_token.stop_requested())
                return std::unexpected(cancelledError());
            QByteArray block = source.read(std::min(left, blockSize));
            if (block.isEmpty())
                block = QByteArray(std::min(left, blockSize), '\0'); // it shrank
            if (!m_tar.writeData(block))
                return std::unexpected(failed());
            hash.addData(block);
            left -= block.size();
            m_done += block.size();
            if (m_onBytes)
                m_onBytes(m_done, std::max(m_total, m_done));
        }
        if (!m_tar.finishWriting(size))
            return std::unexpected(failed());
        m_files.append(QJsonObject{
            {u"name"_s, file.name}, {u"size"_s, size}, {u"sha256"_s, QString::fromLatin1(hash.result().toHex())}});
        return {};
    }

    /// The list of all comes last, so that an archive that was cut off has none.
    Result<Summary> finish(const QByteArray &sealedKeys)
    {
        const Summary summary{QDateTime::currentDateTimeUtc(), QCoreApplication::applicationVersion(),
                              static_cast<int>(m_files.size()), m_done, !sealedKeys.isEmpty()};
        const QJsonObject list{{u"format"_s, u"quintet-backup"_s},
                               {u"version"_s, 1},
                               {u"created"_s, summary.created.toString(Qt::ISODate)},
                               {u"quintet"_s, summary.version},
                               {u"files"_s, m_files}};
        const bool keysWritten = sealedKeys.isEmpty() || m_tar.writeFile(u"keys.sealed"_s, sealedKeys, 0100600);
        if (!keysWritten || !m_tar.writeFile(u"backup.json"_s, QJsonDocument(list).toJson(), 0100600) || !m_tar.close())
            return std::unexpected(failed());
        m_device.close();
        if (m_device.error() != QFileDevice::NoError)
            return std::unexpected(failed());
        return summary;
    }

private:
    Error failed() const
    {
        const QString why = m_device.errorString();
        return {ErrorKind::Storage, why.isEmpty() ? m_tar.errorString() : why};
    }

    KCompressionDevice m_device;
    KTar m_tar;
    qint64 m_total;
    qint64 m_done = 0;
    CancelToken m_token;
    const OnBytes &m_onBytes;
    QJsonArray m_files;
};

Result<void> addFile(Writing &writing, const KeptFile &file, const QString &scratch)
{
    if (!file.isDatabase)
        return writing.add(file, file.path);
    const QString copy = scratch + u"/copy.db"_s;
    return store::copyDatabase(file.path, copy).and_then([&] { return writing.add(file, copy); }).and_then([&copy] {
        QFile::remove(copy);
        return Result<void>();
    });
}

Result<Summary> writeTo(const QString &path, const std::vector<KeptFile> &files, qint64 total, const QString &scratch,
                        const QByteArray &sealedKeys, const CancelToken &token, const OnBytes &onBytes)
{
    Writing writing(path, total, token, onBytes);
    if (auto opened = writing.open(); !opened)
        return std::unexpected(opened.error());
    for (const KeptFile &file : files) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        if (auto added = addFile(writing, file, scratch); !added)
            return std::unexpected(added.error());
    }
    return writing.finish(sealedKeys);
}

} // namespace

Result<Summary> writeBackup(const Paths &paths, const QString &file, const QByteArray &sealedKeys,
                            const CancelToken &token, const OnBytes &onBytes)
{
    const std::vector<KeptFile> files = keptFiles(paths);
    qint64 total = 0;
    qint64 largest = 0;
    for (const KeptFile &kept : files) {
        const qint64 size = QFileInfo(kept.path).size();
        total += size;
        largest = std::max(largest, size);
    }
    const QString target = QFileInfo(file).absoluteFilePath();
    const QTemporaryDir scratch(QFileInfo(target).absolutePath() + u"/.quintet-XXXXXX"_s);
    if (!scratch.isValid())
        return std::unexpected(cannotWrite(target, scratch.errorString()));
    // At worst nothing gets smaller; and one database stands beside the archive at a time.
    const qint64 needed = total + largest + roomForTheRest;
    if (QStorageInfo(scratch.path()).bytesAvailable() < needed) {
        return std::unexpected(
            cannotWrite(target, tr("%1 MB may be needed, which are not free there").arg(needed / (1024 * 1024))));
    }
    const QString part = scratch.filePath(u"part"_s);
    const auto summary = writeTo(part, files, total, scratch.path(), sealedKeys, token, onBytes);
    if (!summary)
        return summary.error().kind == ErrorKind::Cancelled
                   ? summary
                   : Result<Summary>(std::unexpected(cannotWrite(target, summary.error().message)));
    QFile::setPermissions(part, QFile::ReadOwner | QFile::WriteOwner);
    std::error_code why;
    std::filesystem::rename(part.toStdU16String(), target.toStdU16String(), why);
    if (why)
        return std::unexpected(cannotWrite(target, QString::fromStdString(why.message())));
    return summary;
}

} // namespace quintet::backup
