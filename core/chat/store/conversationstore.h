// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversation.h"
#include "store/database.h"

class QSqlQuery;

namespace quintet::chat {

/// A line in the list of conversations.
struct ConversationRow {
    ConversationId id;
    QString title;
    QDateTime changed; ///< UTC
    int messages = 0;
    QString model; ///< of the last answer
    QString folder;
    QStringList tags;
    bool isPinned = false;
    bool isArchived = false;

    bool operator==(const ConversationRow &) const = default;
};

/// What a query selects to make rows of, nine columns of a conversation `c`.
QString rowColumns();
ConversationRow rowFrom(const QSqlQuery &row);

/// Which conversations are listed; those that were removed never are.
struct ConversationFilter {
    std::optional<QString> folder; ///< empty string: those in none
    QString tag;
    bool archived = false; ///< those in the archive in place of the others

    bool operator==(const ConversationFilter &) const = default;
};

/// What changes how a conversation is found, not what was said; what is not set stays.
struct Placement {
    std::optional<QString> folder;
    std::optional<QStringList> tags;
    std::optional<bool> pinned;
    std::optional<bool> archived;
    std::optional<bool> removed; ///< can be taken back until purge()

    bool operator==(const Placement &) const = default;
};

/// Conversations in the database. Writes are done in the order they were asked for, and their futures end when they
/// are on disk, with Storage if they cannot be. Reads may take over 8 ms: not on the GUI thread. Any thread.
class ConversationStore final {
public:
    explicit ConversationStore(store::Database &database) : m_database(database) { }

    /// What `event` changed in `after`, the conversation that it was applied to.
    QFuture<Result<void>> write(const Conversation &after, const ConversationEvent &event);

    /// An answer under way, as far as it came.
    QFuture<Result<void>> writeProgress(const Message &answer);

    /// A whole conversation at once: one that was imported, forked, or taken up from a temporary one. Of one that is
    /// there, the messages that are not are added, and its placement stays, but for its removal.
    QFuture<Result<void>> writeWhole(const Conversation &conversation, const Placement &placement,
                                     const QDateTime &changed);

    QFuture<Result<void>> place(const ConversationId &id, const Placement &placement, const QDateTime &now);

    QFuture<Result<void>> rename(const ConversationId &id, const QString &title); ///< by the user

    /// What stands in the conversation's composer, as its owner writes it; empty: nothing.
    QFuture<Result<void>> writeDraft(const ConversationId &id, const QString &draft);
    Result<QString> draft(const ConversationId &id) const;

    /// Forgets for good what was removed before `time`, and attachments that nothing uses.
    QFuture<Result<void>> purge(const QDateTime &time);

    /// BadInput if there is none of that id. An answer whose process is gone is Interrupted.
    Result<Conversation> load(const ConversationId &id) const;

    /// The id that begins with `beginning`, which may be whole. BadInput if there is none, or more than one.
    Result<ConversationId> find(const QString &beginning) const;

    /// Changes with whatever is written of the conversation but drafts and answers under way; empty if there is none.
    Result<QString> stamp(const ConversationId &id) const;

    /// Its line in the list. BadInput if there is none of that id.
    Result<ConversationRow> row(const ConversationId &id) const;

    /// Pinned ones first, then by their last change, the newest first.
    Result<std::vector<ConversationRow>> list(const ConversationFilter &filter, int offset, int count) const;
    Result<int> count(const ConversationFilter &filter) const;
    Result<QStringList> folders() const;
    Result<QStringList> tags() const;

private:
    store::Database &m_database;
};

} // namespace quintet::chat
