// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tooltalk.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

QStringList namesIn(const QStringList &values)
{
    QStringList names;
    for (const QString &value : values) {
        for (const QString &name : value.split(u',', Qt::SkipEmptyParts))
            names << name.trimmed();
    }
    return names;
}

ToolTalk talkOf(Invocation &invocation)
{
    const QStringList allowed = namesIn(invocation.values(u"allow"_s));
    const bool isVerbose = invocation.isSet(u"verbose"_s);
    Output *output = &invocation.output();
    return {.agrees = [allowed, output](agent::mcp::Question question) -> Task<bool> {
                const bool isAllowed = allowed.contains(question.server.name);
                if (!isAllowed)
                    output->note(question.text() + u'\n' + tr("Agree with --allow %1").arg(question.server.name));
                co_return isAllowed;
            },
            .note = [output](const QString &text) { output->note(text); },
            .onLog =
                [output, isVerbose](const QString &server, const QString &line) {
                    if (isVerbose)
                        output->note(server + u": "_s + line);
                }};
}

} // namespace quintet::cli
