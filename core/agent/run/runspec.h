// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/permissions.h"
#include "llm/endpoint.h"
#include "llm/request.h"

#include <QJsonObject>

namespace quintet::agent {

/// How far a run may go; what is reached first ends it, and it can be taken up again with more.
struct Limits {
    int steps = 25;
    usage::Limit budget{.money = {}, .tokens = 400'000}; ///< all steps together, beside the user's budgets
    std::chrono::minutes time{30};                       ///< at work; waiting for the user does not count

    bool operator==(const Limits &) const = default;
};

/// What a run works with.
struct Workplace {
    QStringList tools; ///< names or groups; empty: all that there are
    QString database;  ///< an address, a file, the name of a kept connection, or "sample"
    QString folder;    ///< absolute; the one that files may be read and written in
    QStringList collections;
    QString mcpFile; ///< of MCP servers, as other programs keep it

    bool operator==(const Workplace &) const = default;
};

/// How a model is told to call tools.
enum class Protocol {
    Native, ///< as the server's interface has it
    Text,   ///< in words, for models that were not made for it: ReAct (Yao et al. 2022, arXiv:2210.03629)
};

/// All that makes a run what it is. Holds no secret.
struct RunSpec {
    QString task;
    llm::Endpoint endpoint;
    llm::Parameters parameters;
    Protocol protocol = Protocol::Native;
    Workplace workplace;
    Limits limits;
    Rules rules;      ///< of this run, before those that always hold
    QString planName; ///< of the saved task that is replayed; empty where a model plans
    QJsonObject plan; ///< the saved task as it was then

    bool isReplay() const { return !plan.isEmpty(); }
    bool operator==(const RunSpec &) const = default;
};

} // namespace quintet::agent
