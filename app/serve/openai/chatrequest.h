// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/request.h"

namespace quintet::serve {

/// A body of POST /v1/chat/completions.
struct ChatRequest {
    llm::Request request; ///< its model is as the client named it
    bool stream = false;
    bool includeUsage = false; ///< in a stream, as its last chunk

    bool operator==(const ChatRequest &) const = default;
};

/// Reads one (https://platform.openai.com/docs/api-reference/chat/create). What Quintet does not know is left out, such
/// as penalties; BadInput for what would give an answer of another form and cannot be passed on: several choices,
/// probabilities, audio, remote images, functions in the way before tools; and for numbers out of their range.
Result<ChatRequest> chatRequestFrom(const QJsonObject &body);

} // namespace quintet::serve
