// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/exchange/chatfile.h"

namespace quintet::chat {

enum class ExportFormat {
    Markdown,        ///< the branch that is shown, with a front matter
    Json,            ///< everything; imported again it is the same
    ChatCompletions, ///< {"model", "messages"}: the branch that is shown, as servers take it
    Html,            ///< a page of its own: the branch that is shown
    Text,            ///< [USER] and [ASSISTANT]
};

/// The format named "md", "json", "chat", "html" or "txt"; nothing for another name.
std::optional<ExportFormat> exportFormatFrom(const QString &name);

/// The ending of a file in that format, "md".
QString fileEnding(ExportFormat format);

/// The whole file, UTF-8. Linear; any thread.
QByteArray exported(const ChatFile &file, ExportFormat format);

} // namespace quintet::chat
