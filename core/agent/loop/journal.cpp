// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/journal.h"

#include "base/valueof.h"

namespace quintet::agent {

Journal::Journal(AgentRun run, AgentRunStore &store, Sink sink)
    : m_run(std::move(run)),
      m_store(store),
      m_sink(std::move(sink))
{
}

Task<Result<void>> Journal::keep(RunEvent event, store::Durability durability)
{
    m_run.apply(event);
    const auto written = m_store.write(m_run, event, durability);
    if (m_sink)
        m_sink(event);
    co_return co_await valueOf(written);
}

void Journal::note(const RunEvent &event)
{
    m_run.apply(event);
    m_store.write(m_run, event);
    if (m_sink)
        m_sink(event);
}

void Journal::tell(const RunEvent &event)
{
    m_run.apply(event);
    if (m_sink)
        m_sink(event);
}

Task<Result<AgentRun>> beginRun(AgentRunStore &store, const Clock &clock, RunSpec spec)
{
    AgentRun run(RunId::make());
    const RunBegun begun{std::move(spec), clock.now()};
    run.apply(begun);
    const auto done = co_await valueOf(store.create(run, {begun}));
    if (!done)
        co_return std::unexpected(done.error());
    co_return run;
}

Task<Result<AgentRun>> branchRun(AgentRunStore &store, RunId from, int last, RunResumed resumed)
{
    const auto former = store.events(from);
    if (!former)
        co_return std::unexpected(former.error());
    std::vector<RunEvent> events = eventsUpTo(*former, last);
    events.push_back(std::move(resumed));
    AgentRun run(RunId::make());
    for (const RunEvent &event : events)
        run.apply(event);
    const auto done = co_await valueOf(store.create(run, events));
    if (!done)
        co_return std::unexpected(done.error());
    co_return run;
}

} // namespace quintet::agent
