// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "llm/endpoint.h"
#include "llm/gateway/ratestate.h"

namespace quintet::llm {

/// What is known about the rates of accounts, shared by all processes on a data folder. Lives on the engine thread.
class RateBook {
public:
    virtual ~RateBook() = default;

    /// Takes a place for a request of `size` tokens, if the limits set by the user and those the server stated leave
    /// one now: zero. Else how long to wait before asking again. A book that cannot be read holds nothing back.
    virtual Task<std::chrono::milliseconds> reserve(QString account, RateLimits limits, qint64 size) = 0;

    /// Takes note of what a response said.
    virtual void learn(const QString &account, const QList<net::Header> &headers) = 0;

    /// The server wants nothing for `time`.
    virtual void pause(const QString &account, std::chrono::milliseconds time) = 0;
};

} // namespace quintet::llm
