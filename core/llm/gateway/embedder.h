// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/gateway/gateway.h"

namespace quintet::llm {

/// Gateway::embed(): what is in the cache, or about to be, is taken from there, the rest goes out in as few requests as
/// servers take, each through budget, limiter and retries, each a row in the ledger.
Task<Result<Embeddings>> embedAll(GatewayParts parts, Limiter &limiter, std::shared_ptr<VectorsUnderWay> underWay,
                                  Endpoint endpoint, EmbeddingRequest request, CancelToken token);

/// Gateway::rerank(), on the same way but for the cache.
Task<Result<Ranking>> rerankOnce(GatewayParts parts, Limiter &limiter, Endpoint endpoint, RerankRequest request,
                                 CancelToken token);

} // namespace quintet::llm
