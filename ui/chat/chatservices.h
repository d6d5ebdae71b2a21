// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginethread.h"
#include "base/paths.h"
#include "chat/answering/responder.h"
#include "chat/store/chatsearchstore.h"
#include "chat/store/promptstore.h"

namespace quintet::ui {

/// What the Chat tab works with. The services live on the engine thread and outlive the tab; the stores may be called
/// from any.
struct ChatServices {
    EngineThread &engine;
    chat::Responder &responder;
    chat::Attachments &attachments;
    chat::AttachmentStore &contents;
    chat::ConversationStore &conversations;
    const chat::ChatSearchStore &search;
    chat::PromptStore &prompts;
    chat::PassageSource &collections;
    Paths paths;
};

} // namespace quintet::ui
