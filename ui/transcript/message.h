// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace quintet::ui {

// What a transcript shows: plain data, made by those who know conversations and runs.

/// What was said, in Markdown.
struct TextPart {
    QString markdown;

    bool operator==(const TextPart &) const = default;
};

/// What was thought, in Markdown; folded. Without a duration the thinking goes on.
struct ReasoningPart {
    QString markdown;
    std::optional<std::chrono::milliseconds> duration;

    bool operator==(const ReasoningPart &) const = default;
};

/// A tool that was called, with what came back; folded.
struct ToolPart {
    enum State { Running, Done, Failed, Refused };

    QString id;
    QString name;
    QString summary;      ///< one line behind the name: what it was asked
    QString arguments;    ///< JSON
    QString result;       ///< shown as `resultFormat` says
    QString resultFormat; ///< "markdown" (tables), or a language for highlighting: "json", "diff"; empty: plain
    State state = Running;
    std::optional<std::chrono::milliseconds> duration;

    bool operator==(const ToolPart &) const = default;
};

/// A button of a part.
struct Choice {
    QString id;
    QString text;
    bool isPrimary = false;
    bool isDestructive = false;

    bool operator==(const Choice &) const = default;
};

/// A question that the work waits on.
struct ApprovalPart {
    QString id;
    QString question;
    QString detail; ///< what would be done, in `detailFormat` as of a tool's result
    QString detailFormat;
    std::vector<Choice> choices; ///< empty once it is answered
    QString answer;              ///< what was answered, for a person

    bool operator==(const ApprovalPart &) const = default;
};

/// A file that went along with a message.
struct Attachment {
    QString name;
    QString facts; ///< "2,140 tokens"

    bool operator==(const Attachment &) const = default;
};

struct AttachmentsPart {
    std::vector<Attachment> attachments;

    bool operator==(const AttachmentsPart &) const = default;
};

/// A passage that an answer stands on; its label is what the marks in the text say: "[2]".
struct SourceCard {
    QString label;
    QString title;
    QString place;   ///< "page 3"
    QString excerpt; ///< plain text

    bool operator==(const SourceCard &) const = default;
};

struct SourcesPart {
    std::vector<SourceCard> sources;

    bool operator==(const SourcesPart &) const = default;
};

/// What went wrong; `action` is the text of a button, none if it is empty.
struct ErrorPart {
    QString message;
    QString action;

    bool operator==(const ErrorPart &) const = default;
};

/// The facts under a message: model, time to first token, tokens/s, tokens, cost, cached; behind them what can be done
/// with it, as words to click. A choice without an id is only read.
struct FactsPart {
    QStringList facts;
    std::vector<Choice> actions = {};

    bool operator==(const FactsPart &) const = default;
};

using Part =
    std::variant<TextPart, ReasoningPart, ToolPart, ApprovalPart, AttachmentsPart, SourcesPart, ErrorPart, FactsPart>;

enum class Author { User, Assistant };

struct Message {
    QString id; ///< of its own within the transcript
    Author author = Author::Assistant;
    std::vector<Part> parts;
    bool isOpen = false;         ///< it is still being written
    std::vector<Choice> actions; ///< in its context menu: edit, again, branch

    bool operator==(const Message &) const = default;
};

} // namespace quintet::ui
