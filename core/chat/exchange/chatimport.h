// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "chat/exchange/chatexport.h"

#include <functional>

namespace quintet::chat {

/// What became of a file that was imported.
struct Imported {
    int conversations = 0;
    int passedOver = 0;     ///< entries that hold no conversation
    bool isDamaged = false; ///< it breaks off; what came before is imported
};

/// Reads the conversations of a file, one after the other, and gives each to `take`: Quintet's own JSON, exports of
/// ChatGPT, Claude and Open WebUI (their JSON, or the ZIP file that holds it), and chat-completions JSON or JSONL.
/// Files of gigabytes are read piece by piece from memory that the system maps. The same file gives the same ids, so
/// that importing it again adds nothing. BadInput where there is no conversation in it; else ends with the error
/// of `take`. Any thread but the GUI's.
Result<Imported> importChats(const QString &path, const std::function<Result<void>(ChatFile)> &take, CancelToken token);

/// The same into the database.
Result<Imported> importChats(const QString &path, ConversationStore &conversations, AttachmentStore &attachments,
                             CancelToken token);

} // namespace quintet::chat
