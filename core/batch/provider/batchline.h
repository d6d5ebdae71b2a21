// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"
#include "llm/stream.h"

namespace quintet::batch {

/// A line of a provider's batch: the request for the item at `position`, as OpenAI's Batch API and vLLM's run-batch
/// take it (https://platform.openai.com/docs/api-reference/batch/request-input).
QByteArray requestLine(qint64 position, const llm::Endpoint &endpoint, const llm::Request &request);

/// What a provider answered for one item.
struct BatchAnswer {
    qint64 position = 0;
    Result<llm::Completion> completion;
    bool wasWorkedOn = true; ///< else the time was up, or the batch was cancelled, before its turn
};

/// Reads a line of output or of errors. Nothing for what is none, or none of ours.
std::optional<BatchAnswer> answerFrom(const QByteArray &line);

} // namespace quintet::batch
