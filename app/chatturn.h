// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

namespace quintet {

/// Something said into a conversation, and how it is to be answered.
struct ChatWish {
    QString conversation; ///< its id, or the beginning of it; empty: a new one
    bool isTemporary = false;
    std::optional<QString> system;          ///< how the model is to behave from now on
    std::optional<QStringList> collections; ///< to be consulted from now on
    llm::Parameters parameters;             ///< from now on
    QString text;
    std::vector<chat::Attachment> attachments;
    llm::Endpoint endpoint;
    bool mayCache = true;
    usage::Limit budget;
};

/// What came of it.
struct ChatTurn {
    QString conversation; ///< its id; empty where it is not kept
    chat::Answered answered;
};

/// Says it, keeps it unless it is temporary, and has it answered; `onEvent` gets the pieces of the answer. BadInput
/// where there is no such conversation; else as Responder::answer(). On the engine thread.
Task<Result<ChatTurn>> takeChatTurn(Services &services, ChatWish wish, std::function<void(const llm::Event &)> onEvent,
                                    CancelToken token);

} // namespace quintet
