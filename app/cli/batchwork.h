// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"
#include "batch/work/runner.h"

namespace quintet::cli {

/// What a run cost, for a person: "$0.12", with "+ ?" behind it where the price of some answers is not known.
QString costOf(const batch::Run &run);

/// Works a run to its end, shows how far it is, and gives its results where it writes no files. The exit status.
/// `offline`: a file to write or read in place of asking.
Task<int> workRun(Invocation &invocation, Services &services, batch::Run run,
                  std::optional<batch::Runner::OfflineJob> offline = {});

/// Prints all results in that form. Storage where they cannot be written.
Result<void> printResults(Invocation &invocation, Services &services, const batch::Run &run,
                          batch::OutputFormat format);

} // namespace quintet::cli
