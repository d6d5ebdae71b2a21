// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/call.h"

namespace quintet::agent {

// Tool calls in words, for models that were not made for them: a thought, an action, an observation, in turns, after
// ReAct (Yao et al. 2022, arXiv:2210.03629), each turn of the model's one JSON object.

/// What a model is told of the protocol and the tools.
QString textInstructions(const std::vector<ToolFacts> &tools);

/// The JSON schema of a turn, for servers that can hold a model to one.
QJsonObject textSchema(const std::vector<ToolFacts> &tools);

/// What a turn of the model's says.
struct TextTurn {
    QString thought;
    std::optional<llm::ToolCall> call; ///< nothing: `answer` is the answer
    QString answer;

    bool operator==(const TextTurn &) const = default;
};

/// Reads a turn: a JSON object, alone or among other words, or the lines of ReAct (Thought:, Action:, Action Input:,
/// Final Answer:). BadInput, in words for the model, where it is neither.
Result<TextTurn> parseTextTurn(const QString &text);

/// A turn as the model is told its own former one.
QString toText(const TextTurn &turn);

} // namespace quintet::agent
