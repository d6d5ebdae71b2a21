// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serveragreement.h"

#include "app/cli/invocation.h"
#include "app/cli/terminal.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

Task<bool> agrees(Invocation &invocation, agent::mcp::Question question)
{
    const QString name = question.server.name;
    if (namesIn(invocation.values(u"allow"_s)).contains(name))
        co_return true;
    Output &output = invocation.output();
    const bool canBeAsked = isAtTerminal() && !output.isJson();
    output.note(printable(question.text()));
    output.note(canBeAsked ? tr("y: yes · n: no") : tr("Nobody is there to be asked; to agree: --allow %1").arg(name));
    if (!canBeAsked)
        co_return false;
    const auto line = co_await readTerminalLine(invocation.token());
    const QString word = line ? line->trimmed().toLower() : QString();
    co_return word == tr("y") || word == tr("yes");
}

} // namespace

ToolTalk toolTalkOf(Invocation &invocation)
{
    Invocation *asked = &invocation;
    return {.agrees = [asked](agent::mcp::Question question) { return agrees(*asked, std::move(question)); },
            .note = [asked](const QString &text) { asked->output().note(text); },
            .onLog =
                [asked](const QString &server, const QString &line) {
                    if (asked->isSet(u"verbose"_s))
                        asked->output().note(printable(server + u": "_s + line));
                }};
}

QStringList namesIn(const QStringList &values)
{
    QStringList names;
    for (const QString &value : values) {
        for (const QString &name : value.split(u',', Qt::SkipEmptyParts))
            names << name.trimmed();
    }
    return names;
}

} // namespace quintet::cli
