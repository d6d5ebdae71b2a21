// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/conversation.h"

#include <QSet>

#include <algorithm>

namespace quintet::chat {

Conversation::Conversation(ConversationId id, std::vector<Message> messages, const MessageId &head)
    : m_id(std::move(id))
{
    // A message without an id, or with another's, cannot be told apart: it is no part of a tree.
    QHash<MessageId, size_t> places;
    std::erase_if(messages, [&places](const Message &message) {
        const bool isBad = message.id.isEmpty() || places.contains(message.id);
        places.insert(message.id, 0);
        return isBad;
    });
    for (size_t i = 0; i < messages.size(); ++i)
        places[messages[i].id] = i;
    // As they are given, but each behind its parent; one whose parents go in a circle, or are not there, begins anew.
    for (Message &message : messages) {
        std::vector<Message *> line;
        QSet<MessageId> seen;
        for (Message *at = &message; at && !m_places.contains(at->id);) {
            if (seen.contains(at->id)) {
                line.back()->parent = {};
                break;
            }
            seen.insert(at->id);
            line.push_back(at);
            const auto parent = places.constFind(at->parent);
            if (parent == places.cend())
                at->parent = {};
            at = parent == places.cend() ? nullptr : &messages[*parent];
        }
        for (auto each = line.rbegin(); each != line.rend(); ++each)
            add(**each);
    }
    const Message *const shown = message(head);
    m_head = shown && !shown->isRemoved ? head : newestBelow({});
}

const Message *Conversation::message(const MessageId &id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &m_messages[*place];
}

Message *Conversation::find(const MessageId &id)
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &m_messages[*place];
}

std::vector<const Message *> Conversation::pathTo(const MessageId &id) const
{
    std::vector<const Message *> path;
    for (const Message *at = message(id); at; at = message(at->parent))
        path.push_back(at);
    std::ranges::reverse(path);
    return path;
}

std::vector<const Message *> Conversation::childrenOf(const MessageId &parent) const
{
    std::vector<const Message *> children;
    for (const size_t place : m_children.value(parent)) {
        if (!m_messages[place].isRemoved)
            children.push_back(&m_messages[place]);
    }
    return children;
}

std::vector<const Message *> Conversation::siblings(const MessageId &id) const
{
    const Message *const one = message(id);
    return one ? childrenOf(one->parent) : std::vector<const Message *>();
}

/// Down from `id` along what was added last at each fork.
MessageId Conversation::newestBelow(MessageId id) const
{
    for (;;) {
        const std::vector<const Message *> children = childrenOf(id);
        if (children.empty())
            return id;
        id = children.back()->id;
    }
}

void Conversation::add(const Message &message)
{
    m_places[message.id] = m_messages.size();
    m_children[message.parent].push_back(m_messages.size());
    m_messages.push_back(message);
}

/// Shows a neighbour where what was removed is part of the branch that is shown, else what it followed.
void Conversation::leaveRemoved(const Message &removed)
{
    const std::vector<const Message *> shown = path();
    if (std::ranges::find(shown, removed.id, &Message::id) == shown.end())
        return;
    const std::vector<const Message *> others = childrenOf(removed.parent);
    m_head = others.empty() ? removed.parent : newestBelow(others.back()->id);
}

void Conversation::apply(const ConversationEvent &event)
{
    std::visit(llm::Visitor{[this](const MessageAdded &added) {
                                if (message(added.message.id))
                                    return;
                                if (!added.message.parent.isEmpty() && !message(added.message.parent))
                                    return;
                                add(added.message);
                                m_head = added.message.id;
                            },
                            [this](const AnswerGrew &grew) {
                                if (Message *const answer = find(grew.id))
                                    chat::apply(*answer, grew.event);
                            },
                            [this](const AnswerResumed &resumed) {
                                Message *const answer = find(resumed.id);
                                if (!answer)
                                    return;
                                answer->state = MessageState::Running;
                                answer->failure.reset();
                            },
                            [this](const AnswerEnded &ended) {
                                Message *const answer = find(ended.message.id);
                                if (!answer)
                                    return;
                                const bool isRemoved = answer->isRemoved;
                                const QString condensed = answer->condensed;
                                *answer = ended.message;
                                answer->isRemoved = isRemoved;
                                answer->condensed = condensed;
                            },
                            [this](const BranchChosen &chosen) {
                                if (message(chosen.id))
                                    m_head = newestBelow(chosen.id);
                            },
                            [this](const RemovedSet &removed) {
                                Message *const changed = find(removed.id);
                                if (!changed)
                                    return;
                                changed->isRemoved = removed.isRemoved;
                                if (removed.isRemoved)
                                    leaveRemoved(*changed);
                                else
                                    m_head = newestBelow(removed.id);
                            },
                            [this](const Condensed &condensed) {
                                if (Message *const last = find(condensed.id))
                                    last->condensed = condensed.text;
                            },
                            [this](const TitleSet &title) {
                                if (m_titleByUser && !title.byUser)
                                    return;
                                m_title = title.title;
                                m_titleByUser = m_titleByUser || title.byUser;
                            },
                            [this](const SettingsSet &set) { m_settings = set.settings; }},
               event);
}

void apply(Message &answer, const llm::Event &event)
{
    std::visit(llm::Visitor{[&](const llm::TextDelta &delta) { answer.text += delta.text; },
                            [&](const llm::ReasoningDelta &delta) { answer.reasoning += delta.text; },
                            [&](const llm::Thought &thought) { answer.thinking.push_back(thought.thinking); },
                            [&](const llm::Cited &cited) {
                                answer.citations.push_back({.label = QString::number(answer.citations.size() + 1),
                                                            .document = cited.document,
                                                            .title = cited.document,
                                                            .place = {},
                                                            .page = {},
                                                            .start = cited.start,
                                                            .end = cited.end,
                                                            .quote = cited.quote});
                            },
                            [&](const llm::UsageReported &reported) {
                                answer.facts.usage = reported.usage;
                                if (reported.cost)
                                    answer.facts.cost = reported.cost;
                            },
                            [&](const llm::ModelNamed &named) { answer.facts.model = named.model; },
                            // Quotes become citations where their passages are known; tools are the agent's.
                            [](const llm::Quoted &) {}, [](const llm::ToolCallDelta &) {}, [](const llm::Stopped &) {},
                            [](const llm::Waiting &) {}},
               event);
}

} // namespace quintet::chat
