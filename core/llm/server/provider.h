// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"

#include <QStringList>

#include <vector>

namespace quintet::llm {

/// A kind of server as `resources/providers.json` describes it.
struct Provider {
    QString id;
    QString name;
    EndpointKind kind = EndpointKind::OpenAi;
    QUrl baseUrl;                ///< empty where each customer has an address of his own
    QString host;                ///< its addresses end in this
    QString keyVariable;         ///< the environment variable in which people keep its key
    QByteArray keyHeader;        ///< the header that carries the key; empty: Authorization, as a bearer token
    bool local = false;          ///< runs on this computer
    std::vector<QUrl> addresses; ///< where a local one may answer
    QString owner;               ///< what its model list says in `owned_by`, where that tells it apart
    QStringList quirks;          ///< in what it differs from its wire format, by the names that wire formats know

    bool operator==(const Provider &) const = default;
};

/// The kinds of servers that Quintet knows. Any thread.
const std::vector<Provider> &providers();

/// The kind of server at an address, as far as the address tells; null if it does not.
const Provider *providerAt(const QUrl &baseUrl);

} // namespace quintet::llm
