// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

namespace quintet::cli {

/// What the arguments of `quintet` (without the program's name) ask for.
struct Call {
    enum Kind { Window, Subcommand, Help, Version, Unknown } kind = Window;
    QString command;       ///< for Subcommand, and Help on one; the word that is none, for Unknown
    QStringList arguments; ///< for Subcommand, and for Window what goes to it

    bool operator==(const Call &) const = default;
};

/// A word that is no subcommand opens the window if it is a file that exists.
Call callFrom(const QStringList &arguments);

/// The text of --help: of the program for an empty name, else of that subcommand.
QString helpText(const QString &command);

/// Runs a subcommand to its exit status.
Task<int> runCommand(QString command, QStringList arguments, CancelToken token);

} // namespace quintet::cli
