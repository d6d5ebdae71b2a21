// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quintet::agent {

/// The child's side of CalculateTool: reads {"expression","variables"} from standard input, calculates it in a process
/// that may neither write nor start anything nor use the network, writes {"value","exact","number"} or {"error"} to
/// standard output and leaves the process.
[[noreturn]] void runCalculateWorker();

} // namespace quintet::agent
