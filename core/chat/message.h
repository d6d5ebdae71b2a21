// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/id.h"
#include "llm/event.h"

#include <QDateTime>

namespace quintet::chat {

using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;

/// A file that goes along with a message. Its content is kept once, whatever conversations it is in.
struct Attachment {
    QString hash; ///< SHA-256 of the file, hexadecimal: the name of its content
    QString name; ///< as people call it
    QString path; ///< where it was; empty for what was pasted
    QString mimeType;
    qint64 tokens = 0; ///< of its text, as estimated; 0 for a picture

    bool isImage() const { return mimeType.startsWith(QStringLiteral("image/")); }
    bool operator==(const Attachment &) const = default;
};

/// What a mark "[label]" in an answer stands for.
struct Citation {
    QString label;
    QString document; ///< the path, or the name of what has none
    QString title;    ///< how people call it
    QString place;    ///< "p. 3"
    std::optional<int> page;
    qint64 start = 0; ///< Unicode code points into the document's text
    qint64 end = 0;
    QString quote;

    bool operator==(const Citation &) const = default;
};

/// How far an answer has come.
enum class MessageState {
    Whole,
    Running,
    Stopped,     ///< by the user; what arrived is kept
    CutOff,      ///< at the limit of tokens; it can be continued
    Interrupted, ///< the program ended while it was running
    Failed,      ///< `failure` says why; what arrived is kept
};

/// "whole", "running", "stopped", "cutOff", "interrupted", "failed".
QString nameOf(MessageState state);

/// The state of that name; Whole for a name that is none.
MessageState messageStateFrom(const QString &name);

/// "system", "user", "assistant", "tool".
QString nameOf(llm::Role role);

/// The role of that name; User for a name that is none.
llm::Role roleFrom(const QString &name);

/// What is known of how an answer was made.
struct AnswerFacts {
    QString endpoint;
    QString model;
    usage::TokenUsage usage;
    std::optional<usage::Money> cost; ///< nothing where the price is unknown
    bool isLocal = false;             ///< made on this computer
    bool cached = false;
    std::optional<std::chrono::milliseconds> firstTokenTime;
    std::chrono::milliseconds reasoningTime{0};
    std::chrono::milliseconds totalTime{0};

    bool operator==(const AnswerFacts &) const = default;
};

/// Why an answer is not whole.
struct Failure {
    ErrorKind kind = ErrorKind::Protocol;
    QString message;

    bool operator==(const Failure &) const = default;
};

/// One turn of a conversation.
struct Message {
    MessageId id;
    MessageId parent; ///< what it follows; empty for a first message
    llm::Role role = llm::Role::User;
    QDateTime time; ///< UTC
    QString text;   ///< Markdown
    QString reasoning;
    std::vector<llm::Thinking> thinking; ///< as the server wants it back
    std::vector<Attachment> attachments;
    std::vector<Citation> citations;
    QStringList notes; ///< what the user should know of it: what did not fit, what was condensed
    MessageState state = MessageState::Whole;
    std::optional<Failure> failure;
    AnswerFacts facts;      ///< of an answer
    QString condensed;      ///< what was said up to and with this message, in short; empty if it was not condensed
    bool isRemoved = false; ///< with all that follows it; can be taken back

    bool operator==(const Message &) const = default;
};

} // namespace quintet::chat
