// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"
#include "base/error.h"
#include "llm/request.h"

#include <chrono>

namespace quintet::agent {

/// What the user, or whoever stands in for them, says to a call that asks.
struct Approval {
    enum class Answer { Once, InRun, Always, No };
    Answer answer = Answer::No;
    std::optional<QJsonObject> arguments; ///< as the user changed them
    QString reason;                       ///< of a "no", for the model

    bool isAllowed() const { return answer != Answer::No; }
    bool operator==(const Approval &) const = default;
};

/// "once", "inRun", "always", "no".
QString nameOf(Approval::Answer answer);

/// How far a call has come.
enum class CallState {
    Asked,   ///< by the model; nothing was done yet
    Waiting, ///< for the user's word
    Running, ///< begun, and recorded as such
    Done,
    Failed,      ///< the tool could not do it
    Malformed,   ///< there is no such tool, or the arguments do not fit
    Denied,      ///< by the user or a rule
    Interrupted, ///< Quintet ended while it was running; whether it took effect is not known
};

/// "asked", "waiting", "running", "done", "failed", "malformed", "denied", "interrupted".
QString nameOf(CallState state);
CallState callStateFrom(const QString &name); ///< Asked for a name that is none

/// A call of a tool, from the model's wish to its result.
struct Call {
    QString id;            ///< within the run: "3.1" is the first of step 3
    llm::ToolCall wish;    ///< as the model wrote it
    QJsonObject arguments; ///< as they are used, after the user may have changed them
    QString title;         ///< of the tool, for people
    Effect effect = Effect::Reads;
    bool isUntrusted = false; ///< the result holds words of others
    CallState state = CallState::Asked;
    QString question;                   ///< why it asks
    std::optional<FileChange> proposal; ///< what it would change
    std::optional<Approval> approval;   ///< the user's word, if it was asked for
    std::optional<ToolResult> result;
    QString failure; ///< what was wrong, in words that help a model to do better
    std::chrono::milliseconds time{0};

    bool isOver() const;

    /// What the model is told of it.
    QString outcome() const;

    bool operator==(const Call &) const = default;
};

} // namespace quintet::agent
