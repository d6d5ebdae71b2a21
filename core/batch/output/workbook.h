// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/itemstore.h"

namespace quintet::batch {

/// Writes all results of a run as an XLSX file, whole or not at all: one sheet, its first row the names of the columns,
/// numbers as numbers; a further sheet for each 1,048,575 items. A cell holds at most 32,767 characters; what is longer
/// is cut, and says so. Gives the SHA-256 of the file. Storage where it cannot be written. Any thread.
Result<QByteArray> writeWorkbook(const Run &run, ItemStore &items, const QString &path, CancelToken token);

} // namespace quintet::batch
