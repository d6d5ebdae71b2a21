// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/retrypolicy.h"

#include <algorithm>

namespace quintet::net {

namespace {

bool isPassing(const Error &error)
{
    if (error.kind == ErrorKind::Quota || error.kind == ErrorKind::ContextTooLong || error.kind == ErrorKind::Cancelled)
        return false;
    if (error.shouldRetry)
        return *error.shouldRetry;
    if (error.http != 0)
        return error.http == 408 || error.http == 409 || error.http == 429 || error.http >= 500;
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout;
}

} // namespace

std::optional<std::chrono::milliseconds> retryDelay(const RetryPolicy &policy, const Error &error, int attempt,
                                                    double random)
{
    if (attempt > policy.retries || !isPassing(error))
        return std::nullopt;
    if (error.retryAfter && error.retryAfter->count() > 0) {
        if (*error.retryAfter > policy.patience)
            return std::nullopt;
        return error.retryAfter;
    }
    const int doublings = std::min(attempt - 1, 20);
    const auto wait = std::min<std::chrono::milliseconds>(policy.first * (1LL << doublings), policy.longest);
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * (1.0 - 0.25 * random)));
}

} // namespace quintet::net
