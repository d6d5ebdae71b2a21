// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/call.h"
#include "agent/run/runspec.h"
#include "llm/event.h"

#include <QDateTime>

#include <variant>

namespace quintet::agent {

/// An entry of the list that a model keeps of what is to be done.
struct Todo {
    QString text;
    enum class State { Open, Doing, Done } state = State::Open;

    bool operator==(const Todo &) const = default;
};

/// How a run stands.
enum class RunState {
    Running,
    Waiting,  ///< for the user's word on a call
    Finished, ///< with an answer
    Failed,   ///< `failure` says why; it can be resumed
    Stopped,  ///< by the user, a limit, or the end of the program; it can be resumed
};

// What happens to a run. Each step's events carry its number, counted from 1, each call's its id; events about what is
// not known are dropped.

struct RunBegun {
    RunSpec spec;
    QDateTime time; ///< UTC
    bool operator==(const RunBegun &) const = default;
};

/// A run that had ended goes on, with what is set here.
struct RunResumed {
    llm::Endpoint endpoint;
    Limits limits;
    QDateTime time;
    bool operator==(const RunResumed &) const = default;
};

/// The model turned out to call tools in another way.
struct ProtocolSet {
    Protocol protocol = Protocol::Native;
    bool operator==(const ProtocolSet &) const = default;
};

/// The model is asked for its next step.
struct StepBegun {
    int step = 0;
    bool operator==(const StepBegun &) const = default;
};

/// Something of the step arrives. Not kept: the end of the step says it all.
struct StepGrew {
    int step = 0;
    QString text;
    QString reasoning;
    bool operator==(const StepGrew &) const = default;
};

/// What the model said, and what it wants done.
struct StepPlanned {
    int step = 0;
    QString text; ///< what it thinks aloud, or its answer where it calls nothing
    QString reasoning;
    std::vector<llm::Thinking> thinking; ///< as the server wants it back
    std::vector<Call> calls;
    QString model;
    usage::TokenUsage usage;
    std::optional<usage::Money> cost; ///< nothing where the price is unknown
    std::chrono::milliseconds time{0};
    QString fault; ///< what was wrong with what it said, to be told to it
    bool operator==(const StepPlanned &) const = default;
};

/// The user is asked whether a call may be made.
struct ApprovalAsked {
    QString call;
    QString question;
    std::optional<FileChange> proposal;
    bool operator==(const ApprovalAsked &) const = default;
};

struct ApprovalGiven {
    QString call;
    Approval approval;
    bool operator==(const ApprovalGiven &) const = default;
};

/// From now on this holds in this run.
struct RuleAdded {
    Rule rule;
    bool operator==(const RuleAdded &) const = default;
};

/// The call is made, from now on; on disk before anything is done.
struct CallBegun {
    QString call;
    bool operator==(const CallBegun &) const = default;
};

struct CallEnded {
    QString call;
    CallState state = CallState::Done;
    std::optional<ToolResult> result;
    QString failure;
    std::chrono::milliseconds time{0};
    bool operator==(const CallEnded &) const = default;
};

/// The model's list of what is to be done, whole.
struct TodosSet {
    std::vector<Todo> todos;
    bool operator==(const TodosSet &) const = default;
};

/// The user said something; the model hears it at its next step.
struct UserSaid {
    QString text;
    bool operator==(const UserSaid &) const = default;
};

/// Everything up to and with this step is told to the model in these words only.
struct StepsCondensed {
    int step = 0;
    QString text;
    usage::TokenUsage usage;
    std::optional<usage::Money> cost;
    bool operator==(const StepsCondensed &) const = default;
};

struct RunEnded {
    RunState state = RunState::Finished;
    QString answer;
    std::optional<Error> failure;      ///< why it failed or was stopped; nothing where the user stopped it
    std::chrono::milliseconds time{0}; ///< at work since it began or was resumed
    bool operator==(const RunEnded &) const = default;
};

struct TitleSet {
    QString title;
    bool operator==(const TitleSet &) const = default;
};

using RunEvent =
    std::variant<RunBegun, RunResumed, ProtocolSet, StepBegun, StepGrew, StepPlanned, ApprovalAsked, ApprovalGiven,
                 RuleAdded, CallBegun, CallEnded, TodosSet, UserSaid, StepsCondensed, RunEnded, TitleSet>;

} // namespace quintet::agent
