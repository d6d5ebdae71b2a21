// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/connecting.h"
#include "agent/toolbox.h"
#include "app/services.h"

namespace quintet {

/// What tools are to work on.
struct ToolWish {
    QString database; ///< "sample", a file, an address, or the name of one that was set up; empty: none
    bool takesPowerfulAccount = false; ///< ask the database also as an account that may do more than use databases
    QString folder;                    ///< that tools may read and write in; empty: none
    QStringList collections;           ///< to search, by name; empty: all that there are
    QString mcpFile;                   ///< an mcpServers file; empty: none
    QStringList names;                 ///< the only tools wanted, by name or group; empty: all that can work

    bool operator==(const ToolWish &) const = default;
};

/// How tools that need it talk to the user while they are made. Empty: nothing is agreed to, and nobody hears.
struct ToolTalk {
    std::function<Task<bool>(agent::mcp::Question)> agrees;
    std::function<void(const QString &)> note; ///< what did not work, and is left out
    std::function<void(const QString &server, const QString &line)> onLog;
};

/// The tools that can work on what is wished for, calculate first. BadInput where something named is not there.
Task<Result<agent::Toolbox>> makeTools(Services &services, ToolWish wish, CancelToken token, ToolTalk talk = {});

/// What runs of agents are worked with. `services` outlive it.
agent::WorkParts agentWorkParts(Services &services, ToolTalk talk = {});

} // namespace quintet
