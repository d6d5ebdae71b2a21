// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/summarizer.h"

#include <QCoreApplication>

namespace quintet::summarize {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("summarize", text);
}

QString instructionFor(const SummaryWish &wish)
{
    QString instruction = wish.instruction;
    if (instruction.isEmpty()) {
        switch (wish.style) {
        case Style::Brief: instruction = QStringLiteral("Summarize the text in flowing prose."); break;
        case Style::Bullets:
            instruction =
                QStringLiteral("Summarize the text as a Markdown list of its main points, one sentence each.");
            break;
        case Style::Detailed:
            instruction = QStringLiteral("Summarize the text in detail, section by section, in flowing prose.");
            break;
        case Style::Actions:
            instruction =
                QStringLiteral("List the actions that the text asks for or that were agreed in it, as a Markdown "
                               "list: who does what, and by when where the text says so. If there are none, say "
                               "so in one sentence.");
            break;
        }
    }
    instruction += QStringLiteral(" Use about %1 words.").arg(wish.targetWords());
    instruction += wish.language.isEmpty() ? QStringLiteral(" Write in the language of the text.")
                                           : QStringLiteral(" Write in %1.").arg(wish.language);
    return instruction
           + QStringLiteral(" Say only what the text says, and keep its figures and names. Answer with the "
                            "result alone.");
}

/// Plain text may be Markdown all the same: pasted, piped, or under another name.
std::optional<bool> markdownOf(const document::Document &source)
{
    if (source.format.isEmpty() || source.format == u"text")
        return std::nullopt;
    return source.format == u"markdown";
}

llm::Request requestFor(const document::Document &source, const SummaryWish &wish)
{
    llm::Request request;
    request.pattern = QStringLiteral("summarize");
    request.model = wish.endpoint.model;
    request.parameters = wish.parameters;
    request.budget = wish.budget;
    request.mayCache = wish.useCache;
    if (!request.parameters.temperature)
        request.parameters.temperature = 0;
    if (wish.endpoint.kind == llm::EndpointKind::Builtin) {
        request.quote = llm::QuoteWish{source.text, source.title, wish.targetWords(), markdownOf(source),
                                       wish.style == Style::Bullets};
    } else {
        request.messages = {{llm::Role::System, instructionFor(wish)}, {llm::Role::User, source.text}};
    }
    return request;
}

SourceSentence sentenceFrom(const llm::Quoted &quoted, const document::Document &source)
{
    SourceSentence sentence{source.path, quoted.start, quoted.end, quoted.text, {}};
    if (const document::Place *place = document::placeAt(source.places, quoted.start))
        sentence.place = document::citationLabel(*place);
    return sentence;
}

} // namespace

Result<void> checkWish(const SummaryWish &wish)
{
    if (wish.endpoint.kind != llm::EndpointKind::Builtin)
        return {};
    const auto needsModel = [](const QString &what) {
        return failure(
            ErrorKind::NeedsModel,
            tr("The built-in engine quotes key sentences; %1 needs a model. Connect one with: quintet endpoints "
               "add, or in the settings.")
                .arg(what));
    };
    if (!wish.instruction.isEmpty())
        return needsModel(tr("an instruction of your own"));
    if (wish.style == Style::Actions)
        return needsModel(tr("a list of actions"));
    if (!wish.language.isEmpty())
        return needsModel(tr("another language"));
    return {};
}

Task<Result<Summary>> Summarizer::summarize(document::Document source, SummaryWish wish, OnText onText,
                                            CancelToken token)
{
    if (auto checked = checkWish(wish); !checked)
        co_return std::unexpected(checked.error());
    if (source.text.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("There is no text to summarize."));
    const Result<llm::Endpoint> endpoint = co_await m_catalog.withModel(wish.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    wish.endpoint = *endpoint;
    const auto pass = [onText](const llm::Event &event) {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && onText)
            onText(delta->text);
    };
    const auto completion = co_await llm::collect(m_gateway.ask(wish.endpoint, requestFor(source, wish)), pass, token);
    if (!completion)
        co_return std::unexpected(completion.error());
    Summary summary{completion->text.trimmed(), {}, *completion};
    for (const llm::Quoted &quoted : completion->quotes)
        summary.sentences.push_back(sentenceFrom(quoted, source));
    if (summary.text.isEmpty())
        co_return failure(ErrorKind::Protocol, tr("The model answered with nothing. Try again, or use another model."));
    co_return summary;
}

} // namespace quintet::summarize
