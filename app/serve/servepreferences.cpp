// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/servepreferences.h"

#include <QCoreApplication>
#include <QSettings>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

const QString onKey = u"serve/on"_s;
const QString portKey = u"serve/port"_s;
const QString collectionsKey = u"mcp/collections"_s;

} // namespace

ServePreferences readServePreferences(const QString &settingsFile)
{
    const QSettings settings(settingsFile, QSettings::IniFormat);
    ServePreferences preferences;
    preferences.isOn = settings.value(onKey).toBool();
    if (const int port = settings.value(portKey).toInt(); port > 0 && port <= 65'535)
        preferences.port = quint16(port);
    if (settings.contains(collectionsKey))
        preferences.collections = settings.value(collectionsKey).toStringList();
    return preferences;
}

Result<void> write(const ServePreferences &preferences, const QString &settingsFile)
{
    QSettings settings(settingsFile, QSettings::IniFormat);
    settings.setValue(onKey, preferences.isOn);
    settings.setValue(portKey, preferences.port);
    if (preferences.collections)
        settings.setValue(collectionsKey, *preferences.collections);
    else
        settings.remove(collectionsKey);
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return failure(ErrorKind::Storage,
                   QCoreApplication::translate("serve", "The settings cannot be written to %1.").arg(settingsFile));
}

} // namespace quintet::serve
