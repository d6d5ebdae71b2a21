// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"

namespace quintet::ui {

/// What is said of runs, in few words.

QString stateWord(batch::RunState state);

/// "$0.41", "$0.41 + ?" where some prices are not known.
QString costWord(const batch::Run &run);

/// "86 of 100 · $0.41".
QString countWord(const batch::Run &run);

/// Source, model and task in one line.
QString aboutRun(const batch::RunSpec &spec);

/// "3:50", "2:03:50", "3 days".
QString durationWord(std::chrono::seconds time);

/// The share of items that have ended, 0 to 1.
double shareEnded(const batch::Run &run);

/// An error of that kind in a word or two: "unreadable", "rate limited".
QString problemWord(const QString &errorKind);

/// What the user can do about an error of that kind: whether trying again may help.
bool mayHelpAgain(const QString &errorKind);

} // namespace quintet::ui
