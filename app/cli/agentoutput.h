// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/plan/savedtasks.h"
#include "agent/store/agentrunstore.h"
#include "app/cli/output.h"

namespace quintet::cli {

/// Tells a run as it goes: with --json its trace, an object a line; else its steps as notes, and the answer alone on
/// standard output.
class RunPrinter final {
public:
    RunPrinter(Output &output, agent::AgentRun run) : m_output(output), m_run(std::move(run)) { }

    void print(const agent::RunEvent &event);

private:
    void printNote(const agent::RunEvent &event);
    void noteCall(const agent::Call &call);

    Output &m_output;
    agent::AgentRun m_run; ///< as far as was told
};

/// All that happened in a run.
void printRun(Output &output, const agent::RunId &id, const std::vector<agent::RunEvent> &events);

/// Runs and saved tasks, a row each.
void printList(Output &output, const std::vector<agent::SavedTask> &tasks, const std::vector<agent::RunRow> &runs);

void printTask(Output &output, const agent::SavedTask &task);

} // namespace quintet::cli
