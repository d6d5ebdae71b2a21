// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/cancellation.h"

namespace quintet::batch {

Task<Result<void>> cancelRun(BatchParts parts, Run run)
{
    RunStore runs(parts.database, parts.clock);
    if (auto set = co_await runs.setState(run, RunState::Cancelled); !set)
        co_return set;
    if (!ProviderRun::isOpen(parts.database, run))
        co_return Result<void>();
    const auto endpoint = parts.endpoint(run.spec.endpoint);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    co_return co_await cancelParts(parts.database, parts.client, parts.catalog, parts.clock, *endpoint, run);
}

bool hasResultsToTake(const Run &run)
{
    return run.state == RunState::Cancelled && run.spec.viaProvider && run.running > 0;
}

Task<Result<void>> removeRun(BatchParts parts, Run run)
{
    RunStore runs(parts.database, parts.clock);
    if (ProviderRun::isOpen(parts.database, run)) {
        if (auto cancelled = co_await cancelRun(parts, run); !cancelled)
            co_return cancelled;
        const auto open = PartStore(parts.database).all(run);
        for (const Part &part : open.value_or(std::vector<Part>()))
            parts.spending.release(tagOf(run, part));
    }
    co_return co_await runs.remove(run);
}

} // namespace quintet::batch
