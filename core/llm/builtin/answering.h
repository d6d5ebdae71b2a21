// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "base/result.h"
#include "llm/request.h"

#include <QString>

#include <vector>

namespace quintet::llm::builtin {

/// A sentence of a passage that speaks of what was asked.
struct AnswerSentence {
    int passage = 0;  ///< index into AnswerWish::passages
    qint64 start = 0; ///< Unicode code points into the passage's text
    qint64 end = 0;
    QString text; ///< on one line, as it is read: without Markdown's marks

    bool operator==(const AnswerSentence &) const = default;
};

/// Answers a question by quoting: the sentences, list items and table rows that hold the question's words, the rarer
/// the better, in their own or their neighbours' or their headings' words; where a number or a time is asked for, those
/// that have one. Those of the best passage come first, those of one passage in its order. Empty where nothing speaks
/// of what was asked.
///
/// Needs no model; linear in the passages. Any thread. Fails with BadInput on an empty question, with Cancelled within
/// 100 ms of the token.
Result<std::vector<AnswerSentence>> answerFrom(const AnswerWish &wish, CancelToken token);

} // namespace quintet::llm::builtin
