// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace quintet::store {

/// Copies the database file `path` as it is at one moment to `copy`, which must not be there, while others go on
/// reading and writing (SQLite's VACUUM INTO). Storage or Corrupt where it cannot. May take long: not on the GUI
/// thread. Any thread.
Result<void> copyDatabase(const QString &path, const QString &copy);

/// Whether anybody, this process or another, has the database file open. Where nobody has, it is one file without a
/// journal afterwards. Any thread.
bool isDatabaseInUse(const QString &path);

} // namespace quintet::store
