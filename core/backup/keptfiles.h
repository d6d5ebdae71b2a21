// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/paths.h"

#include <vector>

namespace quintet::backup {

/// A file that belongs to the user, and where it stands in a backup.
struct KeptFile {
    QString path;            ///< absolute
    QString name;            ///< in the backup, "/" between folders: "data/quintet.db", "settings/quintet.ini"
    bool isDatabase = false; ///< of SQLite, and so copied as of one moment

    bool operator==(const KeptFile &) const = default;
};

/// The folders in the data folder that hold what is the user's. The data folder may be one of theirs, with other things
/// in it.
QStringList keptFolders();

/// What a backup holds, in the order of their names: databases, settings, drafts and documents, without what is made
/// anew by itself (graphs, journals, locks). Any thread.
std::vector<KeptFile> keptFiles(const Paths &paths);

/// Where a file of that name goes back to: the inverse of the above.
QString placeOf(const QString &name, const QString &dataFolder, const QString &settingsFolder);

/// Whether `name` is one that keptFiles() could have given: no way out of the folders it is unpacked in.
bool isProperName(const QString &name);

} // namespace quintet::backup
