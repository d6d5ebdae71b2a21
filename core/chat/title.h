// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversation.h"

namespace quintet::chat {

/// A title out of the first words of `text`: one line of at most 60 characters, without Markdown's marks; empty if
/// there are none.
QString titleFromWords(const QString &text);

/// What a model is asked, to name a conversation after its first exchange.
llm::Request titleRequest(const Conversation &conversation);

/// The title in a model's answer: without quotation marks, "Title:", thoughts and what is too long; empty if there
/// is none.
QString titleFromAnswer(const QString &answer);

} // namespace quintet::chat
