// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/store/conversationstore.h"
#include "chat/store/searchwords.h"

namespace quintet::chat {

/// A conversation in which something was found.
struct ChatHit {
    ConversationRow conversation;
    MessageId message; ///< empty where it was found in the title alone
    llm::Role role = llm::Role::User;
    QString snippet;

    bool operator==(const ChatHit &) const = default;
};

/// Looks through everything that was said.
class ChatSearchStore final {
public:
    explicit ChatSearchStore(const store::Database &database) : m_database(database) { }

    /// The conversations that fit, at most `count`: by their titles first, then by the newest message that fits.
    /// Storage if the database cannot be read. May take over 8 ms: not on the GUI thread. Any thread.
    Result<std::vector<ChatHit>> search(const SearchQuery &query, int count) const;

private:
    const store::Database &m_database;
};

} // namespace quintet::chat
