// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/work/runner.h"

namespace quintet::batch {

/// Cancels a run for good. Whoever is at work on it stops. A provider is asked to stop, which takes it a while: what it
/// did until then is taken by whoever works the run then.
Task<Result<void>> cancelRun(BatchParts parts, Run run);

/// Whether a cancelled run has parts with a provider whose results are still to be taken.
bool hasResultsToTake(const Run &run);

/// Takes a run and all of its items out; files that it wrote stay. A provider that is at work on it is asked to stop
/// first: where that fails, the run stays.
Task<Result<void>> removeRun(BatchParts parts, Run run);

} // namespace quintet::batch
