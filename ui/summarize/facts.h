// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"
#include "llm/stream.h"

#include <QString>

namespace quintet::ui {

/// "1,204 words · reads in 4 min 49 s".
QString wordFacts(qsizetype words);

/// What an answer took, in the order of all facts: time to first token, tokens/s, tokens, cost, cached. `isLocal`: on
/// this computer, where nothing is paid.
QString answerFacts(const llm::Completion &completion, bool isBuiltin, bool isLocal);

/// "14 s", "4 min 5 s", "4 h 5 min".
QString duration(qint64 seconds);

} // namespace quintet::ui
