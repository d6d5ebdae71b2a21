// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversationevent.h"

#include <QHash>

namespace quintet::chat {

/// A conversation as a tree of messages, one branch of which is shown. A value: it changes by apply() alone, so that
/// what is shown, kept and exported is the same. Copies are as large as the conversation.
class Conversation final {
public:
    Conversation() = default;
    explicit Conversation(ConversationId id) : m_id(std::move(id)) { }

    /// A conversation of these messages; one whose parent is not among them is a first one. `head` is the end of the
    /// branch that is shown; where it is not known the newest message's.
    Conversation(ConversationId id, std::vector<Message> messages, const MessageId &head);

    const ConversationId &id() const { return m_id; }
    const QString &title() const { return m_title; }
    bool isTitleByUser() const { return m_titleByUser; }
    const Settings &settings() const { return m_settings; }
    const MessageId &head() const { return m_head; }

    /// All messages, removed ones too, parents before children.
    const std::vector<Message> &messages() const { return m_messages; }
    bool isEmpty() const { return path().empty(); }

    /// Null for an id that is not known. Valid until the next apply().
    const Message *message(const MessageId &id) const;

    /// The branch that is shown, from the first message to the head.
    std::vector<const Message *> path() const { return pathTo(m_head); }
    std::vector<const Message *> pathTo(const MessageId &id) const;

    /// The message's versions in the order they were made, itself among them; no removed ones.
    std::vector<const Message *> siblings(const MessageId &id) const;

    /// Folds one event in. A pure step: the same events give the same conversation. Events about messages that are not
    /// known are dropped.
    void apply(const ConversationEvent &event);

    bool operator==(const Conversation &) const = default;

private:
    Message *find(const MessageId &id);
    void add(const Message &message);
    std::vector<const Message *> childrenOf(const MessageId &parent) const;
    MessageId newestBelow(MessageId id) const;
    void leaveRemoved(const Message &removed);

    ConversationId m_id;
    QString m_title;
    bool m_titleByUser = false;
    Settings m_settings;
    MessageId m_head;
    std::vector<Message> m_messages;
    QHash<MessageId, size_t> m_places;
    QHash<MessageId, std::vector<size_t>> m_children; ///< by parent, in the order they were made
};

/// Takes one event from a model into an answer.
void apply(Message &answer, const llm::Event &event);

} // namespace quintet::chat
