// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::bench {

/// How much a summary shares with a reference, as F1 of 0 to 1: single words, pairs of words, and the longest common
/// sequence of words (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"). Words in lower case, not
/// stemmed.
struct Rouge {
    double one = 0;
    double two = 0;
    double longest = 0;
};

Rouge rougeOf(const QString &summary, const QString &reference);

} // namespace quintet::bench
