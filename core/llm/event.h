// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/tokenusage.h"

#include <QString>

#include <variant>

namespace quintet::llm {

/// A piece of the answer.
struct TextDelta {
    QString text;
    bool operator==(const TextDelta &) const = default;
};

/// A piece of what the model thought before it answered.
struct ReasoningDelta {
    QString text;
    bool operator==(const ReasoningDelta &) const = default;
};

/// A piece of a tool call; pieces with the same `call` belong together, `arguments` are concatenated.
struct ToolCallDelta {
    int call = 0;
    QString id;
    QString name;
    QString arguments;
    bool operator==(const ToolCallDelta &) const = default;
};

/// A sentence that the built-in engine took from the source: code-point offsets into it. Its text follows as a
/// TextDelta.
struct Quoted {
    qint64 start = 0;
    qint64 end = 0;
    QString text;
    bool operator==(const Quoted &) const = default;
};

/// What the server counted; a later one replaces an earlier one.
struct UsageReported {
    usage::TokenUsage usage;
    bool operator==(const UsageReported &) const = default;
};

/// The model that the server says it used.
struct ModelNamed {
    QString model;
    bool operator==(const ModelNamed &) const = default;
};

enum class StopReason { End, Length, ToolCalls, Filtered };

/// "end", "length", "toolCalls", "filtered".
QString nameOf(StopReason reason);

/// Why the model stopped.
struct Stopped {
    StopReason reason = StopReason::End;
    bool operator==(const Stopped &) const = default;
};

/// What comes in from a model, in order of arrival.
using Event = std::variant<TextDelta, ReasoningDelta, ToolCallDelta, Quoted, UsageReported, ModelNamed, Stopped>;

/// Visits a variant with one lambda for each alternative; leaving one out does not compile.
template<typename... Handlers>
struct Visitor : Handlers... {
    using Handlers::operator()...;
};

} // namespace quintet::llm
