// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/event.h"
#include "net/ssedecoder.h"

#include <vector>

namespace quintet::llm::wire {

/// Reads the events out of one streamed response, one server-sent event at a time. Lives on one thread.
class Decoder {
public:
    virtual ~Decoder() = default;

    /// Fails with the server's error where it reports one in the stream, and with Protocol on what is not JSON.
    virtual Result<std::vector<Event>> feed(const net::SseEvent &event) = 0;

    /// What was held back until it was clear what it is. To be called at the end, however the stream ended.
    virtual std::vector<Event> finish() { return {}; }

    /// Whether the stream said that it is over: an end without is an interruption.
    virtual bool isComplete() const = 0;

    /// Whether nothing more can follow, so that the connection need not be waited for.
    virtual bool isDone() const = 0;
};

} // namespace quintet::llm::wire
