// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/embedder.h"
#include "llm/gateway/gateway.h"
#include "llm/server/endpointregistry.h"

namespace quintet::knowledge {

/// Asks the gateway, with the prefixes that the endpoint has for its model. Lives on the engine thread.
class GatewayEmbedder final : public Embedder {
public:
    GatewayEmbedder(llm::Gateway &gateway, llm::EndpointRegistry &endpoints)
        : m_gateway(gateway),
          m_endpoints(endpoints)
    {
    }

    Task<Result<std::vector<std::vector<float>>>> embed(QString model, QStringList texts, Kind kind,
                                                        CancelToken token) override;

    /// From now on everything belongs to `run` and may take no more than that together with the rest of it.
    void limitTo(const QString &run, const usage::Limit &budget)
    {
        m_run = run;
        m_budget = budget;
    }

private:
    llm::Gateway &m_gateway;
    llm::EndpointRegistry &m_endpoints;
    QString m_run;
    usage::Limit m_budget;
};

} // namespace quintet::knowledge
