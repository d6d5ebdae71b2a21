// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/routes.h"

namespace quintet::serve {

/// POST /api/summarize.
class SummarizeDoor final {
public:
    explicit SummarizeDoor(const Asking &asking) : m_asking(asking) { }

    void addTo(Routes &routes);

private:
    Task<Result<document::Document>> documentIn(std::shared_ptr<Exchange> exchange, QJsonObject request);
    Task<void> summarize(std::shared_ptr<Exchange> exchange);

    Asking m_asking;
};

} // namespace quintet::serve
