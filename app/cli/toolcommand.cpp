// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/serveragreement.h"
#include "app/cli/table.h"
#include "app/toolset.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

ToolWish wishOf(const Invocation &invocation)
{
    return {.database = invocation.value(u"database"_s),
            .takesPowerfulAccount = invocation.isSet(u"powerful-account"_s),
            .folder = invocation.value(u"folder"_s),
            .collections = invocation.values(u"collection"_s),
            .mcpFile = invocation.value(u"mcp"_s),
            .names = {}};
}

int list(Invocation &invocation, const agent::Toolbox &tools)
{
    Table table(invocation.output(), {tr("tool"), tr("group"), tr("does"), tr("what for")});
    for (const agent::ToolFacts &facts : tools.facts()) {
        const QString sentence = facts.description.section(u". "_s, 0, 0);
        table.add({{u"name"_s, facts.name},
                   {u"title"_s, facts.title},
                   {u"group"_s, facts.group},
                   {u"effect"_s, agent::nameOf(facts.effect)},
                   {u"untrusted"_s, facts.isUntrusted},
                   {u"description"_s, facts.description},
                   {u"schema"_s, facts.schema}},
                  {facts.name, facts.group, agent::nameOf(facts.effect),
                   sentence.size() > 80 ? sentence.first(79) + u'…' : sentence});
    }
    table.print();
    return exitStatus::done;
}

QString cellOf(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toString().replace(u'\n', u' ');
}

void print(Output &output, const agent::ToolResult &result)
{
    if (output.isJson()) {
        output.object(agent::toJson(result));
        return;
    }
    if (!result.grid) {
        output.text(result.text.endsWith(u'\n') ? result.text : result.text + u'\n');
        return;
    }
    Table table(output, result.grid->columns);
    for (const QJsonArray &row : result.grid->rows) {
        QStringList cells;
        for (const QJsonValue value : row)
            cells << cellOf(value);
        table.add({}, cells);
    }
    table.print();
    if (result.grid->rows.empty())
        output.note(tr("No rows."));
    if (!result.grid->isWhole)
        output.note(tr("There are more rows than these."));
}

Task<int> call(Invocation &invocation, const agent::Toolbox &tools)
{
    const QString name = invocation.arguments().first();
    const auto arguments = tools.argumentsFor(name, invocation.arguments().value(1));
    if (!arguments)
        co_return invocation.failUsage(arguments.error().message);
    const agent::ToolFacts facts = *tools.factsOf(name);
    const QStringList allowed = namesIn(invocation.values(u"allow"_s));
    if (facts.effect != agent::Effect::Reads && !allowed.contains(name) && !allowed.contains(facts.group))
        co_return invocation.failInput(Error(
            ErrorKind::Refused, facts.effect == agent::Effect::Writes
                                    ? tr("%1 changes things; it is done only with --allow %1.").arg(name)
                                    : tr("%1 sends words to others; it is done only with --allow %1.").arg(name)));
    const auto result = co_await tools.call(name, *arguments, invocation.token());
    if (!result)
        co_return invocation.failInput(result.error());
    print(invocation.output(), *result);
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const qsizetype count = invocation.arguments().size();
    if (count < 1 || count > 2)
        co_return invocation.failUsage(tr("Name a tool and its arguments as JSON, or list."));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    const auto tools = co_await makeTools(**services, wishOf(invocation), invocation.token(), toolTalkOf(invocation));
    if (!tools)
        co_return invocation.failInput(tools.error());
    if (invocation.arguments().first() == u"list" && count == 1)
        co_return list(invocation, *tools);
    co_return co_await call(invocation, *tools);
}

} // namespace

Command toolCommand()
{
    return {u"tool"_s,
            u"list | NAME JSON"_s,
            tr("Call one of an agent's tools by hand, without a model."),
            {{u"database"_s, u"URL"_s, tr("the database to ask: a file, an address, or \"sample\"")},
             {u"powerful-account"_s, {}, tr("ask the database also as a superuser or the like")},
             {u"folder"_s, u"DIR"_s, tr("the folder that tools may read and write in")},
             {u"collection"_s, u"NAME"_s, tr("search this collection (may be repeated); else all")},
             {u"mcp"_s, u"FILE.json"_s, tr("also the tools of the MCP servers in this file")},
             {u"allow"_s, u"TOOL,..."_s, tr("let these write or send, by tool or group")}},
            run};
}

} // namespace quintet::cli
