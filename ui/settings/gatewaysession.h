// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "llm/gateway/responsecachestore.h"
#include "usage/spendingstore.h"

namespace quintet::ui {

/// What the settings of the gateway work with. The services live on the engine thread and outlive the session.
struct GatewayServices {
    EngineThread &engine;
    llm::GatewaySettings &settings;
    llm::ResponseCacheStore &cache;
    usage::SpendingStore &spending;
    usage::Prices &prices;
};

/// How things stand with budgets, cache and prices.
struct GatewayState {
    usage::Budgets budgets;
    usage::SpentSoFar spent;
    llm::CacheSettings cache;
    llm::ResponseCacheStore::Statistics cached;
    std::vector<usage::Price> ownPrices;
    std::vector<usage::Price> standardPrices;
};

/// Budgets, cache and prices as the user sets them. Everything is read and written on the engine thread. Lives on the
/// GUI thread.
class GatewaySession final : public QObject {
    Q_OBJECT

public:
    explicit GatewaySession(GatewayServices services, QObject *parent = nullptr);

    const GatewayState &state() const { return m_state; }

    void refresh();
    void setBudgets(const usage::Budgets &budgets);
    void setCache(const llm::CacheSettings &cache);
    void clearCache();
    void setOwnPrices(const std::vector<usage::Price> &prices);

Q_SIGNALS:
    void changed();
    void failed(const quintet::Error &error);

private:
    void run(std::function<Task<Result<void>>(GatewayServices)> work);

    GatewayServices m_services;
    GatewayState m_state;
    EngineCall<GatewayState> m_call;
};

} // namespace quintet::ui
