// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/message.h"
#include "chat/settings.h"

#include <variant>

namespace quintet::chat {

// What happens to a conversation. Those about a message carry its id, and are dropped where it is not known.

/// A message was added, and is the end of the branch that is shown.
struct MessageAdded {
    Message message;
    bool operator==(const MessageAdded &) const = default;
};

/// An answer goes on: something came from the model.
struct AnswerGrew {
    MessageId id;
    llm::Event event;
    bool operator==(const AnswerGrew &) const = default;
};

/// An answer that was cut off is taken up again.
struct AnswerResumed {
    MessageId id;
    bool operator==(const AnswerResumed &) const = default;
};

/// The answer is as it stays: in place of what it had grown to.
struct AnswerEnded {
    Message message;
    bool operator==(const AnswerEnded &) const = default;
};

/// Another branch is shown: the one that holds this message, down to its newest end.
struct BranchChosen {
    MessageId id;
    bool operator==(const BranchChosen &) const = default;
};

/// A message was removed with all that follows it, or brought back.
struct RemovedSet {
    MessageId id;
    bool isRemoved = true;
    bool operator==(const RemovedSet &) const = default;
};

/// Everything up to and with this message is told to models in these words only.
struct Condensed {
    MessageId id;
    QString text; ///< empty: in full again
    bool operator==(const Condensed &) const = default;
};

struct TitleSet {
    QString title;
    bool byUser = false; ///< then no model changes it
    bool operator==(const TitleSet &) const = default;
};

struct SettingsSet {
    Settings settings;
    bool operator==(const SettingsSet &) const = default;
};

using ConversationEvent = std::variant<MessageAdded, AnswerGrew, AnswerResumed, AnswerEnded, BranchChosen, RemovedSet,
                                       Condensed, TitleSet, SettingsSet>;

} // namespace quintet::chat
