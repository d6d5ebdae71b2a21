// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"
#include "ui/knowledge/knowledgesession.h"
#include "ui/transcript/message.h"

namespace quintet::ui {

/// A question to a collection, and what was found for it.
struct AskedQuestion {
    QString text;
    KnowledgeSession::Mode mode = KnowledgeSession::Ask;
    std::vector<knowledge::Hit> hits;
    std::vector<knowledge::Citation> citations;
    QString answer;
};

/// What was asked of a collection since the program started.
struct KnowledgeConversation {
    std::vector<Message> messages;
    std::map<QString, AskedQuestion> asked; ///< by the id of the message that answers
};

} // namespace quintet::ui
