// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace quintet::usage {

/// Tokens of one request. `cached` is the part of `prompt` that the server had already read, `reasoning` the part of
/// `completion` that was thought and not said.
struct TokenUsage {
    qint64 prompt = 0;
    qint64 completion = 0;
    qint64 cached = 0;
    qint64 reasoning = 0;
    bool estimated = false; ///< our own estimate, since the server reported nothing
    qint64 cacheWrite = 0;  ///< the part of `prompt` that the server kept for later requests, at a price of its own

    bool operator==(const TokenUsage &) const = default;
};

} // namespace quintet::usage
