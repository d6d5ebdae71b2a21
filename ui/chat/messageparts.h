// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversation.h"
#include "ui/transcript/message.h"

namespace quintet::ui {

// What can be done with a message: the ids of its actions.
namespace messageAction {
inline const QString previous = QStringLiteral("previous"); ///< version
inline const QString next = QStringLiteral("next");
inline const QString edit = QStringLiteral("edit");
inline const QString again = QStringLiteral("again");
inline const QString againBy = QStringLiteral("againBy"); ///< by another model
inline const QString resume = QStringLiteral("resume");
inline const QString fork = QStringLiteral("fork");
inline const QString condense = QStringLiteral("condense");
inline const QString remove = QStringLiteral("remove");
} // namespace messageAction

/// A message of a conversation as a transcript shows it.
Message shownMessage(const chat::Conversation &conversation, const chat::Message &message);

/// The branch of the conversation that is shown.
std::vector<Message> shownMessages(const chat::Conversation &conversation);

} // namespace quintet::ui
