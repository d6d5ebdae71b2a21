// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chatturn.h"
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"
#include "app/resultjson.h"

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

Task<int> run(Invocation &invocation)
{
    const auto named = invocation.endpoint();
    if (!named)
        co_return invocation.fail(named.error());
    Services &services = **invocation.services();
    if (invocation.arguments().isEmpty() && ::isatty(STDIN_FILENO))
        invocation.output().note(tr("Write the message, then Ctrl-D."));
    const Result<QString> text = co_await messageFrom(invocation.arguments(), invocation.token());
    if (!text)
        co_return invocation.failInput(text.error());
    auto attachments = co_await attach(invocation, services);
    if (!attachments)
        co_return invocation.failInput(attachments.error());
    ChatWish wish{.conversation = invocation.value(u"conversation"_s),
                  .isTemporary = invocation.isSet(u"temporary"_s),
                  .parameters = invocation.parameters(),
                  .text = *text,
                  .attachments = std::move(*attachments),
                  .endpoint = *named,
                  .mayCache = !invocation.isSet(u"no-cache"_s), // the settings decide whether Chat uses it at all
                  .budget = invocation.budget()};
    if (invocation.isSet(u"system"_s))
        wish.system = invocation.value(u"system"_s);
    if (invocation.isSet(u"collection"_s))
        wish.collections = invocation.values(u"collection"_s);
    Output &output = invocation.output();
    bool hasText = false;
    const auto print = [&output, &hasText](const llm::Event &event) {
        hasText = hasText || std::holds_alternative<llm::TextDelta>(event);
        if (!output.isJson())
            printText(output, event);
        else if (const QJsonObject object = resultJson(event); !object.isEmpty())
            output.object(object);
    };
    const auto turn = co_await takeChatTurn(services, std::move(wish), print, invocation.token());
    invocation.noteBudget();
    if (!turn)
        co_return invocation.fail(turn.error());
    if (!turn->answered.error) {
        printDone(output, turn->answered, turn->conversation);
        co_return exitStatus::done;
    }
    // What arrived stays; the reason stands on a line of its own.
    if (hasText && !output.isJson())
        output.text(u"\n"_s);
    co_return invocation.fail(*turn->answered.error);
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
