// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"
#include "agent/toolbox.h"

#include <QDate>

namespace quintet::agent {

/// How a run is told to a model.
struct Telling {
    QDate today;
    int briefTo = 0;           ///< results up to this step are told in a line, to be read again where needed
    qsizetype longest = 8'000; ///< characters of one result; the rest can be read on
    bool isLastStep = false;   ///< the model is to answer now
    bool mayUseFormat = true;  ///< the server can hold the model to a JSON schema

    bool operator==(const Telling &) const = default;
};

/// What a model is asked for its next step: the task, what was done so far, what the user said. What tools gave is
/// marked as data, so that a model does not take its text for instructions. Any thread.
llm::Request requestFor(const AgentRun &run, const std::vector<ToolFacts> &tools, const Telling &telling);

/// What a model is asked, to put the steps up to `last` in short.
llm::Request condensationFor(const AgentRun &run, int last, qsizetype longest);

} // namespace quintet::agent
