// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batchtexts.h"

namespace quintet {

namespace {

summarize::SummaryWish wishFor(const batch::Asking &asking, const QString &instruction)
{
    summarize::SummaryWish wish;
    wish.instruction = instruction;
    wish.language = asking.language;
    wish.endpoint = asking.endpoint;
    wish.parameters = asking.parameters;
    wish.useCache = asking.useCache;
    wish.pattern = QStringLiteral("batch");
    wish.run = asking.run;
    wish.runBudget = asking.runBudget;
    return wish;
}

llm::Completion completionOf(const summarize::Summary &summary)
{
    llm::Completion completion = summary.completion;
    completion.text = summary.text;
    return completion;
}

} // namespace

Task<Result<llm::Completion>> BatchTexts::summarize(document::Document source, QString instruction,
                                                    batch::Asking asking, CancelToken token)
{
    const auto summary = co_await m_summarizer.summarize(std::move(source), wishFor(asking, instruction), {}, token);
    co_return summary.transform(completionOf);
}

Task<Result<llm::Completion>> BatchTexts::condense(QString text, qint64 room, QString purpose, batch::Asking asking,
                                                   CancelToken token)
{
    const auto notes = co_await m_summarizer.condense(std::move(text), room, wishFor(asking, purpose), {}, token);
    co_return notes.transform(completionOf);
}

} // namespace quintet
