// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/answering/preparation.h"
#include "chat/store/conversationstore.h"

namespace quintet::chat {

/// What is to be answered, and by whom.
struct Ask {
    Conversation conversation;
    MessageId message;        ///< the question; to go on with an answer, that
    llm::Endpoint endpoint;   ///< with a model or without
    bool isTemporary = false; ///< nothing of it is written to disk
    bool mayCache = false;
    usage::Limit budget; ///< the most that the answer may take
};

/// How an answer ended. What arrived of it is in the conversation in any case.
struct Answered {
    Message message;
    llm::Completion completion;
    std::optional<Error> error; ///< why it is not whole; Cancelled where the user stopped it
};

/// Answers messages: prepares the request, asks the model, folds what comes into the conversation and keeps it, each
/// second while it grows. What happens is told as events, those that the conversation must be folded with elsewhere
/// too. Lives on the engine thread.
class Responder final {
public:
    using Sink = std::function<void(const ConversationEvent &)>;

    /// All outlive the responder.
    Responder(PreparationParts parts, ConversationStore &store, Clock &clock)
        : m_parts(parts),
          m_preparation(parts),
          m_store(store),
          m_clock(clock)
    {
    }

    /// Adds an answer to the question. Where the turns do not fit the model, the older ones are condensed first, and
    /// said so. Fails before there is an answer: no model, the budget, a conversation that cannot be made to fit.
    Task<Result<Answered>> answer(Ask ask, Sink sink, CancelToken token);

    /// Goes on with an answer that is not whole.
    Task<Result<Answered>> resume(Ask ask, Sink sink, CancelToken token);

    /// Condenses everything up to and with the message. NeedsModel from the built-in engine.
    Task<Result<void>> condense(Ask ask, Sink sink, CancelToken token);

    /// Names the conversation: by its model, or after its first words where it has none or the model fails. A title
    /// that the user gave stays.
    Task<void> giveTitle(Ask ask, Sink sink, CancelToken token);

    Preparation &preparation() { return m_preparation; }

private:
    class Writing;

    Task<Result<Prepared>> prepareFitting(Ask &ask, const Sink &sink, CancelToken token);
    Task<Answered> write(Ask ask, Prepared prepared, Message answer, Sink sink, CancelToken token);
    void keep(const Ask &ask, const ConversationEvent &event);

    PreparationParts m_parts;
    Preparation m_preparation;
    ConversationStore &m_store;
    Clock &m_clock;
};

} // namespace quintet::chat
