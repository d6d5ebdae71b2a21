// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/enginework.h"

#include "agent/plan/planmaker.h"
#include "base/onpool.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace quintet::ui {

namespace {

constexpr int mostListed = 500;

Result<bool> done(const Result<void> &result)
{
    return result.transform([] { return true; });
}

Result<QString> write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return failure(ErrorKind::Storage,
                       QCoreApplication::translate("agent", "%1 cannot be written: %2").arg(path, file.errorString()));
    }
    return path;
}

} // namespace

Task<Result<AgentLists>> readLists(agent::AgentParts parts, QString words)
{
    co_return co_await onPool([parts, words]() -> Result<AgentLists> {
        auto tasks = agent::savedTasks(agent::TaskStore(parts.database, parts.clock));
        if (!tasks)
            return std::unexpected(tasks.error());
        std::erase_if(*tasks, [&words](const agent::SavedTask &task) {
            return !task.plan.title.contains(words, Qt::CaseInsensitive);
        });
        auto runs = agent::AgentRunStore(parts.database, parts.clock).list(words, mostListed);
        if (!runs)
            return std::unexpected(runs.error());
        auto rules = agent::RuleStore(parts.database).all();
        if (!rules)
            return std::unexpected(rules.error());
        return AgentLists{std::move(*tasks), std::move(*runs), std::move(*rules)};
    });
}

Task<Result<agent::AgentRun>> readRun(agent::AgentParts parts, agent::RunId id)
{
    co_return co_await onPool([parts, id] { return agent::AgentRunStore(parts.database, parts.clock).load(id); });
}

Task<Result<QString>> exportRun(agent::AgentParts parts, agent::RunId id, agent::ExportFormat format, QString path)
{
    co_return co_await onPool([=]() -> Result<QString> {
        return agent::AgentRunStore(parts.database, parts.clock)
            .events(id)
            .and_then([&](const std::vector<agent::RunEvent> &events) {
                return write(path, agent::exported(id, events, format));
            });
    });
}

Task<Result<agent::AgentRun>> createRun(agent::AgentParts parts, agent::RunSpec spec)
{
    agent::AgentRunStore store(parts.database, parts.clock);
    co_return co_await agent::beginRun(store, parts.clock, std::move(spec));
}

Task<Result<agent::AgentRun>> createBranch(agent::AgentParts parts, agent::RunId from, int step,
                                           agent::RunResumed resumed)
{
    agent::AgentRunStore store(parts.database, parts.clock);
    co_return co_await agent::branchRun(store, std::move(from), step, std::move(resumed));
}

Task<Result<agent::AgentRun>> createReplay(agent::AgentParts parts, agent::AgentRun run)
{
    const auto plan = run.spec().isReplay() ? agent::planFrom(run.spec().plan)
                                            : agent::planFrom(run, run.begun().toLocalTime().date());
    if (!plan)
        co_return std::unexpected(plan.error());
    const QString name = run.spec().isReplay() ? run.spec().planName : run.id().value;
    co_return co_await createRun(parts, agent::replaySpec(name, *plan, {}));
}

Task<Result<agent::AgentRun>> sayTo(agent::AgentParts parts, agent::AgentRun run, QString text)
{
    agent::AgentRunStore store(parts.database, parts.clock);
    agent::Journal journal(std::move(run), store, {});
    if (auto kept = co_await journal.keep(agent::UserSaid{text}); !kept)
        co_return std::unexpected(kept.error());
    co_return journal.run();
}

Task<Result<QString>> keepTask(agent::AgentParts parts, agent::AgentRun run, QString title)
{
    auto plan = agent::planFrom(run, run.begun().toLocalTime().date());
    if (!plan)
        co_return std::unexpected(plan.error());
    plan->title = title;
    const agent::TaskId id = agent::TaskId::make();
    const auto kept =
        co_await valueOf(agent::TaskStore(parts.database, parts.clock).put(id, title, agent::toJson(*plan)));
    if (!kept)
        co_return std::unexpected(kept.error());
    co_return id.value;
}

Task<Result<bool>> setRunRemoved(agent::AgentParts parts, agent::RunId id, bool isRemoved)
{
    agent::AgentRunStore store(parts.database, parts.clock);
    co_return done(co_await valueOf(store.setRemoved(id, isRemoved)));
}

Task<Result<bool>> setTaskRemoved(agent::AgentParts parts, QString id, bool isRemoved)
{
    agent::TaskStore store(parts.database, parts.clock);
    co_return done(co_await valueOf(store.setRemoved(agent::TaskId{id}, isRemoved)));
}

Task<Result<bool>> removeRule(agent::AgentParts parts, agent::StandingRule rule)
{
    agent::RuleStore store(parts.database);
    co_return done(co_await valueOf(store.remove(rule)));
}

Task<Result<std::vector<agent::ToolFacts>>> toolsIn(agent::ToolMaker maker, agent::Workplace workplace,
                                                    CancelToken token)
{
    workplace.tools.clear();
    const auto tools = co_await maker(std::move(workplace), token);
    if (!tools)
        co_return std::unexpected(tools.error());
    co_return tools->facts();
}

Task<Result<agent::ToolResult>> callTool(agent::ToolMaker maker, agent::Workplace workplace, QString tool,
                                         QJsonObject arguments, CancelToken token)
{
    workplace.tools.clear();
    const auto tools = co_await maker(std::move(workplace), token);
    if (!tools)
        co_return std::unexpected(tools.error());
    co_return co_await tools->call(tool, arguments, token);
}

} // namespace quintet::ui
