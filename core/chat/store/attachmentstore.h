// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/message.h"
#include "document/document.h"
#include "store/database.h"

namespace quintet::chat {

/// What is in an attached file: a text, or a picture.
struct AttachmentContent {
    document::Document document;
    QByteArray image; ///< as in the file
};

/// The contents of attachments in the database, each once, by their hashes. Any thread; reads may take over 8 ms.
class AttachmentStore final {
public:
    explicit AttachmentStore(store::Database &database) : m_database(database) { }

    /// Keeps a content until nothing uses it and ConversationStore::purge() runs.
    QFuture<Result<void>> put(const QString &hash, const AttachmentContent &content);

    /// BadInput if it is not there.
    Result<AttachmentContent> find(const Attachment &attachment) const;

private:
    store::Database &m_database;
};

} // namespace quintet::chat
