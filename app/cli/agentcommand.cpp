// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/exchange/runexport.h"
#include "agent/plan/planmaker.h"
#include "app/cli/agentapproval.h"
#include "app/cli/agentoutput.h"
#include "app/cli/invocation.h"
#include "app/cli/serveragreement.h"
#include "app/toolset.h"
#include "base/valueof.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostListed = 1'000;
const usage::Money usualBudget = usage::Money::fromDollars(0.5);

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString absolute(const QString &path)
{
    return path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
}

agent::Workplace workplaceFrom(const Invocation &invocation)
{
    const QString database = invocation.value(u"database"_s);
    return {.tools = namesIn(invocation.values(u"tools"_s)),
            .database = QFileInfo::exists(database) ? absolute(database) : database,
            .folder = absolute(invocation.value(u"folder"_s)),
            .collections = invocation.values(u"collection"_s),
            .mcpFile = absolute(invocation.value(u"mcp"_s))};
}

/// Names and groups of --allow as the names of tools.
QSet<QString> allowedOf(const Invocation &invocation, const agent::Toolbox &tools)
{
    const QStringList names = namesIn(invocation.values(u"allow"_s));
    QSet<QString> allowed(names.begin(), names.end());
    for (const agent::ToolFacts &facts : tools.facts()) {
        if (names.contains(facts.group))
            allowed.insert(facts.name);
    }
    return allowed;
}

int statusOf(Invocation &invocation, const agent::AgentRun &run)
{
    if (run.state() == agent::RunState::Finished)
        return exitStatus::done;
    const Error error = run.failure().value_or(cancelledError());
    if (invocation.output().isJson()) // whose trace has told it
        invocation.output().note(error.message);
    else
        invocation.fail(error);
    if (run.spec().isReplay() && run.state() == agent::RunState::Failed)
        invocation.output().note(tr("To try it again: quintet agent replay %1").arg(run.id().value));
    else
        invocation.output().note(tr("To go on with it: quintet agent resume %1").arg(run.id().value));
    return exitStatusFor(error);
}

/// Works a run to its end with these tools, telling it as it goes.
Task<int> workWith(Invocation &invocation, Services &services, agent::Toolbox tools, agent::AgentRun run,
                   std::optional<agent::RunResumed> resumed)
{
    TerminalApprover approver(invocation.output(), allowedOf(invocation, tools));
    const agent::ToolMaker maker = [tools](agent::Workplace, CancelToken) -> Task<Result<agent::Toolbox>> {
        co_return tools;
    };
    agent::RunWorker worker({services.agentParts(), maker}, approver);
    RunPrinter printer(invocation.output(), run);
    const auto ended = co_await worker.work(
        run, std::move(resumed), [&printer](const agent::RunEvent &event) { printer.print(event); },
        invocation.token());
    invocation.output().progress({});
    if (!ended)
        co_return invocation.fail(ended.error());
    invocation.noteBudget();
    co_return statusOf(invocation, *ended);
}

Task<Result<agent::Toolbox>> toolsFor(Invocation &invocation, Services &services, agent::Workplace workplace)
{
    co_return co_await agentWorkParts(services, toolTalkOf(invocation)).tools(std::move(workplace), invocation.token());
}

/// Begins a run and works it. The tools are made before, so that a run that cannot be is not kept.
Task<int> begin(Invocation &invocation, Services &services, agent::RunSpec spec)
{
    const auto tools = co_await toolsFor(invocation, services, spec.workplace);
    if (!tools)
        co_return invocation.failInput(tools.error());
    agent::AgentRunStore store(services.database(), services.clock());
    const auto run = co_await agent::beginRun(store, services.clock(), std::move(spec));
    if (!run)
        co_return invocation.fail(run.error());
    if (invocation.output().isJson())
        RunPrinter(invocation.output(), *run).print(agent::RunBegun{run->spec(), run->begun()});
    else
        invocation.output().note(tr("Run %1").arg(run->id().value));
    co_return co_await workWith(invocation, services, *tools, *run, {});
}

Task<int> replay(Invocation &invocation, Services &services, agent::SavedTask task)
{
    co_return co_await begin(invocation, services, agent::replaySpec(task.id, task.plan, workplaceFrom(invocation)));
}

/// A saved task's name or id, or a run's, whose plan is made then.
Task<int> replayNamed(Invocation &invocation, Services &services, QString name)
{
    const agent::TaskStore tasks(services.database(), services.clock());
    const auto task = agent::findTask(tasks, name);
    if (!task)
        co_return invocation.fail(task.error());
    if (*task)
        co_return co_await replay(invocation, services, **task);
    const agent::AgentRunStore runs(services.database(), services.clock());
    const auto run = runs.find(name).and_then([&](const agent::RunId &id) { return runs.load(id); });
    if (!run)
        co_return invocation.fail(run.error());
    if (run->spec().isReplay()) {
        const auto plan = agent::planFrom(run->spec().plan);
        if (!plan)
            co_return invocation.fail(plan.error());
        co_return co_await replay(invocation, services, {run->spec().planName, false, *plan});
    }
    const auto plan = agent::planFrom(*run, run->begun().toLocalTime().date());
    if (!plan)
        co_return invocation.fail(plan.error());
    co_return co_await replay(invocation, services, {run->id().value, false, *plan});
}

agent::Limits limitsFor(const Invocation &invocation, const Services &, agent::Limits limits)
{
    if (invocation.isSet(u"max-steps"_s))
        limits.steps = invocation.value(u"max-steps"_s).toInt();
    const usage::Limit budget = invocation.budget();
    if (budget.money)
        limits.budget.money = budget.money;
    if (budget.tokens)
        limits.budget.tokens = budget.tokens;
    return limits;
}

/// What stands in for a budget that was not given: a small one where the model's price is known.
std::optional<usage::Money> standingBudget(Services &services, const llm::Endpoint &endpoint)
{
    const bool isPriced =
        services.prices().find(endpoint.model, services.clock().now().date(), 0) && !llm::isLocal(endpoint);
    return isPriced ? std::optional(usualBudget) : std::nullopt;
}

Task<int> runTask(Invocation &invocation)
{
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    const QString words = invocation.arguments().join(u' ').trimmed();
    const auto saved = agent::findTask(agent::TaskStore((*services)->database(), (*services)->clock()), words);
    if (!saved)
        co_return invocation.fail(saved.error());
    if (endpoint->kind == llm::EndpointKind::Builtin) {
        if (*saved) {
            invocation.output().note(tr("There is no model: the saved task is replayed."));
            co_return co_await replay(invocation, **services, **saved);
        }
        co_return invocation.fail(Error(
            ErrorKind::NeedsModel,
            tr("A task of your own needs a model, to plan it. Connect one (quintet endpoints), or run a saved task, "
               "which needs none: quintet agent list shows them, quintet agent replay ID runs one.")));
    }
    agent::RunSpec spec{.task = words,
                        .endpoint = *endpoint,
                        .parameters = invocation.parameters(),
                        .workplace = workplaceFrom(invocation)};
    if (*saved) { // planned afresh
        spec.task = (*saved)->plan.task;
        if (spec.workplace.database.isEmpty())
            spec.workplace.database = (*saved)->plan.workplace.database;
    }
    const auto known = co_await (*services)->catalog().withModel(*endpoint, invocation.token());
    if (!known)
        co_return invocation.fail(known.error());
    spec.endpoint = *known;
    spec.limits.budget.money = standingBudget(**services, *known);
    spec.limits = limitsFor(invocation, **services, spec.limits);
    co_return co_await begin(invocation, **services, std::move(spec));
}

Task<int> resume(Invocation &invocation, Services &services, agent::AgentRun run)
{
    if (run.state() == agent::RunState::Finished)
        co_return invocation.fail(
            Error(ErrorKind::BadInput, tr("The run is finished: quintet agent show %1").arg(run.id().value)));
    agent::RunResumed resumed{services.endpointToday(run.spec().endpoint), agent::raisedLimits(run),
                              services.clock().now()};
    if (invocation.isSet(u"endpoint"_s) || invocation.isSet(u"base-url"_s) || invocation.isSet(u"model"_s)) {
        const auto endpoint = invocation.endpoint();
        if (!endpoint)
            co_return invocation.fail(endpoint.error());
        resumed.endpoint = *endpoint;
    }
    resumed.limits = limitsFor(invocation, services, resumed.limits);
    if (invocation.isSet(u"max-steps"_s)) // that many more
        resumed.limits.steps += int(run.steps().size());
    const auto tools = co_await toolsFor(invocation, services, run.spec().workplace);
    if (!tools)
        co_return invocation.failInput(tools.error());
    co_return co_await workWith(invocation, services, *tools, std::move(run), resumed);
}

Task<int> list(Invocation &invocation, Services &services)
{
    const auto tasks = agent::savedTasks(agent::TaskStore(services.database(), services.clock()));
    if (!tasks)
        co_return invocation.fail(tasks.error());
    const auto runs = agent::AgentRunStore(services.database(), services.clock()).list({}, mostListed);
    if (!runs)
        co_return invocation.fail(runs.error());
    printList(invocation.output(), *tasks, *runs);
    co_return exitStatus::done;
}

/// What is said of one run: show, resume, export.
Task<int> ofRun(Invocation &invocation, Services &services, QString verb, QString name)
{
    const agent::AgentRunStore runs(services.database(), services.clock());
    const auto id = runs.find(name);
    if (!id && verb == u"show") {
        const auto task = agent::findTask(agent::TaskStore(services.database(), services.clock()), name);
        if (task && *task) {
            printTask(invocation.output(), **task);
            co_return exitStatus::done;
        }
    }
    const auto events = id.and_then([&](const agent::RunId &found) { return runs.events(found); });
    if (!events)
        co_return invocation.fail(events.error());
    if (verb == u"resume") {
        const auto run = runs.load(*id);
        co_return run ? co_await resume(invocation, services, *run) : invocation.fail(run.error());
    }
    if (verb == u"show") {
        printRun(invocation.output(), *id, *events);
        co_return exitStatus::done;
    }
    const QString format = invocation.isSet(u"format"_s) ? invocation.value(u"format"_s) : u"md"_s;
    const auto known = agent::exportFormatFrom(format);
    if (!known)
        co_return invocation.failUsage(tr("--format takes jsonl, md or html, not %1.").arg(format));
    invocation.output().text(QString::fromUtf8(agent::exported(*id, *events, *known)));
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QStringList arguments = invocation.arguments();
    const QString verb = arguments.value(0);
    if (arguments.isEmpty() || arguments.join(QString()).trimmed().isEmpty())
        co_return invocation.failUsage(
            tr("Say what is to be done, or: list, show ID, resume ID, replay ID, export ID."));
    const bool isVerb = QStringList{u"show"_s, u"resume"_s, u"replay"_s, u"export"_s}.contains(verb);
    if (isVerb && arguments.size() == 1)
        co_return invocation.failUsage(tr("%1 takes the id of a run. See: quintet agent list").arg(verb));
    const bool isOfOne = isVerb && arguments.size() == 2;
    const bool isList = verb == u"list" && arguments.size() == 1;
    if (!isOfOne && !isList)
        co_return co_await runTask(invocation);
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    if (isList)
        co_return co_await list(invocation, **services);
    if (verb == u"replay")
        co_return co_await replayNamed(invocation, **services, arguments.at(1));
    co_return co_await ofRun(invocation, **services, verb, arguments.at(1));
}

} // namespace

Command agentCommand()
{
    return {u"agent"_s,
            u"TASK | list | show ID | resume ID | replay ID | export ID"_s,
            tr("A task of several steps, done by a model with tools; or a saved task again, without a model."),
            {{u"tools"_s, u"NAME,..."_s, tr("only these tools, by name or group")},
             {u"database"_s, u"URL"_s, tr("the database to ask: a file, an address, or \"sample\"")},
             {u"folder"_s, u"DIR"_s, tr("the folder that files may be read and written in")},
             {u"collection"_s, u"NAME"_s, tr("search this collection; may be given again")},
             {u"mcp"_s, u"FILE.json"_s, tr("also the tools of the MCP servers in this file")},
             {u"allow"_s, u"TOOL,..."_s, tr("let these write or send unasked, by tool or group")},
             {u"max-steps"_s, u"N"_s, tr("stop after N steps (25)")},
             {u"format"_s, u"FORM"_s, tr("with export: jsonl, md or html")}},
            run};
}

} // namespace quintet::cli
