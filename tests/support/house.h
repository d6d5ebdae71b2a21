// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/builtin/builtinbackend.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"
#include "llm/server/httpbackend.h"
#include "support/fakes.h"

#include <QTemporaryDir>

namespace quintet::test {

/// A gateway over HTTP, with a clock, a ledger and all else that tests can look into.
struct House {
    FakeClock clock;
    FakeLedger ledger;
    FakeSpending spending;
    FakeCache cache;
    FakeRateBook rates;
    FakeModelFacts facts;
    QTemporaryDir folder;
    usage::Prices prices{folder.filePath(QStringLiteral("prices.json"))};
    llm::GatewaySettings settings{folder.filePath(QStringLiteral("quintet.ini"))};
    net::HttpClient client;
    store::MemorySecrets secrets;
    llm::Catalog catalog{client, secrets, facts};
    QString key; ///< of every endpoint
    llm::HttpBackends backends{client, clock};
    llm::UnpricedConsent consent{settings};
    llm::Gateway gateway{{.backends = [this](llm::Endpoint endpoint) { return makeBackend(endpoint); },
                          .clock = clock,
                          .ledger = ledger,
                          .spending = spending,
                          .prices = prices,
                          .cache = cache,
                          .rates = rates,
                          .facts = facts,
                          .settings = settings,
                          .consent = &consent}};

    Task<Result<std::shared_ptr<llm::Backend>>> makeBackend(llm::Endpoint endpoint)
    {
        if (endpoint.kind == llm::EndpointKind::Builtin)
            co_return std::make_shared<llm::builtin::BuiltinBackend>();
        co_return backends.at(endpoint, key);
    }
};

} // namespace quintet::test
