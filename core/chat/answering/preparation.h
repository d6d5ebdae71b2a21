// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/answering/attachments.h"
#include "chat/prompting.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"
#include "usage/prices.h"

namespace quintet::chat {

/// What a request is made with. All outlive those who hold it.
struct PreparationParts {
    llm::Gateway &gateway;
    llm::Catalog &catalog;
    Attachments &attachments;
    PassageSource &collections;
    const usage::Prices &prices;
};

/// A request that fits the model, and what went into it.
struct Prepared {
    llm::Request request;
    std::vector<Passage> passages; ///< as they are numbered in it
    QStringList notes;             ///< what the user should know: which file was searched rather than told whole
    qint64 tokens = 0;             ///< of the request, as estimated
    qint64 room = 0;               ///< of tokens for a request: what the model reads, less what its answer needs
    bool fits() const { return tokens <= room; }
};

/// How full a context is, for the gauge.
struct ContextUse {
    qint64 tokens = 0;                ///< of the next request, as estimated
    qint64 limit = 0;                 ///< that the model reads
    std::optional<usage::Money> cost; ///< of reading it; nothing where the price is unknown

    bool operator==(const ContextUse &) const = default;
};

/// Gathers what a model needs to answer `question`: the files attached along the branch, whole where they fit beside
/// the turns, the largest searched where they do not; the passages of the conversation's collections. Engine thread.
class Preparation final {
public:
    explicit Preparation(PreparationParts parts) : m_parts(parts) { }

    /// `endpoint` has a model. Fails only where a collection cannot be searched, or the token is cancelled; what no
    /// longer can be read is left out, with a note. A request that does not fit is given too: its turns need
    /// condensing.
    Task<Result<Prepared>> prepare(Conversation conversation, MessageId question, llm::Endpoint endpoint,
                                   CancelToken token);

    /// The same to go on with an answer; without passages, since the answer's marks stand for those of before.
    Task<Result<Prepared>> prepareContinuation(Conversation conversation, MessageId answer, llm::Endpoint endpoint,
                                               CancelToken token);

    /// What sending `text` with `attachments` at the end of the branch would take.
    Task<ContextUse> measure(Conversation conversation, QString text, std::vector<Attachment> attachments,
                             llm::Endpoint endpoint, CancelToken token);

private:
    struct Files;

    Task<Files> filesOf(std::vector<Attachment> attachments);
    Task<Result<Prepared>> prepareBuiltin(Message question, Files files, QStringList collections, CancelToken token);
    Task<qint64> roomOf(llm::Endpoint endpoint, std::optional<int> wanted, CancelToken token);

    PreparationParts m_parts;
};

/// The question as it is searched for: with the one before it where it is too short to stand alone.
QString searchTextFor(const Conversation &conversation, const MessageId &question);

} // namespace quintet::chat
