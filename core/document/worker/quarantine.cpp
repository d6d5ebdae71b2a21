// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/quarantine.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace quintet::document {

namespace {

using namespace Qt::StringLiterals;

QString stampOf(const Input &input)
{
    return QStringLiteral("%1/%2").arg(input.size).arg(input.changed.toMSecsSinceEpoch());
}

} // namespace

QString Quarantine::recordOf(const QString &path) const
{
    const QByteArray hash =
        QCryptographicHash::hash(QFileInfo(path).absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    return m_folder + u'/' + QString::fromLatin1(hash.toHex().first(32)) + u".json"_s;
}

std::optional<QString> Quarantine::reasonFor(const QString &path, const Input &input) const
{
    QFile file(recordOf(path));
    if (m_folder.isEmpty() || path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject record = QJsonDocument::fromJson(file.read(64 << 10)).object();
    const QString reason = record[u"reason"].toString();
    return reason.isEmpty() || record[u"stamp"].toString() != stampOf(input) ? std::nullopt : std::optional(reason);
}

void Quarantine::add(const QString &path, const Input &input, const QString &reason) const
{
    if (m_folder.isEmpty() || path.isEmpty() || !QDir().mkpath(m_folder))
        return;
    // Where the record cannot be kept, the file is tried again one day, and no harm is done.
    QSaveFile file(recordOf(path));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QJsonDocument(QJsonObject{{u"path"_s, QFileInfo(path).absoluteFilePath()},
                                         {u"reason"_s, reason},
                                         {u"stamp"_s, stampOf(input)}})
                   .toJson());
    file.commit();
}

void Quarantine::remove(const QString &path) const
{
    if (!m_folder.isEmpty() && !path.isEmpty())
        QFile::remove(recordOf(path));
}

} // namespace quintet::document
