// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <vector>

namespace quintet::llm::builtin {

/// Length of the vectors where no other is asked for.
inline constexpr int usualDimensions = 512;

/// A vector of `text` for texts that share words to be near each other, forms of one word too: each word, and at half
/// the weight each three neighbouring characters of it (Bojanowski et al., "Enriching Word Vectors with Subword
/// Information", 2017), adds or takes away 1 + ln tf at a place that its hash names (Weinberger et al., "Feature
/// Hashing for Large Scale Multitask Learning", 2009). Of length 1, or all zero where there is no word. Knows no
/// synonyms: an embedding model does better. The same on every computer, in any language. Any thread.
std::vector<float> hashedEmbedding(QStringView text, int dimensions = usualDimensions);

} // namespace quintet::llm::builtin
