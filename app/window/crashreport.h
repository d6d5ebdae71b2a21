// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/paths.h"

#include <QStringList>

namespace quintet {

/// From now on a crash writes a report into `crashes` in the data folder before the program ends: version, signal and
/// the functions it was in, and nothing of what it worked on. It is sent nowhere. Once in a program.
void writeCrashReports(const Paths &paths);

/// The reports that were not offered yet, oldest first: absolute paths.
QStringList newCrashReports(const Paths &paths);

/// From now on they count as offered; of those before, the last few are kept.
void markCrashReportsOffered(const Paths &paths);

} // namespace quintet
