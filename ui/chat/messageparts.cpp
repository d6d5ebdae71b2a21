// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messageparts.h"

#include "llm/endpoint.h"
#include "ui/models/answerfacts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;
using chat::MessageState;

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet::ui::Chat", text);
}

llm::Completion completionOf(const chat::AnswerFacts &facts)
{
    llm::Completion completion;
    completion.usage = facts.usage;
    completion.cost = facts.cost;
    completion.cached = facts.cached;
    completion.firstTokenTime = facts.firstTokenTime;
    completion.totalTime = facts.totalTime;
    return completion;
}

QStringList factsOf(const chat::Message &message)
{
    const bool isBuiltin = message.facts.endpoint == llm::builtinEndpoint().name;
    QStringList facts;
    if (!message.facts.model.isEmpty())
        facts << (isBuiltin ? tr("Built-in: quotes your documents") : message.facts.model);
    if (message.state != MessageState::Running && message.facts.totalTime.count() > 0 && !isBuiltin)
        facts << answerFacts(completionOf(message.facts), isBuiltin, message.facts.isLocal);
    switch (message.state) {
    case MessageState::Stopped: facts << tr("stopped"); break;
    case MessageState::CutOff: facts << tr("cut off at the token limit"); break;
    case MessageState::Interrupted: facts << tr("interrupted when Quintet ended"); break;
    case MessageState::Running:
    case MessageState::Failed:
    case MessageState::Whole: break;
    }
    return facts;
}

bool canGoOn(const chat::Message &message)
{
    return message.role == llm::Role::Assistant && message.state != MessageState::Whole
           && message.state != MessageState::Running && !message.text.isEmpty();
}

/// Words behind the facts: the versions, and what is done most.
std::vector<Choice> wordsUnder(const chat::Conversation &conversation, const chat::Message &message)
{
    std::vector<Choice> words;
    const auto siblings = conversation.siblings(message.id);
    if (siblings.size() > 1) {
        const auto place = std::ranges::find(siblings, message.id, &chat::Message::id) - siblings.begin();
        words.push_back({messageAction::previous, u"‹"_s});
        words.push_back({{}, tr("%1 of %2").arg(place + 1).arg(siblings.size())});
        words.push_back({messageAction::next, u"›"_s});
    }
    if (message.state == MessageState::Running)
        return words;
    if (canGoOn(message))
        words.push_back({messageAction::resume, tr("Continue")});
    if (message.role == llm::Role::User)
        words.push_back({messageAction::edit, tr("Edit")});
    else if (!message.parent.isEmpty())
        words.push_back({messageAction::again, tr("Again")});
    return words;
}

std::vector<Choice> menuOf(const chat::Message &message)
{
    std::vector<Choice> menu{{messageAction::edit, tr("Edit")}};
    const bool isAnswerable = message.role == llm::Role::User || !message.parent.isEmpty();
    if (isAnswerable)
        menu.push_back({messageAction::again, tr("Answer again")});
    if (canGoOn(message))
        menu.push_back({messageAction::resume, tr("Continue the answer")});
    if (isAnswerable)
        menu.push_back({messageAction::againBy, tr("Answer again by another model…")});
    menu.push_back({messageAction::fork, tr("New conversation from here")});
    menu.push_back({messageAction::condense, message.condensed.isEmpty() ? tr("Condense everything up to here")
                                                                         : tr("Tell everything in full again")});
    menu.push_back({messageAction::remove, tr("Remove, with what follows"), false, true});
    return menu;
}

AttachmentsPart attachmentsOf(const chat::Message &message)
{
    AttachmentsPart part;
    for (const chat::Attachment &attachment : message.attachments) {
        const QString facts =
            attachment.isImage() ? tr("picture") : tr("%1 tokens").arg(QLocale().toString(attachment.tokens));
        part.attachments.push_back({attachment.name, facts});
    }
    return part;
}

SourcesPart sourcesOf(const chat::Message &message)
{
    SourcesPart part;
    for (const chat::Citation &citation : message.citations) {
        const QString title = citation.title.isEmpty() ? citation.document : citation.title;
        part.sources.push_back({citation.label, title, citation.place, citation.quote});
    }
    return part;
}

} // namespace

Message shownMessage(const chat::Conversation &conversation, const chat::Message &message)
{
    Message shown;
    shown.id = message.id.value;
    shown.author = message.role == llm::Role::User ? Author::User : Author::Assistant;
    shown.isOpen = message.state == MessageState::Running;
    if (!message.reasoning.isEmpty()) {
        const bool isOver = !shown.isOpen || !message.text.isEmpty();
        shown.parts.push_back(
            ReasoningPart{message.reasoning, isOver ? std::optional(message.facts.reasoningTime) : std::nullopt});
    }
    shown.parts.push_back(TextPart{message.text});
    if (shown.isOpen)
        return shown;
    if (!message.attachments.empty())
        shown.parts.push_back(attachmentsOf(message));
    if (!message.citations.empty())
        shown.parts.push_back(sourcesOf(message));
    if (message.failure) {
        const bool isKey = message.failure->kind == ErrorKind::Unauthorized;
        shown.parts.push_back(ErrorPart{message.failure->message, isKey ? tr("Settings") : tr("Try again")});
    }
    if (!message.notes.isEmpty())
        shown.parts.push_back(FactsPart{message.notes});
    shown.parts.push_back(FactsPart{factsOf(message), wordsUnder(conversation, message)});
    if (!message.condensed.isEmpty())
        shown.parts.push_back(FactsPart{{tr("— What stands above is told to models in short. —")}});
    shown.actions = menuOf(message);
    return shown;
}

std::vector<Message> shownMessages(const chat::Conversation &conversation)
{
    std::vector<Message> messages;
    for (const chat::Message *message : conversation.path())
        messages.push_back(shownMessage(conversation, *message));
    return messages;
}

} // namespace quintet::ui
