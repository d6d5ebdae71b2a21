// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/runevent.h"
#include "base/id.h"

namespace quintet::agent {

using RunId = Id<struct AgentRunTag>;

/// "running", "waiting", "finished", "failed", "stopped".
QString nameOf(RunState state);
RunState runStateFrom(const QString &name); ///< Stopped for a name that is none

/// One turn of the model: what it said, what it had done, and what that gave.
struct Step {
    int number = 0; ///< from 1
    QString text;
    QString reasoning;
    std::vector<llm::Thinking> thinking;
    std::vector<Call> calls;
    QString model;
    usage::TokenUsage usage;
    std::optional<usage::Money> cost;
    std::chrono::milliseconds time{0};
    QString fault;          ///< what was wrong with what the model said
    bool isPlanned = false; ///< false while the model is still asked

    bool operator==(const Step &) const = default;
};

/// What the user said while the run was under way.
struct Said {
    int afterStep = 0; ///< the model hears it behind this one's results
    QString text;

    bool operator==(const Said &) const = default;
};

/// What was used up.
struct Spent {
    qint64 tokens = 0;
    usage::Money money;  ///< of what has a price
    bool isKnown = true; ///< false: some of it has no known price
    std::chrono::milliseconds time{0};

    bool operator==(const Spent &) const = default;
};

/// A run of an agent. A value: it changes by apply() alone, so that what is shown, kept, exported and resumed is the
/// same.
class AgentRun final {
public:
    AgentRun() = default;
    explicit AgentRun(RunId id) : m_id(std::move(id)) { }

    const RunId &id() const { return m_id; }
    const RunSpec &spec() const { return m_spec; }
    QString title() const; ///< the user's, else the task's first line
    RunState state() const { return m_state; }
    bool isOver() const { return m_state != RunState::Running && m_state != RunState::Waiting; }
    const QDateTime &begun() const { return m_begun; }
    const std::vector<Step> &steps() const { return m_steps; }
    const std::vector<Said> &said() const { return m_said; }
    const std::vector<Todo> &todos() const { return m_todos; }
    const QString &answer() const { return m_answer; }
    const std::optional<Error> &failure() const { return m_failure; }
    const Spent &spent() const { return m_spent; }

    int condensedTo() const { return m_condensedTo; } ///< the last step that is told in short; 0: none
    const QString &condensed() const { return m_condensed; }

    const Call *call(const QString &id) const; ///< null for an id that is not known; valid until the next apply()

    /// The call that waits for the user, or null.
    const Call *waitingCall() const;

    /// Whether words of others came in since the user last allowed something.
    bool isAfterUntrusted() const { return m_isAfterUntrusted; }

    /// How often this very call was asked for, the same name and arguments.
    int timesAsked(const QString &tool, const QJsonObject &arguments) const;

    /// Folds one event in. A pure step: the same events give the same run.
    void apply(const RunEvent &event);

    bool operator==(const AgentRun &) const = default;

private:
    Step *step(int number);
    Call *find(const QString &id);
    void begin(const RunBegun &begun);
    void plan(const StepPlanned &planned);
    void end(const CallEnded &ended);
    void spend(const usage::TokenUsage &usage, const std::optional<usage::Money> &cost);

    RunId m_id;
    RunSpec m_spec;
    QString m_title;
    RunState m_state = RunState::Running;
    QDateTime m_begun;
    std::vector<Step> m_steps;
    std::vector<Said> m_said;
    std::vector<Todo> m_todos;
    QString m_answer;
    std::optional<Error> m_failure;
    Spent m_spent;
    int m_condensedTo = 0;
    QString m_condensed;
    bool m_isAfterUntrusted = false;
};

/// The events of a run up to and with step `last` and its results, as those of a new run: to try again from there, with
/// another model.
std::vector<RunEvent> eventsUpTo(const std::vector<RunEvent> &events, int last);

} // namespace quintet::agent
