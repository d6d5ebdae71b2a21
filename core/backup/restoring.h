// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backup/backup.h"

namespace quintet::backup {

/// What was in a backup; its keys only where a password opened them.
struct Content {
    Summary summary;
    Keys keys;
};

/// Unpacks the backup `file` beside what there is, checks it, and leaves it ready to be put in its place by
/// finishRestoring(). What there is stays untouched. Storage where there is no room, BadInput, Corrupt, Cancelled. May
/// take minutes: not on the GUI thread. Any thread.
Result<Content> prepareRestoring(const Paths &paths, const QString &file, const QString &password,
                                 const CancelToken &token, const OnBytes &onBytes = {});

/// Whether a backup is unpacked and waits to be put in its place.
bool isRestoringPrepared(const Paths &paths);

/// Leaves everything as it is after all.
void forgetRestoring(const Paths &paths);

/// Puts a prepared backup in place of what there is, which moves to the folder `before-restore-DATE` beside it. Goes
/// on where it was killed. False if none waits. Before any database is opened; Unavailable while another Quintet has
/// one open, Storage where files cannot be moved.
Result<bool> finishRestoring(const Paths &paths);

/// Has the next start erase everything before it opens anything: for when somebody has a database open still.
void eraseAtNextStart(const Paths &paths);

/// Whether that was asked for.
bool isErasingAsked(const Paths &paths);

/// Removes everything that Quintet keeps, the settings too: its database and the folders that keptFolders() names, and
/// nothing else that stands in the data folder; keys in the keychain are the caller's. Unavailable while anybody has a
/// database open.
Result<void> eraseEverything(const Paths &paths);

} // namespace quintet::backup
