// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// Every log category of the core. Content of documents, prompts and answers is never logged, nor any key.
Q_DECLARE_LOGGING_CATEGORY(lcDocument)
Q_DECLARE_LOGGING_CATEGORY(lcGateway)
Q_DECLARE_LOGGING_CATEGORY(lcNet)
Q_DECLARE_LOGGING_CATEGORY(lcStore)

namespace quintet {

/// Sends Quintet's log to standard error, redacted: warnings only, or everything if `verbose`. Call once, in main.
void installLog(bool verbose);

} // namespace quintet
