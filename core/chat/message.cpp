// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/message.h"

#include <array>
#include <utility>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

template<typename Value, size_t count>
using Names = std::array<std::pair<Value, QLatin1StringView>, count>;

constexpr Names<MessageState, 6> states{{{MessageState::Whole, "whole"_L1},
                                         {MessageState::Running, "running"_L1},
                                         {MessageState::Stopped, "stopped"_L1},
                                         {MessageState::CutOff, "cutOff"_L1},
                                         {MessageState::Interrupted, "interrupted"_L1},
                                         {MessageState::Failed, "failed"_L1}}};

constexpr Names<llm::Role, 4> roles{{{llm::Role::User, "user"_L1},
                                     {llm::Role::System, "system"_L1},
                                     {llm::Role::Assistant, "assistant"_L1},
                                     {llm::Role::Tool, "tool"_L1}}};

template<typename Table, typename Value>
QString nameIn(const Table &names, Value value)
{
    for (const auto &[each, name] : names) {
        if (each == value)
            return name;
    }
    return {};
}

template<typename Table>
auto valueIn(const Table &names, const QString &wanted)
{
    for (const auto &[value, name] : names) {
        if (wanted == name)
            return value;
    }
    return names.front().first;
}

} // namespace

QString nameOf(MessageState state)
{
    return nameIn(states, state);
}

MessageState messageStateFrom(const QString &name)
{
    return valueIn(states, name);
}

QString nameOf(llm::Role role)
{
    return nameIn(roles, role);
}

llm::Role roleFrom(const QString &name)
{
    return valueIn(roles, name);
}

} // namespace quintet::chat
