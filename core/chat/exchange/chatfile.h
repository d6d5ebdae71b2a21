// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/store/attachmentstore.h"
#include "chat/store/conversationstore.h"

#include <map>

namespace quintet::chat {

/// A conversation with all that belongs to it.
struct ChatFile {
    Conversation conversation;
    QDateTime changed;
    Placement placement;
    std::map<QString, AttachmentContent> attachments; ///< by hash
};

/// Takes a conversation out of the database. An attachment that is no longer there is left out. BadInput if there is
/// no such conversation. May take over 8 ms: not on the GUI thread. Any thread.
Result<ChatFile> loadChatFile(const ConversationStore &conversations, const AttachmentStore &attachments,
                              const ConversationId &id);

/// Puts one into the database; what is there already stays. Any thread.
QFuture<Result<void>> keepChatFile(ConversationStore &conversations, AttachmentStore &attachments,
                                   const ChatFile &file);

} // namespace quintet::chat
