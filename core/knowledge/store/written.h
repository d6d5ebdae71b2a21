// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/valueof.h"
#include "store/writer.h"

namespace quintet::knowledge {

/// Runs `job` on the writer's thread, and gives what it returns.
template<typename T>
Task<Result<T>> written(store::Writer &writer, std::function<Result<T>(store::Connection &)> job)
{
    const auto value = std::make_shared<Result<T>>(std::unexpected(Error()));
    const Result<void> done =
        co_await valueOf(writer.write([job = std::move(job), value](store::Connection &connection) {
            *value = job(connection);
            return *value ? Result<void>() : std::unexpected(value->error());
        }));
    if (!done)
        co_return std::unexpected(done.error());
    co_return std::move(*value);
}

} // namespace quintet::knowledge
