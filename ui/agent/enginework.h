// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/exchange/runexport.h"
#include "agent/plan/runworker.h"
#include "agent/plan/savedtasks.h"
#include "ui/agent/windowapprover.h"

/// What the Agent tab has done on the engine thread. Every function here is called there, takes values, and leaves what
/// takes long to other threads.
namespace quintet::ui {

/// A run that is worked on here, with whoever asks the user about it. Used on the engine thread alone.
struct RunWork {
    explicit RunWork(const agent::WorkParts &parts) : worker(parts, approver) { }

    WindowApprover approver;
    agent::RunWorker worker;
};

/// What there is to be shown at the left.
struct AgentLists {
    std::vector<agent::SavedTask> tasks;
    std::vector<agent::RunRow> runs;
    std::vector<agent::StandingRule> rules; ///< what the user allowed for good

    bool operator==(const AgentLists &) const = default;
};

Task<Result<AgentLists>> readLists(agent::AgentParts parts, QString words);

/// The run of that id; its events where it is to be exported.
Task<Result<agent::AgentRun>> readRun(agent::AgentParts parts, agent::RunId id);
Task<Result<QString>> exportRun(agent::AgentParts parts, agent::RunId id, agent::ExportFormat format, QString path);

Task<Result<agent::AgentRun>> createRun(agent::AgentParts parts, agent::RunSpec spec);
Task<Result<agent::AgentRun>> createBranch(agent::AgentParts parts, agent::RunId from, int step,
                                           agent::RunResumed resumed);

/// A new run that does again what `run` did, without a model.
Task<Result<agent::AgentRun>> createReplay(agent::AgentParts parts, agent::AgentRun run);

/// Adds the user's words to a run that nobody works on.
Task<Result<agent::AgentRun>> sayTo(agent::AgentParts parts, agent::AgentRun run, QString text);

/// Keeps what a run did as a task; its id.
Task<Result<QString>> keepTask(agent::AgentParts parts, agent::AgentRun run, QString title);

Task<Result<bool>> setRunRemoved(agent::AgentParts parts, agent::RunId id, bool isRemoved);
Task<Result<bool>> setTaskRemoved(agent::AgentParts parts, QString id, bool isRemoved);

/// From now on it asks again.
Task<Result<bool>> removeRule(agent::AgentParts parts, agent::StandingRule rule);

/// What tools there are in a place, all of them.
Task<Result<std::vector<agent::ToolFacts>>> toolsIn(agent::ToolMaker maker, agent::Workplace workplace,
                                                    CancelToken token);

/// Calls one tool of a place.
Task<Result<agent::ToolResult>> callTool(agent::ToolMaker maker, agent::Workplace workplace, QString tool,
                                         QJsonObject arguments, CancelToken token);

} // namespace quintet::ui
