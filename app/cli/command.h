// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QList>
#include <QString>

namespace quintet::cli {

class Invocation;

/// An option of a command, e.g. {"words", "N", "..."} for `--words N`. An empty value name makes a switch, "N" stands
/// for a whole number from 1 on; a name of one letter is written with one dash.
struct Option {
    QString name;
    QString value;
    QString description;
};

/// A subcommand, declared in one place: parsing, --help and the man page's test all read this.
struct Command {
    QString name;
    QString arguments; ///< as the usage line shows them, "[FILE|URL|-]..."
    QString summary;   ///< one line
    QList<Option> options;
    Task<int> (*run)(Invocation &invocation);
};

/// The exit statuses that Quintet promises.
namespace exitStatus {
inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 2;
inline constexpr int unreachable = 3;
inline constexpr int budget = 4;
inline constexpr int interrupted = 130;
} // namespace exitStatus

/// Every subcommand, in the order of the help.
const QList<Command> &commands();

/// The options that every subcommand takes.
const QList<Option> &commonOptions();

/// The status to exit with after `error`.
int exitStatusFor(const Error &error);

// Each is declared in the file named after it.
Command agentCommand();
Command batchCommand();
Command cacheCommand();
Command chatCommand();
Command chatsCommand();
Command completionCommand();
Command dataCommand();
Command demoCommand();
Command endpointsCommand();
Command extractCommand();
Command knowledgeCommand();
Command mcpCommand();
Command modelsCommand();
Command serveCommand();
Command summarizeCommand();
Command toolCommand();
Command usageCommand();
Command whichCommand();

} // namespace quintet::cli
