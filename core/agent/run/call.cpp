// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/call.h"

#include <algorithm>
#include <array>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array stateNames{
    std::pair{CallState::Asked, "asked"_L1},     std::pair{CallState::Waiting, "waiting"_L1},
    std::pair{CallState::Running, "running"_L1}, std::pair{CallState::Done, "done"_L1},
    std::pair{CallState::Failed, "failed"_L1},   std::pair{CallState::Malformed, "malformed"_L1},
    std::pair{CallState::Denied, "denied"_L1},   std::pair{CallState::Interrupted, "interrupted"_L1}};

} // namespace

QString nameOf(Approval::Answer answer)
{
    switch (answer) {
    case Approval::Answer::Once: return u"once"_s;
    case Approval::Answer::InRun: return u"inRun"_s;
    case Approval::Answer::Always: return u"always"_s;
    case Approval::Answer::No: return u"no"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(CallState state)
{
    return std::ranges::find(stateNames, state, &std::pair<CallState, QLatin1StringView>::first)->second;
}

CallState callStateFrom(const QString &name)
{
    const auto found = std::ranges::find(stateNames, name, &std::pair<CallState, QLatin1StringView>::second);
    return found == stateNames.end() ? CallState::Asked : found->first;
}

bool Call::isOver() const
{
    return state != CallState::Asked && state != CallState::Waiting && state != CallState::Running;
}

QString Call::outcome() const
{
    switch (state) {
    case CallState::Done: return result ? result->text : QString();
    case CallState::Failed: return u"The call failed: "_s + failure;
    case CallState::Malformed: return u"The call was not made: "_s + failure;
    case CallState::Denied:
        return failure.isEmpty() ? u"The user did not allow this call. Do without it, or ask the user."_s
                                 : u"The user did not allow this call, and said: "_s + failure;
    case CallState::Interrupted:
        return u"Interrupted: the program ended while this call was under way. Whether it took effect is not known. "
               "Find out before you call it again."_s;
    case CallState::Asked:
    case CallState::Waiting:
    case CallState::Running: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace quintet::agent
