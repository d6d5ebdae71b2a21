// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString dashed(const Option &option)
{
    return (option.name.size() == 1 ? u"-"_s : u"--"_s) + option.name;
}

/// In single quotes, for any of the shells.
QString quoted(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// "list", "show", "export" of a command that begins with such a word.
QStringList verbsOf(const Command &command)
{
    QStringList verbs;
    for (const QString &part : command.arguments.split(u'|')) {
        static const QRegularExpression verb(u"^\\s*([a-z]+)\\b"_s);
        if (const QString word = verb.match(part).captured(1); !word.isEmpty())
            verbs << word;
    }
    return verbs;
}

QStringList wordsOf(const Command &command)
{
    QStringList words = verbsOf(command);
    for (const Option &option : command.options + commonOptions())
        words << dashed(option);
    return words;
}

QStringList namesOfCommands()
{
    QStringList names;
    for (const Command &command : commands())
        names << command.name;
    return names;
}

QString forBash()
{
    QString cases;
    for (const Command &command : commands())
        cases += u"    %1) words=%2 ;;\n"_s.arg(command.name, quoted(wordsOf(command).join(u' ')));
    return u"_quintet() {\n"
           "  local current=${COMP_WORDS[COMP_CWORD]} words=\n"
           "  case ${COMP_WORDS[1]} in\n%1"
           "  esac\n"
           "  ((COMP_CWORD > 1)) || words=%2\n"
           "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"; [[ $current == -* ]] || compgen -f -- "
           "\"$current\")\n"
           "}\n"
           "complete -o filenames -F _quintet quintet\n"_s.arg(cases, quoted(namesOfCommands().join(u' ')));
}

QString forZsh()
{
    QString cases;
    for (const Command &command : commands())
        cases += u"    %1) compadd -- %2 ;;\n"_s.arg(command.name, wordsOf(command).join(u' '));
    return u"#compdef quintet\n"
           "if ((CURRENT == 2)); then\n"
           "  compadd -- %1\n"
           "else\n"
           "  case $words[2] in\n%2"
           "  esac\n"
           "fi\n"
           "[[ $PREFIX == -* ]] || _files\n"_s.arg(namesOfCommands().join(u' '), cases);
}

QString forFish()
{
    QString lines;
    for (const Command &command : commands()) {
        lines +=
            u"complete -c quintet -n __fish_use_subcommand -a %1 -d %2\n"_s.arg(command.name, quoted(command.summary));
        const QString within = quoted(u"__fish_seen_subcommand_from "_s + command.name);
        for (const QString &verb : verbsOf(command))
            lines += u"complete -c quintet -n %1 -a %2\n"_s.arg(within, verb);
        for (const Option &option : command.options + commonOptions()) {
            lines += u"complete -c quintet -n %1 -%2 %3%4 -d %5\n"_s.arg(
                within, option.name.size() == 1 ? u"s"_s : u"l"_s, option.name,
                option.value.isEmpty() ? QString() : u" -r"_s, quoted(option.description));
        }
    }
    return lines;
}

Task<int> run(Invocation &invocation)
{
    const QString shell = invocation.arguments().value(0);
    if (invocation.arguments().size() != 1 || !QStringList{u"bash"_s, u"zsh"_s, u"fish"_s}.contains(shell))
        co_return invocation.failUsage(tr("completion takes bash, zsh or fish."));
    invocation.output().text(shell == u"bash" ? forBash() : shell == u"zsh" ? forZsh() : forFish());
    co_return exitStatus::done;
}

} // namespace

Command completionCommand()
{
    return {u"completion"_s,
            u"bash|zsh|fish"_s,
            tr("What a shell needs to complete quintet's commands and options."),
            {},
            run};
}

} // namespace quintet::cli
