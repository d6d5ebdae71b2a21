// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/prompt.h"

namespace quintet::summarize {

namespace {

// Prompts are not translated: models follow English instructions best, whatever the language of the text.
QString instructionFor(Style style)
{
    switch (style) {
    case Style::Brief: return QStringLiteral("Summarize the text in flowing prose.");
    case Style::Bullets:
        return QStringLiteral("Summarize the text as a Markdown list of its main points, one sentence each.");
    case Style::Detailed: return QStringLiteral("Summarize the text in detail, section by section, in flowing prose.");
    case Style::Actions:
        return QStringLiteral(
            "List the actions that the text asks for or that were agreed in it, as a Markdown list: who "
            "does what, and by when where the text says so. If there are none, say so in one sentence.");
    }
    Q_UNREACHABLE();
}

QString languageClause(const SummaryWish &wish)
{
    return wish.language.isEmpty() ? QStringLiteral(" Write in the language of the text.")
                                   : QStringLiteral(" Write in %1.").arg(wish.language);
}

llm::Request request(const QString &instruction, const QString &text, const SummaryWish &wish)
{
    llm::Request request;
    request.pattern = wish.pattern;
    request.run = wish.run;
    request.runBudget = wish.runBudget;
    request.model = wish.endpoint.model;
    request.parameters = wish.parameters;
    if (!request.parameters.temperature)
        request.parameters.temperature = 0;
    request.budget = wish.budget;
    request.mayCache = wish.useCache;
    request.messages = {{llm::Role::System, instruction}, {llm::Role::User, text}};
    return request;
}

} // namespace

llm::Request summaryRequest(const QString &text, const SummaryWish &wish)
{
    const QString wanted = wish.instruction.isEmpty() ? instructionFor(wish.style) : wish.instruction;
    return request(
        wanted + QStringLiteral(" Use about %1 words.").arg(wish.targetWords()) + languageClause(wish)
            + QStringLiteral(" Say only what the text says, and keep its figures and names. Answer with the result "
                             "alone."),
        text, wish);
}

llm::Request notesRequest(const QString &part, int number, int count, const SummaryWish &wish)
{
    const QString purpose = wish.instruction.isEmpty() ? instructionFor(wish.style) : wish.instruction;
    return request(
        QStringLiteral("This is part %1 of %2 of a long text. Write down what it says as compact notes, with its "
                       "figures, names and dates, so that the whole can later be worked on without it. The task "
                       "will then be: \"%3\" Leave out nothing that matters to it, and add nothing.")
                .arg(number)
                .arg(count)
                .arg(purpose)
            + languageClause(wish),
        part, wish);
}

} // namespace quintet::summarize
