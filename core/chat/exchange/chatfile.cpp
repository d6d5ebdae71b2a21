// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exchange/chatfile.h"

namespace quintet::chat {

Result<ChatFile> loadChatFile(const ConversationStore &conversations, const AttachmentStore &attachments,
                              const ConversationId &id)
{
    const auto row = conversations.row(id);
    if (!row)
        return std::unexpected(row.error());
    auto conversation = conversations.load(id);
    if (!conversation)
        return std::unexpected(conversation.error());
    ChatFile file{
        std::move(*conversation),
        row->changed,
        {.folder = row->folder, .tags = row->tags, .pinned = row->isPinned, .archived = row->isArchived, .removed = {}},
        {}};
    for (const Message &message : file.conversation.messages()) {
        for (const Attachment &attachment : message.attachments) {
            if (file.attachments.contains(attachment.hash))
                continue;
            if (auto content = attachments.find(attachment))
                file.attachments[attachment.hash] = std::move(*content);
        }
    }
    return file;
}

QFuture<Result<void>> keepChatFile(ConversationStore &conversations, AttachmentStore &attachments, const ChatFile &file)
{
    for (const auto &[hash, content] : file.attachments)
        attachments.put(hash, content);
    return conversations.writeWhole(file.conversation, file.placement, file.changed);
}

} // namespace quintet::chat
