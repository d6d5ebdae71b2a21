// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/databasestore.h"

#include <QCoreApplication>
#include <QSettings>
#include <QUrl>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

const QString group = u"databases/"_s;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

/// Names may hold slashes, which settings take for groups.
QString keyOf(const QString &name)
{
    return group + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

QString secretOf(const QString &name)
{
    return u"database/"_s + name;
}

} // namespace

QMap<QString, QString> DatabaseStore::all() const
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    QMap<QString, QString> found;
    settings.beginGroup(group.chopped(1));
    for (const QString &key : settings.childKeys())
        found.insert(QUrl::fromPercentEncoding(key.toLatin1()), settings.value(key).toString());
    return found;
}

Task<Result<void>> DatabaseStore::put(QString name, QString url)
{
    if (name.trimmed().isEmpty() || url.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("A database needs a name and an address."));
    QUrl address(url);
    if (url.contains(u"://"_s) && !address.password().isEmpty()) {
        const auto kept = co_await m_secrets.write(secretOf(name), address.password(QUrl::FullyDecoded));
        if (!kept)
            co_return std::unexpected(kept.error());
        address.setPassword({});
        url = address.toString(QUrl::FullyEncoded);
    }
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.setValue(keyOf(name), url);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        co_return failure(ErrorKind::Storage,
                          tr("The settings could not be written. Check the rights of %1.").arg(m_settingsFile));
    co_return Result<void>();
}

Task<Result<void>> DatabaseStore::remove(QString name)
{
    QSettings(m_settingsFile, QSettings::IniFormat).remove(keyOf(name));
    co_return co_await m_secrets.remove(secretOf(name));
}

Task<Result<QString>> DatabaseStore::password(QString name) const
{
    co_return co_await m_secrets.read(secretOf(name));
}

QStringList DatabaseStore::secretNames() const
{
    QStringList names = all().keys();
    std::ranges::transform(names, names.begin(), secretOf);
    return names;
}

} // namespace quintet::agent
