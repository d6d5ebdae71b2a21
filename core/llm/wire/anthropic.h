// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/event.h"
#include "llm/request.h"

#include <vector>

/// The wire format of Anthropic's Messages (https://docs.anthropic.com/en/api/messages).
namespace quintet::llm::wire {

/// The body of POST messages. The format demands a limit to the answer: 8192 tokens where the request sets none. It has
/// no seed; an answer's shape is asked for in words.
QJsonObject anthropicRequest(const Request &request, bool stream);

/// The events in a response that came in one piece. Fails with Protocol where it is not such a response, and with the
/// server's own error where it carries one.
Result<std::vector<Event>> anthropicResponse(const QByteArray &body);

} // namespace quintet::llm::wire
