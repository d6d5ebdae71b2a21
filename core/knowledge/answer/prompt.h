// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"

namespace quintet::knowledge {

/// Asks a model to answer the question from `passages`, numbered from 1, and to say behind each sentence which it rests
/// on. The passages stand between tags that a document cannot guess, and are said to be material, not instructions.
llm::Request answerRequest(const AskWish &wish, const QString &question, const std::vector<Hit> &passages);

/// Asks a model to put the last question so that it can be understood without the conversation before it.
llm::Request rewriteRequest(const AskWish &wish);

/// Without a model: quote what answers the question.
llm::Request quoteRequest(const AskWish &wish, const QString &question, const std::vector<Hit> &passages);

/// As many of `passages`, from the first on, as take up no more than `tokens`; at least one.
std::vector<Hit> fitting(std::vector<Hit> passages, qint64 tokens);

} // namespace quintet::knowledge
