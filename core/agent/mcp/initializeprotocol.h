// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/protocol.h"

namespace quintet::agent::mcp {

/// The revisions that begin with `initialize`: 2024-11-05 to 2025-11-25 (modelcontextprotocol.io, "Lifecycle").
class InitializeProtocol final : public Protocol {
public:
    Task<Result<void>> open(Client &client, CancelToken token) override;
    QJsonObject parameters(const QString &method, QJsonObject parameters) const override;
};

} // namespace quintet::agent::mcp
