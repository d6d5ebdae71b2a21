// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/agentoutput.h"

#include "agent/exchange/runexport.h"
#include "agent/exchange/trace.h"
#include "app/cli/table.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortId = 12;
constexpr qsizetype longestLine = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString inOneLine(const QString &text)
{
    QString line = text.simplified();
    for (QChar &each : line) {
        if (each.category() == QChar::Other_Control)
            each = u'·';
    }
    return line.size() > longestLine ? line.first(longestLine - 1) + u'…' : line;
}

QString costOf(const std::optional<usage::Money> &cost)
{
    return cost ? display(*cost) : tr("not known");
}

QString resultOf(const agent::Call &call)
{
    if (call.result && call.result->grid)
        return tr("%1 rows").arg(call.result->grid->rows.size());
    return inOneLine(call.outcome());
}

} // namespace

void RunPrinter::print(const agent::RunEvent &event)
{
    m_run.apply(event);
    if (!m_output.isJson()) {
        printNote(event);
        return;
    }
    for (const QJsonObject &object : traceOf(m_run, event))
        m_output.object(object);
}

void RunPrinter::printNote(const agent::RunEvent &event)
{
    if (std::holds_alternative<agent::StepBegun>(event)) {
        m_output.progress(tr("Step %1 …").arg(m_run.steps().size()));
    } else if (const auto *planned = std::get_if<agent::StepPlanned>(&event)) {
        m_output.progress({});
        if (!planned->calls.empty() || !planned->fault.isEmpty())
            m_output.note(u"%1. %2"_s.arg(planned->step).arg(inOneLine(planned->text)));
        for (const agent::Call &call : planned->calls) {
            if (call.isOver())
                noteCall(call);
        }
    } else if (const auto *ended = std::get_if<agent::CallEnded>(&event)) {
        if (const agent::Call *call = m_run.call(ended->call))
            noteCall(*call);
    } else if (const auto *end = std::get_if<agent::RunEnded>(&event)) {
        m_output.progress({});
        if (end->state == agent::RunState::Finished)
            m_output.line(end->answer);
    }
}

void RunPrinter::noteCall(const agent::Call &call)
{
    m_output.note(u"   %1 %2"_s.arg(call.wish.name, inOneLine(agent::subjectOf(call.arguments))));
    m_output.note(u"   → %1 · %2"_s.arg(resultOf(call), tr("%1 ms").arg(call.time.count())));
}

void printRun(Output &output, const agent::RunId &id, const std::vector<agent::RunEvent> &events)
{
    if (output.isJson()) {
        for (const QJsonObject &object : agent::traceOf(id, events))
            output.object(object);
        return;
    }
    output.text(QString::fromUtf8(agent::exported(id, events, agent::ExportFormat::Markdown)));
}

void printList(Output &output, const std::vector<agent::SavedTask> &tasks, const std::vector<agent::RunRow> &runs)
{
    Table table(output, {tr("id"), tr("what"), tr("title"), tr("state"), tr("steps"), tr("cost")});
    for (const agent::SavedTask &task : tasks) {
        table.add({{u"kind"_s, u"task"_s},
                   {u"id"_s, task.id},
                   {u"title"_s, task.plan.title},
                   {u"task"_s, task.plan.task},
                   {u"ready_made"_s, task.isReadyMade}},
                  {task.isReadyMade ? task.id : task.id.first(shortId), tr("saved task"), task.plan.title,
                   task.plan.note, QString::number(task.plan.calls.size()), QString()});
    }
    for (const agent::RunRow &run : runs) {
        table.add({{u"kind"_s, u"run"_s},
                   {u"id"_s, run.id.value},
                   {u"title"_s, run.title},
                   {u"state"_s, nameOf(run.state)},
                   {u"created"_s, run.created.toString(Qt::ISODate)},
                   {u"steps"_s, run.steps},
                   {u"model"_s, run.plan.isEmpty() ? QJsonValue(run.model) : QJsonValue()},
                   {u"replay_of"_s, run.plan.isEmpty() ? QJsonValue() : QJsonValue(run.plan)},
                   {u"cost_usd"_s, run.cost ? QJsonValue(run.cost->dollars()) : QJsonValue()}},
                  {run.id.value.first(shortId), run.plan.isEmpty() ? tr("run") : tr("replay"), inOneLine(run.title),
                   nameOf(run.state), QString::number(run.steps), costOf(run.cost)});
    }
    table.print();
}

void printTask(Output &output, const agent::SavedTask &task)
{
    if (output.isJson()) {
        QJsonObject json = toJson(task.plan);
        json[u"type"] = u"plan"_s;
        json[u"id"] = task.id;
        output.object(json);
        return;
    }
    output.line(task.plan.title);
    output.line(tr("task     %1").arg(task.plan.task));
    for (const agent::PlannedCall &call : task.plan.calls) {
        output.line(tr("call     %1: %2 %3").arg(call.id, call.tool, inOneLine(agent::subjectOf(call.arguments))));
    }
    output.line(tr("answer   %1").arg(inOneLine(task.plan.answer)));
}

} // namespace quintet::cli
