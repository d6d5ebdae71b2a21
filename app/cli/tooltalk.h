// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"
#include "app/toolset.h"

namespace quintet::cli {

/// "a,b" and "c" as a, b, c.
QStringList namesIn(const QStringList &values);

/// Without somebody at the terminal to ask, a server is agreed to by naming it with --allow. `invocation` outlives it.
ToolTalk talkOf(Invocation &invocation);

} // namespace quintet::cli
