// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/embedding.h"
#include "llm/request.h"
#include "llm/stream.h"
#include "net/httpmessage.h"

#include <memory>

namespace quintet::llm {

/// Gets the head of each response as it arrives, for what it says about rates.
using HeadSink = std::function<void(const net::HttpHead &)>;

/// What is heard of one request that is not streamed.
struct Watch {
    HeadSink onHead;
    std::function<void()> onSent; ///< it reached the network whole, whatever came of it
};

/// Whatever can answer a request: a server, or the built-in engine. One attempt a call: retries are the gateway's.
/// Lives on the engine thread.
class Backend {
public:
    virtual ~Backend() = default;

    /// Begins to answer; nothing is emitted before the event loop runs again.
    virtual std::unique_ptr<Stream> start(const Request &request, HeadSink onHead) = 0;

    /// One request's worth of embeddings. NeedsModel where this backend has none.
    virtual Task<Result<Embeddings>> embed(EmbeddingRequest request, Watch watch, CancelToken token);

    /// NeedsModel where this backend does not rerank.
    virtual Task<Result<Ranking>> rerank(RerankRequest request, Watch watch, CancelToken token);

    /// Whose rate limits a request counts against: the same for two endpoints with one server and one key. Holds no
    /// secret. Empty where there are no limits.
    virtual QString account() const { return {}; }
};

} // namespace quintet::llm
