// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/request.h"
#include "llm/stream.h"

#include <memory>

namespace quintet::llm {

/// Whatever can answer a request: a server, or the built-in engine. One attempt a stream: retries are the gateway's.
class Backend {
public:
    virtual ~Backend() = default;

    /// Begins to answer; nothing is emitted before the event loop runs again.
    virtual std::unique_ptr<Stream> start(const Request &request) = 0;
};

} // namespace quintet::llm
