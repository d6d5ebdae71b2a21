// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "batch/run.h"

namespace quintet::batch {

/// What run.json says: how exactly the results were made, and what it came to. No key is in it.
QByteArray runReport(const Run &run);

/// Where a report was written, and the SHA-256 of what stands there.
struct ReportFile {
    QString path;
    QByteArray digest;
};

/// Writes the report to run.json in the run's folder or, where that is another run's or not Quintet's, to
/// run-ID.json: every run keeps its own, also where several end at the same moment. Storage. Any thread.
Result<ReportFile> writeReport(const Run &run);

} // namespace quintet::batch
