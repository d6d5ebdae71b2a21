// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/reranker.h"
#include "llm/gateway/gateway.h"
#include "llm/server/endpointregistry.h"

namespace quintet::knowledge {

/// Asks the gateway. Lives on the engine thread.
class GatewayReranker final : public Reranker {
public:
    GatewayReranker(llm::Gateway &gateway, llm::EndpointRegistry &endpoints)
        : m_gateway(gateway),
          m_endpoints(endpoints)
    {
    }

    Task<Result<std::vector<double>>> scores(QString model, QString question, QStringList texts,
                                             CancelToken token) override;

private:
    llm::Gateway &m_gateway;
    llm::EndpointRegistry &m_endpoints;
};

} // namespace quintet::knowledge
