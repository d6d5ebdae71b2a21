// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/embedding.h"
#include "llm/request.h"

/// The wire formats of embeddings (https://platform.openai.com/docs/api-reference/embeddings) and of reranking as
/// Cohere, Jina, llama.cpp and vLLM have it in common.
namespace quintet::llm::wire {

/// The body of POST embeddings. Asks for base64, as OpenAI's own library does: a third of the bytes.
QJsonObject embeddingsRequest(const EmbeddingRequest &request);

/// The vectors in a response, in the order of the texts, whatever order they came in, as floats or as base64 of
/// little-endian float32; shortened ones (`dimensions`) are made unit vectors again. Protocol if there are not exactly
/// `count` of one length, or if one holds what is no number.
Result<Embeddings> embeddingsResponse(const QByteArray &body, qsizetype count, int dimensions);

/// The body of POST rerank.
QJsonObject rerankRequest(const RerankRequest &request);

/// The texts in order of relevance, the most relevant first. Protocol where it is not such a response.
Result<Ranking> rerankResponse(const QByteArray &body, qsizetype count);

} // namespace quintet::llm::wire
