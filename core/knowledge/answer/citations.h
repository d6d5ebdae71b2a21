// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"

namespace quintet::knowledge {

/// The numbers of the markers "[1]", "[1, 2]" in `text` that are from 1 to `count`, in order, each once.
std::vector<int> markersIn(QStringView text, int count);

/// Takes the text of `answer` apart into claims, and checks each against the passages that it cites: most of its words
/// must stand there, and all of its numbers and names. The sentence of a passage that fits best becomes the quote.
void checkCitations(Answer &answer);

/// How well `sentence` is covered by `passage`, 0 to 1; 0 where a number or a name of it is missing there.
double support(const QString &sentence, const QString &passage);

} // namespace quintet::knowledge
