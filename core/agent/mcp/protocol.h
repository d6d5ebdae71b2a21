// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QJsonObject>

#include <functional>
#include <vector>

namespace quintet::agent::mcp {

class Client;

/// A tool as its server describes it.
struct ToolDefinition {
    QString name;
    QString title;
    QString description;
    QJsonObject schema;
    QString digest; ///< of all that the server says of it

    bool operator==(const ToolDefinition &) const = default;
};

/// What a revision of the protocol does in its own way: how a connection begins, and what every request carries.
class Protocol {
public:
    virtual ~Protocol() = default;

    /// Makes a connection that has just opened ready for requests. Protocol where the two do not understand each other.
    virtual Task<Result<void>> open(Client &client, CancelToken token) = 0;

    /// The parameters of a request as they are sent.
    virtual QJsonObject parameters(const QString &method, QJsonObject parameters) const = 0;
};

} // namespace quintet::agent::mcp
