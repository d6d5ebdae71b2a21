// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/event.h"
#include "llm/request.h"

#include <vector>

/// The wire format of OpenAI's Chat Completions, which most servers speak
/// (https://platform.openai.com/docs/api-reference/chat).
namespace quintet::llm::wire {

/// Where servers and models differ in what they take.
struct Dialect {
    bool completionTokens = false; ///< the limit is called max_completion_tokens; max_tokens is refused
    bool takesTemperature = true;  ///< false: any temperature but the model's own is refused
    bool streamOptions = true;     ///< false: they are refused, and usage comes unasked
    QString reasoningField;        ///< the name under which thoughts are sent back; empty: not at all

    bool operator==(const Dialect &) const = default;
};

/// Whether a model of OpenAI's refuses a temperature, as its reasoning models do.
bool isReasoningModel(const QString &model);

/// The body of POST chat/completions.
QJsonObject openAiChatRequest(const Request &request, bool stream, const Dialect &dialect = {});

/// The events in a response that came in one piece. Fails with Protocol where it is not such a response, and with the
/// server's own error where it carries one.
Result<std::vector<Event>> openAiChatResponse(const QByteArray &body);

} // namespace quintet::llm::wire
