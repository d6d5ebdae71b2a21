// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "knowledge/store/collectionstore.h"
#include "knowledge/store/documentstore.h"

#include <QSet>

namespace quintet::knowledge {

/// The files below the sources of a collection, and the sources that could not be looked into (a drive that is not
/// there), whose files are not to be taken for deleted.
struct ScanResult {
    std::vector<FoundFile> files;
    QSet<qint64> unreachable; ///< ids of sources
    QSet<QString> missing;    ///< their paths, where the folder around them is there
    QStringList folders;      ///< all that were looked into

    bool operator==(const ScanResult &) const = default;
};

/// Walks the sources. Left out are hidden files, what the collection's rules leave out, what .gitignore and
/// .quintetignore in a folder name, and folders that a link leads to. Blocking: for a pool thread.
ScanResult scan(const std::vector<SourceRow> &sources, const CollectionSettings &settings, CancelToken token);

/// What a scan means for what is known.
struct ScanChanges {
    std::vector<FoundFile> changed; ///< new ones, too
    std::vector<DocumentRow> gone;
    qint64 unchanged = 0;
};

ScanChanges changesFrom(const ScanResult &found, const std::vector<DocumentRow> &known);

} // namespace quintet::knowledge
