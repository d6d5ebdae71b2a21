// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/texttask.h"
#include "summarize/summarizer.h"

namespace quintet {

/// What batch runs have the summarizer do: features do not know each other, so the program introduces them.
class BatchTexts final : public batch::TextTask {
public:
    explicit BatchTexts(summarize::Summarizer &summarizer) : m_summarizer(summarizer) { }

    Task<Result<llm::Completion>> summarize(document::Document source, QString instruction, batch::Asking asking,
                                            CancelToken token) override;
    Task<Result<llm::Completion>> condense(QString text, qint64 room, QString purpose, batch::Asking asking,
                                           CancelToken token) override;

private:
    summarize::Summarizer &m_summarizer;
};

} // namespace quintet
