// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace quintet::ui {

/// What was lately chosen in the palette, kept in the settings file, the last first.
class RecentKeys final {
public:
    explicit RecentKeys(const QString &settingsFile);

    void use(const QString &key);

    /// 0 for what was used last; nothing known: -1.
    int placeOf(const QString &key) const { return int(m_keys.indexOf(key)); }

private:
    QString m_settingsFile;
    QStringList m_keys;
};

} // namespace quintet::ui
