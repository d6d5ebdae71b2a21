// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

namespace quintet::store {

/// The shape of one kind of database file.
struct Schema {
    QString folder;        ///< holds NNNN_name.sql, numbered from 0001 without gaps, e.g. ":/sql/main"
    quint32 applicationId; ///< PRAGMA application_id, which tells our files from others'
};

/// Brings the file at `path` to the newest version, making it if it is not there, under a file lock so that one
/// process does it while others wait. Each migration is one transaction; before the first, the file is copied to
/// `path`.backup-vN, after a look at the free space.
///
/// Fails, with the file untouched: Corrupt if it is damaged or not ours, Storage if a newer Quintet wrote it, the
/// disk has no room, or it cannot be written.
Result<void> migrate(const QString &path, const Schema &schema);

} // namespace quintet::store
