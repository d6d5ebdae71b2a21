// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/agentapproval.h"

#include "agent/run/linediff.h"
#include "agent/run/permissions.h"
#include "app/cli/terminal.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostLines = 60; // of a change that are shown

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

Task<Result<agent::Approval>> TerminalApprover::ask(agent::ApprovalWish wish, CancelToken token)
{
    using Answer = agent::Approval::Answer;
    if (m_allowed.contains(wish.call.wish.name))
        co_return agent::Approval{Answer::Once, {}, {}};
    if (!isAtTerminal() || m_output.isJson()) {
        m_output.note(tr("%1 was not allowed; to allow it: --allow %1").arg(wish.call.wish.name));
        co_return agent::Approval{Answer::No, {}, u"Nobody is there to be asked."_s};
    }
    show(wish);
    const auto line = co_await readTerminalLine(token);
    if (!line)
        co_return std::unexpected(line.error());
    const QString word = line->trimmed().toLower();
    if (word == tr("y") || word == tr("yes"))
        co_return agent::Approval{Answer::Once, {}, {}};
    if (word == tr("r"))
        co_return agent::Approval{Answer::InRun, {}, {}};
    if (word == tr("a"))
        co_return agent::Approval{Answer::Always, {}, {}};
    const bool isPlainNo = word.isEmpty() || word == tr("n") || word == tr("no");
    co_return agent::Approval{Answer::No, {}, isPlainNo ? QString() : line->trimmed()};
}

void TerminalApprover::show(const agent::ApprovalWish &wish)
{
    const agent::Call &call = wish.call;
    m_output.note(tr("May it %1? %2").arg(call.wish.name, printable(agent::subjectOf(call.arguments))));
    m_output.note(u"  "_s + call.question);
    if (call.proposal) {
        const auto lines = agent::lineDiff(call.proposal->before, call.proposal->after);
        qsizetype shown = 0;
        for (const agent::DiffLine &line : lines) {
            if (line.kind == agent::DiffLine::Same || ++shown > mostLines)
                continue;
            m_output.note(
                u"  %1 %2"_s.arg(line.kind == agent::DiffLine::Added ? u'+' : u'-').arg(printable(line.text)));
        }
        if (shown > mostLines)
            m_output.note(tr("  … and %1 lines more").arg(shown - mostLines));
    }
    m_output.note(tr("y: yes · r: in this run · a: always · n, or why not:"));
}

} // namespace quintet::cli
