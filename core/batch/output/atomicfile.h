// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QIODevice>

#include <functional>

namespace quintet::batch {

/// Writes a file that is there as a whole or not at all, also after a power cut; folders are made where they are
/// missing. Gives the SHA-256 of what was written. Storage where it cannot be written. Any thread.
Result<QByteArray> writeAtomically(const QString &path, const std::function<Result<void>(QIODevice &)> &write);

/// The same for content that is there.
Result<QByteArray> writeAtomically(const QString &path, const QByteArray &content);

/// Makes a file that is not there yet, as a whole or not at all; of several who try at once, in any process, one
/// succeeds. Nothing where there is a file of that name already, else the SHA-256 of what was written. Storage.
Result<std::optional<QByteArray>> createAtomically(const QString &path, const QByteArray &content);

/// Whether files can be written into `folder`, which is made if it is missing. Storage, with the reason, if not.
Result<void> checkWritable(const QString &folder);

/// The error of a file that could not be written.
Error cannotWrite(const QString &path, const QString &why);

} // namespace quintet::batch
