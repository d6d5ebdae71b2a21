// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/apiserver.h"
#include "app/serve/asking.h"

namespace quintet::serve {

/// What the server and its models are about: /api/usage, /api/health, /metrics.
class UsageDoor final {
public:
    explicit UsageDoor(const Asking &asking) : m_asking(asking) { }

    void addTo(Routes &routes);

    /// The server whose figures /metrics gives.
    void watch(const ApiServer *server) { m_server = server; }

private:
    Task<void> usage(std::shared_ptr<Exchange> exchange);
    Task<void> metrics(std::shared_ptr<Exchange> exchange);

    Asking m_asking;
    const ApiServer *m_server = nullptr;
};

} // namespace quintet::serve
