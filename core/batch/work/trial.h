// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/work/runner.h"

namespace quintet::batch {

/// What came of one item that was tried before its run.
struct TriedItem {
    QString name;
    QString source; ///< its text
    Result<ItemResult> result;

    bool operator==(const TriedItem &) const = default;
};

/// Asks for the first `count` items of a run that is not there yet. Nothing is recorded but in the cache, from which
/// the run takes the answers again. Fails as the run would before it starts.
Task<Result<std::vector<TriedItem>>> tryItems(BatchParts parts, RunSpec spec, int count, CancelToken token);

} // namespace quintet::batch
