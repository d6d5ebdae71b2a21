// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/exchange/chatexport.h"

namespace quintet::ui {

/// Writes a conversation to a file, whole or not at all, in the format that its ending names: md, json, html, txt, pdf,
/// or, with "messages.json" at the end, chat-completions JSON. Storage if it cannot be written. Any thread but the
/// GUI's: a PDF takes its time.
Result<void> writeChat(const QString &path, const chat::ChatFile &file);

} // namespace quintet::ui
