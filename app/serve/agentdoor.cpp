// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/agentdoor.h"

#include "agent/exchange/trace.h"
#include "agent/plan/savedtasks.h"
#include "app/toolset.h"
#include "base/wake.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimer>
#include <qcorosignal.h>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto patience = 10min; // for a word on a call that asks
constexpr int mostListed = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QJsonObject names(const QString &description)
{
    QJsonObject schema = property(u"array"_s, description);
    schema[u"items"] = QJsonObject{{u"type"_s, u"string"_s}};
    return schema;
}

QJsonObject taskSchema()
{
    QJsonObject steps = property(u"integer"_s, u"at most; 25 where it is not said"_s);
    steps[u"minimum"] = 1;
    steps[u"maximum"] = 1'000;
    return objectSchema(Asking::withCommonProperties(
        {{u"task"_s, property(u"string"_s, u"what is to be done; needs a model"_s)},
         {u"replay"_s, property(u"string"_s, u"in place of a task: a saved one to do again, without a model"_s)},
         {u"tools"_s, names(u"only these, by name or group"_s)},
         {u"database"_s, property(u"string"_s, u"a file, an address, or sample"_s)},
         {u"folder"_s, property(u"string"_s, u"that files may be read and written in"_s)},
         {u"collections"_s, names(u"to search"_s)},
         {u"allow"_s, names(u"tools or groups that may write or send unasked"_s)},
         {u"ask"_s,
          property(u"boolean"_s, u"wait for /api/agent/{id}/approvals where a call asks; else it is denied"_s)},
         {u"max_steps"_s, steps}}));
}

QJsonObject approvalSchema()
{
    QJsonObject answer = property(u"string"_s, u"once, in this run, or no"_s);
    answer[u"enum"] = QJsonArray{u"once"_s, u"run"_s, u"no"_s};
    return objectSchema({{u"call"_s, property(u"string"_s, u"as the step of type approval names it"_s)},
                         {u"answer"_s, answer},
                         {u"reason"_s, property(u"string"_s, u"of a no, for the model"_s)},
                         {u"arguments"_s, property(u"object"_s, u"in place of the call's own"_s)}},
                        {u"call"_s, u"answer"_s});
}

/// Names and groups as the names of tools.
QSet<QString> allowedOf(const QJsonObject &request, const agent::Toolbox &tools)
{
    const QStringList given = request[u"allow"].toVariant().toStringList();
    QSet<QString> allowed(given.begin(), given.end());
    for (const agent::ToolFacts &facts : tools.facts()) {
        if (given.contains(facts.group))
            allowed.insert(facts.name);
    }
    return allowed;
}

/// A call that waits for a word, as a step without an answer yet.
QJsonObject questionOf(const agent::AgentRun &run, const QString &id)
{
    const agent::Call *call = run.call(id);
    if (!call)
        return {};
    QJsonObject object{{u"type"_s, u"approval"_s},      {u"call"_s, id},
                       {u"tool"_s, call->wish.name},    {u"arguments"_s, call->arguments},
                       {u"question"_s, call->question}, {u"answer"_s, QJsonValue()}};
    if (call->proposal) {
        object[u"change"] = QJsonObject{{u"path"_s, call->proposal->path},
                                        {u"before"_s, call->proposal->before},
                                        {u"after"_s, call->proposal->after}};
    }
    return object;
}

} // namespace

/// Waits for the client's word on a call, where the client said that it would give one.
class AgentDoor::Approvals final : public agent::Approver {
public:
    Approvals(QSet<QString> allowed, bool asks) : m_allowed(std::move(allowed)), m_asks(asks) { }

    Task<Result<agent::Approval>> ask(agent::ApprovalWish wish, CancelToken token) override
    {
        using Answer = agent::Approval::Answer;
        if (m_allowed.contains(wish.call.wish.name))
            co_return agent::Approval{Answer::Once, {}, {}};
        if (!m_asks)
            co_return agent::Approval{Answer::No, {}, tr("Nobody is there to allow it.")};
        m_call = wish.call.id;
        m_word.reset();
        QTimer timer;
        timer.setSingleShot(true);
        QObject::connect(&timer, &QTimer::timeout, &m_wake, [this] { m_wake.wakeLater(); });
        timer.start(patience);
        const OnCancel onCancel(token, &m_wake, [this] { m_wake.wakeLater(); });
        while (!m_word && timer.isActive() && !token.stop_requested())
            co_await qCoro(&m_wake, &Wake::woken);
        m_call.clear();
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        co_return m_word.value_or(agent::Approval{Answer::No, {}, tr("No word came in time.")});
    }

    /// False where that call does not wait.
    bool answer(const QString &call, const agent::Approval &approval)
    {
        if (m_call.isEmpty() || call != m_call)
            return false;
        m_word = approval;
        m_call.clear();
        m_wake.wakeLater();
        return true;
    }

private:
    QSet<QString> m_allowed;
    bool m_asks;
    QString m_call; ///< that waits, or empty
    std::optional<agent::Approval> m_word;
    Wake m_wake;
};

void AgentDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Get,
                .path = u"/api/agent"_s,
                .summary = u"Saved tasks and runs"_s,
                .handler = [this](auto exchange) { return list(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/agent"_s,
                .summary = u"Has a task done, and streams its steps; a client that goes away stops it"_s,
                .body = taskSchema(),
                .isStream = true,
                .handler = [this](auto exchange) { return begin(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/agent/{id}/approvals"_s,
                .summary = u"Allows or denies a call that asks"_s,
                .body = approvalSchema(),
                .handler = [this](auto exchange) { return approve(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/agent/{id}/messages"_s,
                .summary = u"Says something to an agent at work; it heeds at its next step"_s,
                .body = objectSchema({{u"text"_s, property(u"string"_s, u"what is said"_s)}}, {u"text"_s}),
                .handler = [this](auto exchange) { return say(std::move(exchange)); }});
}

Task<void> AgentDoor::list(std::shared_ptr<Exchange> exchange)
{
    Services &services = m_asking.services();
    const auto tasks = agent::savedTasks(agent::TaskStore(services.database(), services.clock()));
    const auto runs = agent::AgentRunStore(services.database(), services.clock()).list({}, mostListed);
    if (!tasks || !runs)
        co_return exchange->fail(tasks ? runs.error() : tasks.error());
    QJsonArray saved;
    for (const agent::SavedTask &task : *tasks)
        saved.append(QJsonObject{{u"id"_s, task.id}, {u"title"_s, task.plan.title}, {u"task"_s, task.plan.task}});
    QJsonArray rows;
    for (const agent::RunRow &run : *runs) {
        rows.append(QJsonObject{{u"id"_s, run.id.value},
                                {u"title"_s, run.title},
                                {u"state"_s, agent::nameOf(run.state)},
                                {u"steps"_s, run.steps},
                                {u"cost_usd"_s, run.cost ? QJsonValue(run.cost->dollars()) : QJsonValue()}});
    }
    exchange->answer(QJsonObject{{u"tasks"_s, saved}, {u"runs"_s, rows}});
}

Task<Result<agent::RunSpec>> AgentDoor::specFrom(QJsonObject request, CancelToken token)
{
    Services &services = m_asking.services();
    const agent::Workplace workplace{.tools = request[u"tools"].toVariant().toStringList(),
                                     .database = request[u"database"].toString(),
                                     .folder = request[u"folder"].toString(),
                                     .collections = request[u"collections"].toVariant().toStringList()};
    const bool namesPlaces =
        !workplace.folder.isEmpty() || (!workplace.database.isEmpty() && workplace.database != u"sample");
    if (namesPlaces && !m_mayUsePaths)
        co_return failure(ErrorKind::BadInput,
                          tr("This server takes clients from other computers, so it opens no folder "
                             "and no database for them."));
    if (const QString name = request[u"replay"].toString(); !name.isEmpty()) {
        const auto task = agent::findTask(agent::TaskStore(services.database(), services.clock()), name);
        if (!task)
            co_return std::unexpected(task.error());
        if (!*task)
            co_return failure(ErrorKind::BadInput, tr("There is no saved task %1.").arg(name));
        co_return agent::replaySpec((*task)->id, (*task)->plan, workplace);
    }
    const QString task = request[u"task"].toString().trimmed();
    if (task.isEmpty())
        co_return failure(ErrorKind::BadInput, tr("Say what is to be done: \"task\", or \"replay\"."));
    const auto named = m_asking.endpointFor(request, u"agent"_s);
    if (!named)
        co_return std::unexpected(named.error());
    if (named->kind == llm::EndpointKind::Builtin)
        co_return failure(ErrorKind::NeedsModel, tr("A task of your own needs a model, to plan it. A saved one can be "
                                                    "done again without: \"replay\"."));
    const auto endpoint = co_await services.catalog().withModel(*named, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    agent::RunSpec spec{
        .task = task, .endpoint = *endpoint, .parameters = Asking::parametersOf(request), .workplace = workplace};
    spec.limits.steps = request[u"max_steps"].toInt(spec.limits.steps);
    const usage::Limit budget = Asking::budgetOf(request);
    spec.limits.budget.money = budget.money;
    if (budget.tokens)
        spec.limits.budget.tokens = budget.tokens;
    co_return spec;
}

Task<void> AgentDoor::begin(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    const auto spec = co_await specFrom(*request, exchange->token());
    if (!spec)
        co_return exchange->fail(spec.error());
    Services &services = m_asking.services();
    // The tools are made before, so that a run that cannot be is not kept.
    const auto tools = co_await agentWorkParts(services).tools(spec->workplace, exchange->token());
    if (!tools)
        co_return exchange->fail(tools.error());
    agent::AgentRunStore store(services.database(), services.clock());
    const auto run = co_await agent::beginRun(store, services.clock(), *spec);
    if (!run)
        co_return exchange->fail(run.error());
    co_await work(exchange, *tools, *run, *request);
}

Task<void> AgentDoor::work(std::shared_ptr<Exchange> exchange, agent::Toolbox tools, agent::AgentRun run,
                           QJsonObject request)
{
    Approvals approvals(allowedOf(request, tools), request[u"ask"].toBool());
    const agent::ToolMaker maker = [tools](agent::Workplace, CancelToken) -> Task<Result<agent::Toolbox>> {
        co_return Result<agent::Toolbox>(tools);
    };
    agent::RunWorker worker({m_asking.services().agentParts(), maker}, approvals);
    const QString id = run.id().value;
    m_underWay.insert(id, {&worker, &approvals});
    exchange->beginEvents();
    agent::AgentRun told = run;
    for (const QJsonObject &object : agent::traceOf(told, agent::RunBegun{run.spec(), run.begun()}))
        exchange->send(object);
    const auto tell = [&told, exchange](const agent::RunEvent &event) {
        told.apply(event);
        if (const auto *asked = std::get_if<agent::ApprovalAsked>(&event))
            exchange->send(questionOf(told, asked->call));
        for (const QJsonObject &object : agent::traceOf(told, event))
            exchange->send(object);
    };
    const auto ended = co_await worker.work(run, {}, tell, exchange->token());
    m_underWay.remove(id);
    if (!ended)
        co_return exchange->fail(ended.error());
    exchange->endEvents(
        QJsonObject{{u"type"_s, u"done"_s}, {u"run"_s, id}, {u"state"_s, agent::nameOf(ended->state())}});
}

Task<void> AgentDoor::approve(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    using Answer = agent::Approval::Answer;
    const QString word = (*request)[u"answer"].toString();
    agent::Approval approval{.answer = word == u"once"  ? Answer::Once
                                       : word == u"run" ? Answer::InRun
                                                        : Answer::No,
                             .arguments = {},
                             .reason = (*request)[u"reason"].toString()};
    if (request->contains(u"arguments"))
        approval.arguments = (*request)[u"arguments"].toObject();
    const Working working = m_underWay.value(exchange->part(0));
    if (!working.approvals || !working.approvals->answer((*request)[u"call"].toString(), approval))
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("No such call waits for a word.")), Status::NotFound);
    exchange->answer(QJsonObject{{u"heard"_s, true}});
}

Task<void> AgentDoor::say(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    const Working working = m_underWay.value(exchange->part(0));
    if (!working.worker || !working.worker->say((*request)[u"text"].toString()))
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("No such agent is at work.")), Status::NotFound);
    exchange->answer(QJsonObject{{u"heard"_s, true}});
}

} // namespace quintet::serve
