// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"

#include <QCoreApplication>
#include <unistd.h>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

void printJson(Output &output, const llm::Event &event)
{
    const auto piece = [&output](const QString &type, const QString &text) {
        output.object({{u"type"_s, type}, {u"text"_s, text}});
    };
    std::visit(llm::Visitor{[&](const llm::TextDelta &delta) { piece(u"text"_s, delta.text); },
                            [&](const llm::ReasoningDelta &delta) { piece(u"reasoning"_s, delta.text); },
                            [&](const llm::ToolCallDelta &delta) {
                                output.object({{u"type"_s, u"tool_call"_s},
                                               {u"id"_s, delta.id},
                                               {u"name"_s, delta.name},
                                               {u"arguments"_s, delta.arguments}});
                            },
                            [&](const llm::UsageReported &reported) {
                                output.object({{u"type"_s, u"usage"_s},
                                               {u"prompt_tokens"_s, reported.usage.prompt},
                                               {u"completion_tokens"_s, reported.usage.completion}});
                            },
                            [](const llm::Thought &) {}, [](const llm::Cited &) {}, [](const llm::Quoted &) {},
                            [](const llm::ModelNamed &) {}, [](const llm::Stopped &) {}, [](const llm::Waiting &) {}},
               event);
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

void printDone(Output &output, const llm::Completion &completion)
{
    if (!output.isJson()) {
        output.text(u"\n"_s);
        if (completion.stopReason == llm::StopReason::Length)
            output.note(tr("The answer was cut off at the token limit."));
        if (completion.stopReason == llm::StopReason::Refused)
            output.note(tr("The model declined to answer."));
        if (completion.stopReason == llm::StopReason::Filtered)
            output.note(tr("The server's content filter cut the answer off."));
        return;
    }
    output.object({{u"type"_s, u"done"_s},
                   {u"conversation"_s, QJsonValue()},
                   {u"endpoint"_s, completion.endpoint},
                   {u"model"_s, completion.model},
                   {u"cost_usd"_s, completion.cost ? QJsonValue(completion.cost->dollars()) : QJsonValue()},
                   {u"latency_ms"_s, qint64(completion.totalTime.count())}});
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

Task<int> run(Invocation &invocation)
{
    const auto named = invocation.endpoint();
    if (!named)
        co_return invocation.fail(named.error());
    Services &services = **invocation.services();
    if (invocation.arguments().isEmpty() && ::isatty(STDIN_FILENO))
        invocation.output().note(tr("Write the message, then Ctrl-D."));
    llm::Request request;
    request.pattern = u"chat"_s;
    request.parameters = invocation.parameters();
    request.budget = invocation.budget();
    const Result<QString> message = co_await messageFrom(invocation.arguments(), invocation.token());
    if (!message)
        co_return invocation.failInput(message.error());
    const auto endpoint = co_await services.catalog().withModel(*named, invocation.token());
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    request.model = endpoint->model;
    if (invocation.isSet(u"system"_s))
        request.messages.push_back({llm::Role::System, invocation.value(u"system"_s)});
    request.messages.push_back({llm::Role::User, *message});
    Output &output = invocation.output();
    bool hasText = false;
    const auto print = [&output, &hasText](const llm::Event &event) {
        hasText = hasText || std::holds_alternative<llm::TextDelta>(event);
        output.isJson() ? printJson(output, event) : printText(output, event);
    };
    const auto completion =
        co_await llm::collect(services.gateway().ask(*endpoint, request), print, invocation.token());
    invocation.noteBudget();
    if (completion) {
        printDone(output, *completion);
        co_return exitStatus::done;
    }
    // What arrived stays; the reason stands on a line of its own.
    if (hasText && !output.isJson())
        output.text(u"\n"_s);
    co_return invocation.fail(completion.error());
}

} // namespace

Command chatCommand()
{
    return {u"chat"_s,
            u"[MESSAGE]"_s,
            tr("Ask a model and read the answer as it is written. Without a message it reads standard input."),
            {{u"system"_s, QStringLiteral("TEXT"), tr("how the model is to behave")}},
            run};
}

} // namespace quintet::cli
