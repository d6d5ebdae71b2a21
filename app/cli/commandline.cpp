// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"

#include "app/cli/invocation.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <csignal>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

const Command *find(const QString &name)
{
    const auto found = std::ranges::find(commands(), name, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

QString optionRow(const Option &option)
{
    const QString dashes = option.name.size() == 1 ? u"-"_s : u"--"_s;
    const QString left =
        "  "_L1 + dashes + option.name + (option.value.isEmpty() ? QString() : QLatin1Char(' ') + option.value);
    return left.leftJustified(30) + ' '_L1 + option.description + '\n'_L1;
}

QString rows(const QList<Option> &options)
{
    QString text;
    for (const Option &option : options)
        text += optionRow(option);
    return text;
}

QString programHelp()
{
    QString text = tr("Quintet puts language models to work.\n\n"
                      "usage: quintet [FILE...]              open the window\n"
                      "       quintet COMMAND [ARGUMENTS]    work in the terminal\n\ncommands:\n");
    for (const Command &command : commands())
        text += "  "_L1 + command.name.leftJustified(14) + command.summary + '\n'_L1;
    return text + tr("\noptions of every command:\n") + rows(commonOptions())
           + tr("\nMore on one of them: quintet COMMAND --help\n");
}

} // namespace

Call callFrom(const QStringList &arguments)
{
    if (arguments.isEmpty())
        return {Call::Window, {}, {}};
    const QString &first = arguments.first();
    if (first == u"--help" || first == u"-h" || first == u"help") {
        const QString about = arguments.value(1);
        return find(about) ? Call{Call::Help, about, {}} : Call{Call::Help, {}, {}};
    }
    if (first == u"--version")
        return {Call::Version, {}, {}};
    if (find(first))
        return {Call::Subcommand, first, arguments.mid(1)};
    if (first == u"--data-dir" && find(arguments.value(2)))
        return {Call::Subcommand, arguments.at(2), arguments.mid(3) + arguments.first(2)};
    if (first == u"--data-dir" || first.startsWith(u"--data-dir=") || QFileInfo::exists(first))
        return {Call::Window, {}, arguments};
    return {Call::Unknown, first, {}};
}

QString helpText(const QString &name)
{
    const Command *command = find(name);
    if (!command)
        return programHelp();
    QString text = tr("usage: quintet %1 %2\n\n%3\n").arg(command->name, command->arguments, command->summary);
    if (!command->options.isEmpty())
        text += tr("\noptions:\n") + rows(command->options);
    return text + tr("\noptions of every command:\n") + rows(commonOptions());
}

Task<int> runCommand(QString name, QStringList arguments, CancelToken token)
{
    const Command *command = find(name);
    Q_ASSERT(command);
    auto invocation = Invocation::parse(*command, arguments, token);
    if (!invocation) {
        Output output(arguments.contains(u"--json"_s), false);
        output.error(invocation.error());
        output.note(tr("See: quintet %1 --help").arg(name));
        co_return exitStatus::usage;
    }
    Output &output = (*invocation)->output();
    int status = exitStatus::done;
    if ((*invocation)->isSet(u"help"_s))
        output.text(helpText(name));
    else
        status = co_await command->run(**invocation);
    if (output.isAbandoned()) {
        // As any filter ends whose reader has gone.
        std::signal(SIGPIPE, SIG_DFL);
        std::raise(SIGPIPE);
    }
    if (auto flushed = output.flush(); !flushed)
        co_return (*invocation)->fail(flushed.error());
    co_return status;
}

} // namespace quintet::cli
