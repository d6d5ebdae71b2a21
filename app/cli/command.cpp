// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

const QList<Command> &commands()
{
    static const QList<Command> all{summarizeCommand(), chatCommand(),      chatsCommand(),  batchCommand(),
                                    knowledgeCommand(), agentCommand(),     toolCommand(),   extractCommand(),
                                    whichCommand(),     endpointsCommand(), modelsCommand(), usageCommand(),
                                    cacheCommand(),     dataCommand(),      serveCommand(),  mcpCommand(),
                                    demoCommand(),      completionCommand()};
    return all;
}

const QList<Option> &commonOptions()
{
    static const QList<Option> all{
        {QStringLiteral("endpoint"), QStringLiteral("NAME"),
         tr("ask this endpoint; \"builtin\" is the built-in engine")},
        {QStringLiteral("model"), QStringLiteral("NAME"), tr("ask this model")},
        {QStringLiteral("base-url"), QStringLiteral("URL"),
         tr("ask the server at this address, with the key in OPENAI_API_KEY")},
        {QStringLiteral("temperature"), QStringLiteral("X"), tr("0 for the likeliest answer, up to 2 for a freer one")},
        {QStringLiteral("max-tokens"), QStringLiteral("N"), tr("end the answer after this many tokens")},
        {QStringLiteral("budget"), QStringLiteral("USD"), tr("send nothing that would cost more than this")},
        {QStringLiteral("budget-tokens"), QStringLiteral("N"),
         tr("send nothing that would take more tokens than this, read and written")},
        {QStringLiteral("no-cache"), {}, tr("ask again, also where the answer is known")},
        {QStringLiteral("json"), {}, tr("print one JSON object a line")},
        {QStringLiteral("quiet"), {}, tr("print nothing but the result and errors")},
        {QStringLiteral("verbose"), {}, tr("say on standard error what is being done")},
        {QStringLiteral("data-dir"), QStringLiteral("DIR"), tr("keep everything in this folder")},
        {QStringLiteral("help"), {}, tr("show this help")},
    };
    return all;
}

int exitStatusFor(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled: return exitStatus::interrupted;
    case ErrorKind::Budget: return exitStatus::budget;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Unauthorized: return exitStatus::unreachable;
    case ErrorKind::RateLimited:
    case ErrorKind::Quota:
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused:
    case ErrorKind::BadInput:
    case ErrorKind::NeedsModel:
    case ErrorKind::Storage:
    case ErrorKind::Corrupt:
    case ErrorKind::Protocol:
    case ErrorKind::Unavailable: return exitStatus::failed;
    }
    Q_UNREACHABLE();
}

} // namespace quintet::cli
