// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/gatewaysession.h"

#include "base/valueof.h"

namespace quintet::ui {

namespace {

Task<Result<void>> finished(Result<void> result)
{
    co_return result;
}

Result<GatewayState> stateOf(const GatewayServices &services)
{
    const auto spent = services.spending.spentSoFar();
    const auto cached = services.cache.statistics();
    if (!spent || !cached)
        return std::unexpected(spent ? cached.error() : spent.error());
    return GatewayState{services.settings.budgets(), *spent, services.settings.cache(), *cached, services.prices.own(),
                        services.prices.standard()};
}

Task<Result<GatewayState>> workAndRead(GatewayServices services,
                                       std::function<Task<Result<void>>(GatewayServices)> work)
{
    const Result<void> done = co_await work(services);
    if (!done)
        co_return std::unexpected(done.error());
    co_return stateOf(services);
}

Task<Result<void>> emptyCache(GatewayServices services)
{
    co_return co_await valueOf(services.cache.clear());
}

} // namespace

GatewaySession::GatewaySession(GatewayServices services, QObject *parent) : QObject(parent), m_services(services) { }

void GatewaySession::run(std::function<Task<Result<void>>(GatewayServices)> work)
{
    m_call = EngineCall<GatewayState>(
        m_services.engine, this,
        [services = m_services, work = std::move(work)](CancelToken) { return workAndRead(services, work); },
        [this](Result<GatewayState> state) {
            if (!state) {
                Q_EMIT failed(state.error());
                return;
            }
            m_state = std::move(*state);
            Q_EMIT changed();
        });
}

void GatewaySession::refresh()
{
    run([](GatewayServices) { return finished({}); });
}

void GatewaySession::setBudgets(const usage::Budgets &budgets)
{
    if (budgets != m_state.budgets)
        run([budgets](GatewayServices services) { return finished(services.settings.setBudgets(budgets)); });
}

void GatewaySession::setCache(const llm::CacheSettings &cache)
{
    if (cache != m_state.cache)
        run([cache](GatewayServices services) { return finished(services.settings.setCache(cache)); });
}

void GatewaySession::clearCache()
{
    run(emptyCache);
}

void GatewaySession::setOwnPrices(const std::vector<usage::Price> &prices)
{
    run([prices](GatewayServices services) { return finished(services.prices.setOwn(prices)); });
}

} // namespace quintet::ui
