// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/request.h"
#include "summarize/summary.h"

namespace quintet::summarize {

/// What a model is asked to make of `text`, as `wish` has it.
llm::Request summaryRequest(const QString &text, const SummaryWish &wish);

/// What a model is asked to keep of one part of a long text, so that the summary can be made of the parts.
llm::Request notesRequest(const QString &part, int number, int count, const SummaryWish &wish);

} // namespace quintet::summarize
