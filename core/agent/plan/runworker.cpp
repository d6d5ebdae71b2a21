// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/runworker.h"

namespace quintet::agent {

Task<Result<AgentRun>> RunWorker::work(AgentRun run, std::optional<RunResumed> resumed, Journal::Sink sink,
                                       CancelToken token)
{
    const auto tools = co_await m_parts.tools(run.spec().workplace, token);
    if (!tools)
        co_return std::unexpected(tools.error());
    if (run.spec().isReplay()) {
        Replayer replayer(m_parts.agent.database, m_parts.agent.clock, std::move(run), *tools, m_approver,
                          std::move(sink));
        co_return co_await replayer.work(token);
    }
    Agent agent(m_parts.agent, std::move(run), *tools, m_approver, std::move(sink));
    m_agent = &agent;
    auto worked = co_await agent.work(std::move(resumed), token);
    m_agent = nullptr;
    co_return worked;
}

bool RunWorker::say(const QString &text)
{
    if (m_agent)
        m_agent->say(text);
    return m_agent != nullptr;
}

Limits raisedLimits(const AgentRun &run)
{
    Limits limits = run.spec().limits;
    const Limits usual;
    if (int(run.steps().size()) >= limits.steps)
        limits.steps = int(run.steps().size()) + usual.steps;
    if (run.spent().time >= limits.time)
        limits.time = std::chrono::duration_cast<std::chrono::minutes>(run.spent().time) + usual.time;
    // A budget ends a run before it is used up, where the next request would pass it.
    const bool isRefused = run.failure() && run.failure()->kind == ErrorKind::Budget && limits == run.spec().limits;
    const int enough = isRefused ? 2 : 1; // what is used to half was hardly another budget's
    usage::Limit &budget = limits.budget;
    if (budget.tokens && enough * run.spent().tokens >= *budget.tokens)
        budget.tokens = std::max(run.spent().tokens, *budget.tokens) + *usual.budget.tokens;
    if (budget.money && enough * run.spent().money.nanoDollars >= budget.money->nanoDollars)
        budget.money = usage::Money{2 * std::max(run.spent().money, *budget.money).nanoDollars};
    return limits;
}

} // namespace quintet::agent
