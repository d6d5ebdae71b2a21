// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"
#include "app/resultjson.h"
#include "base/onpool.h"
#include "chat/title.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <unistd.h>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

void printText(Output &output, const llm::Event &event)
{
    if (const auto *waiting = std::get_if<llm::Waiting>(&event)) {
        output.progress(sentenceFor(*waiting));
        return;
    }
    output.progress({});
    if (const auto *delta = std::get_if<llm::TextDelta>(&event))
        output.text(delta->text);
}

void printDone(Output &output, const chat::Answered &answered, const QString &conversation)
{
    if (output.isJson()) {
        output.object(resultJson(answered, conversation));
        return;
    }
    output.text(u"\n"_s);
    for (const chat::Citation &citation : answered.message.citations) {
        const QString place = citation.place.isEmpty() ? QString() : u", "_s + citation.place;
        output.line(u"[%1] %2%3"_s.arg(citation.label, citation.title, place));
    }
    for (const QString &note : answered.message.notes)
        output.note(note);
    if (answered.message.state == chat::MessageState::CutOff)
        output.note(tr("The answer was cut off at the token limit."));
}

Task<Result<QString>> messageFrom(QStringList arguments, CancelToken token)
{
    QString message = arguments.join(u' ');
    if (arguments.isEmpty()) {
        const Result<QByteArray> bytes = co_await readStandardInput(token);
        if (!bytes)
            co_return std::unexpected(bytes.error());
        message = QString::fromUtf8(*bytes);
    }
    if (message.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("There is no message."));
    co_return message.trimmed();
}

/// The conversation to go on with, or a new one, with what was said of it on the command line.
Task<Result<chat::Conversation>> conversationFor(Invocation &invocation, Services &services)
{
    chat::Conversation conversation(chat::ConversationId::make());
    if (invocation.isSet(u"conversation"_s)) {
        const QString named = invocation.value(u"conversation"_s);
        auto loaded = co_await onPool([&services, named] {
            return services.conversations().find(named).and_then(
                [&services](const chat::ConversationId &id) { return services.conversations().load(id); });
        });
        if (!loaded)
            co_return std::unexpected(loaded.error());
        conversation = std::move(*loaded);
    }
    chat::Settings settings = conversation.settings();
    if (invocation.isSet(u"system"_s))
        settings.system = invocation.value(u"system"_s);
    if (invocation.isSet(u"collection"_s))
        settings.collections = invocation.values(u"collection"_s);
    const llm::Parameters parameters = invocation.parameters();
    if (parameters.temperature)
        settings.parameters.temperature = parameters.temperature;
    if (parameters.maxTokens)
        settings.parameters.maxTokens = parameters.maxTokens;
    conversation.apply(chat::SettingsSet{settings});
    co_return conversation;
}

Task<Result<std::vector<chat::Attachment>>> attach(Invocation &invocation, Services &services)
{
    std::vector<chat::Attachment> attachments;
    for (const QString &file : invocation.values(u"attach"_s)) {
        invocation.output().progress(tr("Reading %1 …").arg(file));
        document::Source source;
        source.path = QFileInfo(file).absoluteFilePath();
        auto attachment =
            co_await services.attachments().attach(source, invocation.isSet(u"temporary"_s), invocation.token());
        invocation.output().progress({});
        if (!attachment)
            co_return std::unexpected(attachment.error());
        attachments.push_back(std::move(*attachment));
    }
    co_return attachments;
}

/// Adds the user's message; a conversation without a title is named after it.
void say(chat::Conversation &conversation, Services &services, chat::Message message, bool isTemporary)
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

Task<int> run(Invocation &invocation)
{
    const auto named = invocation.endpoint();
    if (!named)
        co_return invocation.fail(named.error());
    Services &services = **invocation.services();
    auto conversation = co_await conversationFor(invocation, services);
    if (!conversation)
        co_return invocation.fail(conversation.error());
    if (invocation.arguments().isEmpty() && ::isatty(STDIN_FILENO))
        invocation.output().note(tr("Write the message, then Ctrl-D."));
    const Result<QString> text = co_await messageFrom(invocation.arguments(), invocation.token());
    if (!text)
        co_return invocation.failInput(text.error());
    auto attachments = co_await attach(invocation, services);
    if (!attachments)
        co_return invocation.failInput(attachments.error());
    const auto endpoint = co_await services.catalog().withModel(*named, invocation.token());
    if (!endpoint)
        co_return invocation.fail(endpoint.error());

    const bool isTemporary = invocation.isSet(u"temporary"_s);
    chat::Message message;
    message.id = chat::MessageId::make();
    message.parent = conversation->head();
    message.text = *text;
    message.time = QDateTime::currentDateTimeUtc();
    message.attachments = std::move(*attachments);
    say(*conversation, services, message, isTemporary);
    Output &output = invocation.output();
    bool hasText = false;
    const auto print = [&output, &hasText](const chat::ConversationEvent &event) {
        const auto *grew = std::get_if<chat::AnswerGrew>(&event);
        if (!grew)
            return;
        hasText = hasText || std::holds_alternative<llm::TextDelta>(grew->event);
        if (!output.isJson())
            printText(output, grew->event);
        else if (const QJsonObject object = resultJson(grew->event); !object.isEmpty())
            output.object(object);
    };
    const auto answered = co_await services.responder().answer(
        {.conversation = *conversation,
         .message = message.id,
         .endpoint = *endpoint,
         .isTemporary = isTemporary,
         .mayCache =
             !isTemporary && !invocation.isSet(u"no-cache"_s), // the settings decide whether Chat uses the cache at all
         .budget = invocation.budget()},
        print, invocation.token());
    invocation.noteBudget();
    if (!answered)
        co_return invocation.fail(answered.error());
    if (!answered->error) {
        printDone(output, *answered, isTemporary ? QString() : conversation->id().value);
        co_return exitStatus::done;
    }
    // What arrived stays; the reason stands on a line of its own.
    if (hasText && !output.isJson())
        output.text(u"\n"_s);
    co_return invocation.fail(*answered->error);
}

} // namespace

Command chatCommand()
{
    return {u"chat"_s,
            u"[MESSAGE]"_s,
            tr("Ask a model and read the answer as it is written. Without a message it reads standard input."),
            {{u"system"_s, u"TEXT"_s, tr("how the model is to behave")},
             {u"attach"_s, u"FILE"_s, tr("a file or picture to go along; may be given several times")},
             {u"conversation"_s, u"ID"_s, tr("go on with this one; the beginning of its id will do")},
             {u"collection"_s, u"NAME"_s, tr("consult this collection; may be given several times")},
             {u"temporary"_s, {}, tr("keep nothing of it")}},
            run};
}

} // namespace quintet::cli
