// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <vector>

namespace quintet::summarize {

/// Cuts `text` into as few stretches of at most `tokens` estimated tokens as follow each other without a gap, at borders
/// of blocks, else of sentences, else, where one sentence alone is too long, anywhere but inside a character. Linear.
std::vector<text::Span> splitByTokens(const QString &text, qint64 tokens);

} // namespace quintet::summarize
