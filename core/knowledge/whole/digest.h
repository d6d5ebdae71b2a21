// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"
#include "knowledge/whole/wholequestion.h"

namespace quintet::knowledge {

/// The passages of one document as one text, for the built-in engine to quote from.
struct DigestPart {
    std::vector<Hit> passages;  ///< in their order
    QString text;               ///< of all, parted by empty lines
    std::vector<qint64> starts; ///< of each passage in it, in Unicode code points
};

DigestPart digestPart(std::vector<Hit> passages);

/// Asks the built-in engine for the sentences of a document that say the most, or those that answer the question.
llm::Request digestRequest(const AskWish &wish, WholeKind kind, const DigestPart &part, int sentences);

/// Adds what was quoted of a document to the answer: its title, and a line for each sentence with its citation.
/// Returns the text that was added; empty where nothing was quoted.
QString addToDigest(Answer &answer, WholeKind kind, const DigestPart &part, const llm::Completion &completion);

} // namespace quintet::knowledge
