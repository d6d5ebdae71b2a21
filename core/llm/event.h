// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/request.h"
#include "usage/tokenusage.h"

#include <QString>

#include <chrono>
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
    QByteArray extra; ///< as of ToolCall
    bool operator==(const ToolCallDelta &) const = default;
};

/// A thought that is complete, as its server wants it back; its text has come before as ReasoningDelta.
struct Thought {
    Thinking thinking;
    bool operator==(const Thought &) const = default;
};

/// A passage of a document that the server says the answer rests on.
struct Cited {
    QString quote;
    QString document; ///< its title, or where it was found
    qint64 start = 0; ///< page, character or block, as the kind of document has it; 0 where it is not said
    qint64 end = 0;
    bool operator==(const Cited &) const = default;
};

/// A sentence that the built-in engine took from the source, or from one of the passages: code-point offsets into it.
/// Its text follows as a TextDelta.
struct Quoted {
    qint64 start = 0;
    qint64 end = 0;
    QString text;
    int passage = 0; ///< which of AnswerWish::passages, counted from 0
    bool operator==(const Quoted &) const = default;
};

/// What the server counted; a later one replaces an earlier one.
struct UsageReported {
    usage::TokenUsage usage;
    std::optional<usage::Money> cost; ///< in real money, from servers that say so
    bool operator==(const UsageReported &) const = default;
};

/// The model that the server says it used.
struct ModelNamed {
    QString model;
    bool operator==(const ModelNamed &) const = default;
};

enum class StopReason { End, Length, ToolCalls, Filtered, Refused };

/// "end", "length", "toolCalls", "filtered", "refused".
QString nameOf(StopReason reason);

/// Why the model stopped.
struct Stopped {
    StopReason reason = StopReason::End;
    bool operator==(const Stopped &) const = default;
};

/// Nothing comes for now, for a reason that the user may want to know.
struct Waiting {
    enum class Reason {
        InLine,   ///< others are served first
        Budget,   ///< requests under way hold what is left of a budget
        Rate,     ///< the server allows no more requests for a while
        Loading,  ///< the server has not got its model ready
        Retrying, ///< an attempt failed, another follows
    };
    Reason reason = Reason::InLine;
    std::chrono::milliseconds time{0}; ///< how long at least, where it is known
    bool operator==(const Waiting &) const = default;
};

/// A sentence for the user about a wait, "The server is loading its model …".
QString sentenceFor(const Waiting &waiting);

/// What comes in from a model, in order of arrival.
using Event = std::variant<TextDelta, ReasoningDelta, ToolCallDelta, Thought, Cited, Quoted, UsageReported, ModelNamed,
                           Stopped, Waiting>;

/// Visits a variant with one lambda for each alternative; leaving one out does not compile.
template<typename... Handlers>
struct Visitor : Handlers... {
    using Handlers::operator()...;
};

} // namespace quintet::llm
