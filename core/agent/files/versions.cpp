// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/versions.h"

#include "agent/files/textfile.h"
#include "base/id.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int daysKept = 30;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QByteArray hashOf(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

} // namespace

Result<QString> Versions::keep(const Version &version) const
{
    const QString name = makeId();
    const QJsonObject json{{u"folder"_s, version.folder},
                           {u"path"_s, version.path},
                           {u"new"_s, version.isNew},
                           {u"before"_s, QString::fromLatin1(version.before.toBase64())},
                           {u"after"_s, QString::fromLatin1(version.afterHash.toHex())}};
    QDir().mkpath(m_folder);
    removeOld();
    QSaveFile file(m_folder + u'/' + name + u".json"_s);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(QJsonDocument(json).toJson(QJsonDocument::Compact)) < 0 || !file.commit())
        return failure(ErrorKind::Storage,
                       tr("The former version of “%1” could not be kept, so nothing was written: %2.")
                           .arg(version.path, file.errorString()));
    return name;
}

void Versions::removeOld() const
{
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-daysKept);
    for (const QFileInfo &file :
         QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time | QDir::Reversed)) {
        if (file.lastModified() >= oldest)
            return;
        QFile::remove(file.filePath());
    }
}

Result<Versions::Version> Versions::find(const QString &name) const
{
    static const QRegularExpression id(u"^[0-9a-f]{32}$"_s);
    QFile file(m_folder + u'/' + name + u".json"_s);
    if (!id.match(name).hasMatch() || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput,
                       tr("There is no former version “%1”; they are kept for %2 days.").arg(name).arg(daysKept));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    return Version{.folder = json[u"folder"].toString(),
                   .path = json[u"path"].toString(),
                   .isNew = json[u"new"].toBool(),
                   .before = QByteArray::fromBase64(json[u"before"].toString().toLatin1()),
                   .afterHash = QByteArray::fromHex(json[u"after"].toString().toLatin1())};
}

Result<FileChange> Versions::undo(const QString &name) const
{
    const auto version = find(name);
    if (!version)
        return std::unexpected(version.error());
    const auto folder = Folder::open(version->folder);
    if (!folder)
        return std::unexpected(folder.error());
    const auto now = folder->read(version->path, largestText);
    if (!now)
        return std::unexpected(now.error());
    if (hashOf(*now) != version->afterHash)
        return failure(ErrorKind::BadInput, tr("“%1” was changed since, and was left as it is.").arg(version->path));
    const auto done = version->isNew ? folder->remove(version->path) : folder->write(version->path, version->before);
    if (!done)
        return std::unexpected(done.error());
    return FileChange{.path = version->path,
                      .before = plainText(*now).value_or(QString()),
                      .after = plainText(version->before).value_or(QString())};
}

} // namespace quintet::agent
