// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/recentkeys.h"

#include <QSettings>

namespace quintet::ui {

namespace {

constexpr qsizetype mostKept = 8;
constexpr QLatin1StringView setting("palette/recent");

} // namespace

RecentKeys::RecentKeys(const QString &settingsFile)
    : m_settingsFile(settingsFile),
      m_keys(QSettings(settingsFile, QSettings::IniFormat).value(setting).toStringList())
{
}

void RecentKeys::use(const QString &key)
{
    m_keys.removeAll(key);
    m_keys.prepend(key);
    m_keys = m_keys.first(std::min(mostKept, m_keys.size()));
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read; one that is not understood stays as it is
    if (settings.status() != QSettings::FormatError)
        settings.setValue(setting, m_keys);
}

} // namespace quintet::ui
