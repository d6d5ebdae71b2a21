// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::store {

/// A process, told apart from any other that ever had its number.
struct ProcessIdentity {
    QString host; ///< of the running system; changes at each boot
    qint64 pid = 0;
    qint64 start = 0; ///< when it started, in clock ticks since the boot

    bool operator==(const ProcessIdentity &) const = default;
};

/// This process.
ProcessIdentity thisProcess();

/// Whether `process` ran on this computer and is gone. False where that cannot be known.
bool isGone(const ProcessIdentity &process);

} // namespace quintet::store
