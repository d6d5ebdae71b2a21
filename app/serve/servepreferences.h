// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <optional>

namespace quintet::serve {

/// What the user chose about serving, in the settings file.
struct ServePreferences {
    bool isOn = false; ///< the window serves while it is open
    quint16 port = 8765;
    std::optional<QStringList> collections; ///< that MCP clients may see, by name; nothing: all

    bool operator==(const ServePreferences &) const = default;
};

ServePreferences readServePreferences(const QString &settingsFile);

/// Storage where the file cannot be written.
Result<void> write(const ServePreferences &preferences, const QString &settingsFile);

} // namespace quintet::serve
