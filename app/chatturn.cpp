// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chatturn.h"

#include "base/onpool.h"
#include "chat/title.h"

namespace quintet {

namespace {

/// The conversation to go on with, or a new one, with what the wish says of it.
Task<Result<chat::Conversation>> conversationFor(Services &services, ChatWish wish)
{
    chat::Conversation conversation(chat::ConversationId::make());
    if (!wish.conversation.isEmpty()) {
        auto loaded = co_await onPool([&services, named = wish.conversation] {
            return services.conversations().find(named).and_then(
                [&services](const chat::ConversationId &id) { return services.conversations().load(id); });
        });
        if (!loaded)
            co_return std::unexpected(loaded.error());
        conversation = std::move(*loaded);
    }
    chat::Settings settings = conversation.settings();
    settings.system = wish.system.value_or(settings.system);
    settings.collections = wish.collections.value_or(settings.collections);
    if (wish.parameters.temperature)
        settings.parameters.temperature = wish.parameters.temperature;
    if (wish.parameters.maxTokens)
        settings.parameters.maxTokens = wish.parameters.maxTokens;
    conversation.apply(chat::SettingsSet{settings});
    co_return conversation;
}

/// Adds the user's message; a conversation without a title is named after it.
void say(chat::Conversation &conversation, Services &services, const chat::Message &message, bool isTemporary)
{
    std::vector<chat::ConversationEvent> events{chat::MessageAdded{message}};
    if (conversation.title().isEmpty())
        events.emplace_back(chat::TitleSet{chat::titleFromWords(message.text)});
    for (const chat::ConversationEvent &event : events) {
        conversation.apply(event);
        if (!isTemporary)
            services.conversations().write(conversation, event);
    }
}

} // namespace

Task<Result<ChatTurn>> takeChatTurn(Services &services, ChatWish wish, std::function<void(const llm::Event &)> onEvent,
                                    CancelToken token)
{
    auto conversation = co_await conversationFor(services, wish);
    if (!conversation)
        co_return std::unexpected(conversation.error());
    const auto endpoint = co_await services.catalog().withModel(wish.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    chat::Message message;
    message.id = chat::MessageId::make();
    message.parent = conversation->head();
    message.text = wish.text;
    message.time = QDateTime::currentDateTimeUtc();
    message.attachments = std::move(wish.attachments);
    say(*conversation, services, message, wish.isTemporary);
    const auto pass = [onEvent = std::move(onEvent)](const chat::ConversationEvent &event) {
        if (const auto *grew = std::get_if<chat::AnswerGrew>(&event))
            onEvent(grew->event);
    };
    auto answered = co_await services.responder().answer({.conversation = *conversation,
                                                          .message = message.id,
                                                          .endpoint = *endpoint,
                                                          .isTemporary = wish.isTemporary,
                                                          .mayCache = wish.mayCache && !wish.isTemporary,
                                                          .budget = wish.budget},
                                                         pass, token);
    if (!answered)
        co_return std::unexpected(answered.error());
    co_return ChatTurn{wish.isTemporary ? QString() : conversation->id().value, std::move(*answered)};
}

} // namespace quintet
