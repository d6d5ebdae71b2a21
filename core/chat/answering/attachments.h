// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/store/attachmentstore.h"
#include "document/extractor.h"

#include <QHash>

namespace quintet::chat {

/// Reads files that are to go along with messages, and keeps what was read: in the database, or, for conversations that
/// are not kept, in memory until Quintet ends. Lives on the engine thread.
class Attachments final {
public:
    Attachments(document::Extractor &extractor, AttachmentStore &store) : m_extractor(extractor), m_store(store) { }

    /// Reads a file, or bytes that came from none, such as a pasted picture. BadInput where nothing can be read out of
    /// it or it is too large; else as Extractor::extract().
    Task<Result<Attachment>> attach(document::Source source, bool isTemporary, CancelToken token);

    /// Keeps on disk what was only in memory. Storage if it cannot be written.
    Task<Result<void>> keep(std::vector<Attachment> attachments);

    /// What was read. BadInput if it is no longer there.
    Task<Result<AttachmentContent>> content(Attachment attachment);

private:
    document::Extractor &m_extractor;
    AttachmentStore &m_store;
    QHash<QString, AttachmentContent> m_temporary; ///< by hash
};

} // namespace quintet::chat
