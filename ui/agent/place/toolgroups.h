// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"

namespace quintet::ui {

/// Tools that are switched together: those of one group.
struct ToolGroup {
    QString name; ///< of the switch, for tests and settings
    QString title;
    QStringList tools;
    bool asks = false;  ///< they do not go unasked
    bool isMcp = false; ///< of a server of the user's

    bool operator==(const ToolGroup &) const = default;
};

/// The groups in the order in which their first tools come.
std::vector<ToolGroup> toolGroupsOf(const std::vector<agent::ToolFacts> &tools);

} // namespace quintet::ui
