// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/routes.h"

namespace quintet::serve {

/// POST /api/chat/stream.
class ChatDoor final {
public:
    explicit ChatDoor(const Asking &asking) : m_asking(asking) { }

    void addTo(Routes &routes);

private:
    Task<void> stream(std::shared_ptr<Exchange> exchange);

    Asking m_asking;
};

} // namespace quintet::serve
