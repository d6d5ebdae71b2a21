// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"

namespace quintet::agent {

enum class ExportFormat {
    JsonLines, ///< the trace, an object a line
    Markdown,
    Html, ///< a page of its own, which loads and runs nothing
};

/// The format named "jsonl", "md" or "html"; nothing for another name.
std::optional<ExportFormat> exportFormatFrom(const QString &name);

/// The whole file, UTF-8. Linear; any thread.
QByteArray exported(const RunId &run, const std::vector<RunEvent> &events, ExportFormat format);

/// A grid as CSV (RFC 4180), with a line of titles. Values that a spreadsheet would take for a formula are marked as
/// text with an apostrophe, since they may come from others.
QByteArray csvOf(const Grid &grid);

} // namespace quintet::agent
