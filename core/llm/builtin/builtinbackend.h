// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/backend.h"

namespace quintet::llm::builtin {

/// The backend that needs no model and no network. It quotes the key sentences of Request::quote; to a conversation it
/// answers what it can do and how a model is connected, since it never pretends to be one. Works on the thread pool.
class BuiltinBackend final : public Backend {
public:
    std::unique_ptr<Stream> start(const Request &request, HeadSink onHead) override;

    /// Vectors of shared words, see hashedEmbedding().
    Task<Result<Embeddings>> embed(EmbeddingRequest request, Watch watch, CancelToken token) override;
};

} // namespace quintet::llm::builtin
