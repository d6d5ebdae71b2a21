// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quintet::document {

/// The child's side: confines this process, then reads one document after the other as it is asked to over
/// requestDescriptor, until that is closed. Blocks; returns the exit status of the process. Needs a QCoreApplication.
int runExtractWorker();

} // namespace quintet::document
