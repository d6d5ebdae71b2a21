// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backup/sealing.h"
#include "base/cancel.h"
#include "base/paths.h"

#include <QDateTime>

namespace quintet::backup {

/// What a backup says of itself.
struct Summary {
    QDateTime created; ///< UTC
    QString version;   ///< of the Quintet that wrote it
    int files = 0;
    qint64 bytes = 0; ///< unpacked
    bool hasKeys = false;

    bool operator==(const Summary &) const = default;
};

/// Told on the calling thread, in bytes.
using OnBytes = std::function<void(qint64 done, qint64 total)>;

/// Writes everything that Quintet keeps into `file`, a gzipped tar that any archiver opens, while it goes on working:
/// each database as of one moment. `sealedKeys` is from seal(), or empty: then keys stay in the keychain alone. `file`
/// is there as a whole or not at all. Storage where there is no room or it cannot be written, Cancelled. May take
/// minutes: not on the GUI thread. Any thread.
Result<Summary> writeBackup(const Paths &paths, const QString &file, const QByteArray &sealedKeys,
                            const CancelToken &token, const OnBytes &onBytes = {});

} // namespace quintet::backup
