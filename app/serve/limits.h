// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <chrono>

namespace quintet::serve {

/// What one server bears.
struct Limits {
    int connections = 2'000;           ///< further ones are told to come back
    int atOnce = 1'500;                ///< requests under way; further ones get 429 with Retry-After
    qint64 body = 64LL << 20;          ///< bytes of one request, head included
    qint64 unsent = 16LL << 20;        ///< bytes that wait for a reader before its stream is given up
    std::chrono::seconds arriving{60}; ///< for a request to arrive whole, from its first byte on
    std::chrono::seconds idle{120};    ///< for a connection to wait without a request

    bool operator==(const Limits &) const = default;
};

} // namespace quintet::serve
