// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/stream.h"

namespace quintet::ui {

/// What an answer took, in the order of all facts: time to first token, tokens/s, tokens, cost, cached. `isLocal`: on
/// this computer, where nothing is paid.
QStringList answerFacts(const llm::Completion &completion, bool isBuiltin, bool isLocal);

} // namespace quintet::ui
