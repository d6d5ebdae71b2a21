// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"
#include "base/task.h"

#include <QJsonObject>

namespace quintet::agent {

/// What a call does to the world; it decides whether it may go unasked.
enum class Effect {
    Reads,  ///< looks at what is on this computer, and changes nothing
    Writes, ///< changes what is on this computer
    Sends,  ///< carries words of the user or of documents to somebody else
};

/// "reads", "writes", "sends".
QString nameOf(Effect effect);

/// What a model and a user are told of a tool.
struct ToolFacts {
    QString name;        ///< as a model calls it: "query_database"
    QString title;       ///< as the user reads it: "Query database"
    QString group;       ///< tools of one group are switched together: "files", "database", an MCP server's name
    QString description; ///< for the model: what it does, what it needs, what comes back
    QJsonObject schema;  ///< JSON schema of the arguments, an object's
    Effect effect = Effect::Reads;
    bool isUntrusted = false; ///< its results hold words of others, which may pose as instructions

    bool operator==(const ToolFacts &) const = default;
};

/// Something that an agent, or a person by hand, can have done. Lives on the engine thread and may work on others; any
/// number of calls may be under way at once.
class Tool {
public:
    virtual ~Tool() = default;

    virtual ToolFacts facts() const = 0;

    /// What the call would change, to be shown to whoever must allow it; nothing where its arguments say it all.
    /// Changes nothing itself. Fails as call() would, where that is known beforehand.
    virtual Task<Result<std::optional<FileChange>>> preview(QJsonObject arguments, CancelToken token);

    /// Does it. `arguments` fit the schema. Fails with BadInput where the arguments make no sense, in words that help a
    /// model to do better; with Cancelled within 100 ms of the token.
    virtual Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) = 0;
};

} // namespace quintet::agent
