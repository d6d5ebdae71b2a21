// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/cancellation.h"

namespace quintet::batch {

Task<Result<void>> cancelRun(BatchParts parts, Run run)
{
    RunStore runs(parts.database, parts.clock);
    if (auto set = co_await runs.setState(run, RunState::Cancelled); !set)
        co_return set;
    // What a process that is gone had under way ends here, too.
    if (auto recovered = co_await ItemStore(parts.database, parts.clock).recover(run); !recovered)
        co_return recovered;
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
    // A provider that cannot be reached any more keeps nobody from removing the run.
    if (ProviderRun::isOpen(parts.database, run))
        static_cast<void>(co_await cancelRun(parts, run));
    const auto handedOver = PartStore(parts.database).all(run);
    for (const Part &part : handedOver.value_or(std::vector<Part>()))
        parts.spending.release(tagOf(run, part));
    co_return co_await runs.remove(run);
}

} // namespace quintet::batch
