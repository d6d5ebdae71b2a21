// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/disposition.h"

#include <algorithm>

namespace quintet::batch {

namespace {

constexpr int mostAttempts = 4;
constexpr int mostDoublings = 5; // 32 s

} // namespace

Disposition dispositionOf(const Error &error, int attempts)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Quota:
    case ErrorKind::Budget:
    case ErrorKind::Storage:
    case ErrorKind::Corrupt: return Disposition::Pause;
    case ErrorKind::RateLimited:
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled: return Disposition::Again;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Protocol: return attempts < mostAttempts ? Disposition::Again : Disposition::Fail;
    case ErrorKind::NeedsModel: // what the whole run needs was looked at before; this is about one text
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused:
    case ErrorKind::BadInput: return Disposition::Fail;
    }
    Q_UNREACHABLE();
}

bool isOutage(const Error &error)
{
    return error.kind == ErrorKind::Network;
}

std::chrono::milliseconds waitAfter(const Error &error, int failures)
{
    const auto own = std::chrono::milliseconds(500) * (1 << std::clamp(failures - 1, 0, mostDoublings + 1));
    return std::max(own, error.retryAfter.value_or(std::chrono::milliseconds(0)));
}

} // namespace quintet::batch
