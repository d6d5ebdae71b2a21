// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/atomicfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QSaveFile>
#include <QTemporaryFile>

#include <cerrno>
#include <unistd.h>

namespace quintet::batch {

namespace {

/// Of files for the user, as QSaveFile makes them; temporary ones are for their owner alone.
constexpr QFile::Permissions usualPermissions =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

/// Passes what is written on to a file, and into a hash.
class HashingDevice final : public QIODevice {
public:
    explicit HashingDevice(QIODevice &file) : m_file(file) { open(QIODevice::WriteOnly); }

    QByteArray digest() const { return m_hash.result(); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_hash.addData(QByteArrayView(data, size));
        return m_file.write(data, size);
    }

private:
    QIODevice &m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

} // namespace

Error cannotWrite(const QString &path, const QString &why)
{
    return Error(ErrorKind::Storage, tr("%1 cannot be written: %2. What was answered is kept; mend that, then resume.")
                                         .arg(QDir::toNativeSeparators(path), why));
}

Result<QByteArray> writeAtomically(const QString &path, const std::function<Result<void>(QIODevice &)> &write)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return std::unexpected(cannotWrite(path, tr("its folder cannot be made")));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(cannotWrite(path, file.errorString()));
    HashingDevice device(file);
    if (auto written = write(device); !written)
        return std::unexpected(written.error());
    if (!file.commit())
        return std::unexpected(cannotWrite(path, file.errorString()));
    return device.digest();
}

Result<QByteArray> writeAtomically(const QString &path, const QByteArray &content)
{
    return writeAtomically(path, [&](QIODevice &device) -> Result<void> {
        if (device.write(content) != content.size())
            return std::unexpected(cannotWrite(path, device.errorString()));
        return {};
    });
}

Result<std::optional<QByteArray>> createAtomically(const QString &path, const QByteArray &content)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return std::unexpected(cannotWrite(path, tr("its folder cannot be made")));
    QTemporaryFile whole(folder + QStringLiteral("/.quintet-XXXXXX"));
    if (!whole.open() || whole.write(content) != content.size() || !whole.flush() || ::fsync(whole.handle()) != 0)
        return std::unexpected(cannotWrite(path, whole.errorString()));
    whole.setPermissions(usualPermissions);
    // A link is made at once, and never over a file that is there.
    if (::link(QFile::encodeName(whole.fileName()).constData(), QFile::encodeName(path).constData()) == 0)
        return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    if (errno == EEXIST)
        return std::nullopt;
    QFile plain(path); // on a disk without links
    if (!plain.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return QFileInfo::exists(path) ? Result<std::optional<QByteArray>>(std::nullopt)
                                       : std::unexpected(cannotWrite(path, plain.errorString()));
    plain.close();
    return writeAtomically(path, content);
}

Result<void> checkWritable(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return std::unexpected(cannotWrite(folder, tr("the folder cannot be made")));
    QTemporaryFile probe(folder + QStringLiteral("/.quintet-XXXXXX"));
    if (!probe.open())
        return std::unexpected(cannotWrite(folder, probe.errorString()));
    return {};
}

} // namespace quintet::batch
