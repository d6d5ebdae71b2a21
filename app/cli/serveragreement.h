// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/toolset.h"

namespace quintet::cli {

class Invocation;

/// Asks at the terminal whether MCP servers may be used. Without one, those that --allow names are agreed to, and the
/// others said. `invocation` outlives it.
ToolTalk toolTalkOf(Invocation &invocation);

/// The names that options such as --allow list, with commas between them.
QStringList namesIn(const QStringList &values);

} // namespace quintet::cli
