// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/summarizer.h"

#include "summarize/prompt.h"
#include "summarize/split.h"
#include "text/tokenestimate.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::summarize {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("summarize", text);
}

/// Plain text may be Markdown all the same: pasted, piped, or under another name.
std::optional<bool> markdownOf(const document::Document &source)
{
    if (source.format.isEmpty() || source.format == u"text")
        return std::nullopt;
    return source.format == u"markdown";
}

llm::Request quoteRequest(const document::Document &source, const SummaryWish &wish)
{
    llm::Request request;
    request.pattern = QStringLiteral("summarize");
    request.model = wish.endpoint.model;
    request.quote =
        llm::QuoteWish{source.text, source.title, wish.targetWords(), markdownOf(source), wish.style == Style::Bullets};
    return request;
}

SourceSentence sentenceFrom(const llm::Quoted &quoted, const document::Document &source)
{
    SourceSentence sentence{source.path, quoted.start, quoted.end, quoted.text, {}};
    if (const document::Place *place = document::placeAt(source.places, quoted.start))
        sentence.place = document::citationLabel(*place);
    return sentence;
}

/// Passes the text of an answer on as it comes.
std::function<void(const llm::Event &)> textTo(const Watcher &watcher)
{
    return [onText = watcher.onText](const llm::Event &event) {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && onText)
            onText(delta->text);
    };
}

Result<Summary> summaryFrom(const Result<llm::Completion> &completion)
{
    if (!completion)
        return std::unexpected(completion.error());
    if (completion->text.trimmed().isEmpty())
        return failure(ErrorKind::Protocol, tr("The model answered with nothing. Try again, or use another model."));
    return Summary{completion->text.trimmed(), {}, *completion};
}

/// How much of a context is left for the text, beside instruction and answer, our estimate being off by a fifth.
qint64 roomIn(qint64 contextTokens, const SummaryWish &wish)
{
    const qint64 answer = 2 * wish.targetWords() + 300;
    return std::max<qint64>(contextTokens / 4, static_cast<qint64>(0.8 * static_cast<double>(contextTokens)) - answer);
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

Task<Result<Summary>> Summarizer::summarize(document::Document source, SummaryWish wish, Watcher watcher,
                                            CancelToken token)
{
    if (auto checked = checkWish(wish); !checked)
        co_return std::unexpected(checked.error());
    if (source.text.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("There is no text to summarize."));
    if (wish.endpoint.kind == llm::EndpointKind::Builtin)
        co_return co_await quote(std::move(source), std::move(wish), std::move(watcher), token);
    const Result<llm::Endpoint> endpoint = co_await m_catalog.withModel(wish.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    wish.endpoint = *endpoint;
    qint64 room = roomIn(co_await m_catalog.contextTokens(wish.endpoint, token), wish);
    // A context that turns out to be smaller than it was said to be is learnt the hard way, three times at most.
    for (int attempt = 1;; ++attempt) {
        const Result<QString> text = co_await condensed(source.text, room, wish, watcher, token);
        if (!text && (text.error().kind != ErrorKind::ContextTooLong || attempt == 3))
            co_return std::unexpected(text.error());
        if (text) {
            auto summary = co_await write(*text, wish, watcher, token);
            if (summary || summary.error().kind != ErrorKind::ContextTooLong || attempt == 3)
                co_return summary;
        }
        room /= 2;
    }
}

Task<Result<Summary>> Summarizer::quote(document::Document source, SummaryWish wish, Watcher watcher, CancelToken token)
{
    auto stream = m_gateway.ask(wish.endpoint, quoteRequest(source, wish));
    auto summary = summaryFrom(co_await llm::collect(std::move(stream), textTo(watcher), token));
    if (summary) {
        for (const llm::Quoted &quoted : summary->completion.quotes)
            summary->sentences.push_back(sentenceFrom(quoted, source));
    }
    co_return summary;
}

Task<Result<Summary>> Summarizer::write(QString text, SummaryWish wish, Watcher watcher, CancelToken token)
{
    auto stream = m_gateway.ask(wish.endpoint, summaryRequest(text, wish));
    co_return summaryFrom(co_await llm::collect(std::move(stream), textTo(watcher), token));
}

/// `text` if it fits into `room` tokens; else notes of its parts, in their order, and notes of these if need be.
Task<Result<QString>> Summarizer::condensed(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                            CancelToken token)
{
    while (text::estimateTokens(text) > room) {
        const std::vector<text::Span> parts = splitByTokens(text, room);
        const int count = static_cast<int>(parts.size());
        // Begun together; the gateway lets as many run at once as the endpoint bears.
        std::vector<Task<Result<llm::Completion>>> begun;
        for (int i = 0; i < count; ++i) {
            const QString part = parts[static_cast<size_t>(i)].of(text).toString();
            begun.push_back(
                llm::collect(m_gateway.ask(wish.endpoint, notesRequest(part, i + 1, count, wish)), {}, token));
        }
        QStringList notes;
        std::optional<Error> failed;
        for (int i = 0; i < count; ++i) {
            if (watcher.onSection)
                watcher.onSection(i, count);
            const Result<llm::Completion> part = co_await begun[static_cast<size_t>(i)];
            if (part)
                notes << part->text.trimmed();
            else if (!failed)
                failed = part.error();
        }
        if (failed)
            co_return std::unexpected(*failed);
        const QString condensedText = notes.join(QStringLiteral("\n\n"));
        if (text::estimateTokens(condensedText) >= text::estimateTokens(text)) {
            co_return failure(ErrorKind::ContextTooLong,
                              tr("The text is too long for this model, whose notes are no shorter than "
                                 "the text. Use a model with a larger context."));
        }
        text = condensedText;
        if (watcher.onSection)
            watcher.onSection(count, count);
    }
    co_return text;
}

} // namespace quintet::summarize
