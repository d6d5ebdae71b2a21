// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/message.h"

namespace quintet::ui {

/// A message that is not sent yet.
struct ChatDraft {
    QString text;
    std::vector<chat::Attachment> attachments;

    bool isEmpty() const { return text.trimmed().isEmpty() && attachments.empty(); }
    bool operator==(const ChatDraft &) const = default;
};

/// What stands in a conversation's composer, and what waits behind the answer under way.
struct ChatDrafts {
    ChatDraft written;
    std::vector<ChatDraft> queue;

    bool operator==(const ChatDrafts &) const = default;
};

/// As the store keeps it; empty for nothing.
QString toJson(const ChatDrafts &drafts);

/// An empty one for what is not understood: a draft is no reason to stop.
ChatDrafts draftsFrom(const QString &json);

} // namespace quintet::ui
