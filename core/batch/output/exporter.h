// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/itemstore.h"

#include <QIODevice>

namespace quintet::batch {

/// Writes all results of a run to `device`, in the order of its items: CSV (RFC 4180), JSONL, JSON, Markdown or text.
/// Memory is flat. Storage where it cannot be written, Cancelled. Any thread, with a store of that thread.
Result<void> exportRun(const Run &run, ItemStore &items, OutputFormat format, QIODevice &device, CancelToken token);

} // namespace quintet::batch
