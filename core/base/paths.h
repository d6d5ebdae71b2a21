// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFileInfo>

namespace quintet {

/// Where Quintet keeps things: absolute paths.
struct Paths {
    QString dataFolder;   ///< databases and indexes
    QString settingsFile; ///< QSettings INI; deleting it loses nothing that matters

    QString database() const { return dataFolder + QStringLiteral("/quintet.db"); }

    /// The user's own prices of models, beside the settings.
    QString pricesFile() const { return QFileInfo(settingsFile).absolutePath() + QStringLiteral("/prices.json"); }

    bool operator==(const Paths &) const = default;
};

/// Finds and makes the folders: everything in `dataFolder` if it is given (`--data-dir`), else in QUINTET_DATA_DIR,
/// else in the platform's data and config folders. Fails with Storage when there is no place to write.
Result<Paths> preparePaths(const QString &dataFolder);

} // namespace quintet
