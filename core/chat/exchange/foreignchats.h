// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/exchange/chatexport.h"

#include <QJsonObject>

namespace quintet::chat {

/// A conversation out of one entry of an export: Quintet's own, or one of ChatGPT ("mapping"), Claude
/// ("chat_messages"), Open WebUI ("chat" with "history") or of chat-completions ("messages"). Nothing where the entry
/// is none of these, or nobody says anything in it. A pure function: the same entry gives the same ids.
std::optional<ChatFile> chatFrom(const QJsonObject &entry);

} // namespace quintet::chat
