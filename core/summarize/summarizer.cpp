// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/summarizer.h"

#include "summarize/prompt.h"
#include "summarize/split.h"
#include "text/tokenestimate.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

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
    request.pattern = wish.pattern;
    request.run = wish.run;
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

/// Passes waits on, and nothing else.
std::function<void(const llm::Event &)> waitsTo(const Watcher &watcher)
{
    return [onWaiting = watcher.onWaiting](const llm::Event &event) {
        if (const auto *waiting = std::get_if<llm::Waiting>(&event); waiting && onWaiting)
            onWaiting(*waiting);
    };
}

/// Passes the text of an answer on as it comes, and waits.
std::function<void(const llm::Event &)> textTo(const Watcher &watcher)
{
    return [onText = watcher.onText, waits = waitsTo(watcher)](const llm::Event &event) {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && onText)
            onText(delta->text);
        waits(event);
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

constexpr qint64 smallContext = 4'096; // tokens that any model in use reads: what fits here needs no asking
constexpr qint64 leastRoom = 256;      // tokens of text below which no sensible notes come of it

/// How much of a context is left for the text, beside instruction and answer, our estimate being off by a fifth.
qint64 roomIn(qint64 contextTokens, const SummaryWish &wish)
{
    const qint64 answer = 2 * wish.targetWords() + 300;
    return std::max<qint64>(contextTokens / 4, static_cast<qint64>(0.8 * static_cast<double>(contextTokens)) - answer);
}

Error tooLongFor(const SummaryWish &wish)
{
    return Error(
        ErrorKind::ContextTooLong,
        tr("The text does not fit %1, not even in parts. Use a model with a larger context.").arg(wish.endpoint.model));
}

/// Adds what one request took to what all before it took; a cost that is not known makes the sum unknown.
/// `wish` with what the requests so far left of its budget.
SummaryWish leftOf(SummaryWish wish, const llm::Completion &sum)
{
    wish.budget = wish.budget.after(sum.cost, sum.takenTokens());
    return wish;
}

} // namespace

bool isFatal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Quota:
    case ErrorKind::Network:
    case ErrorKind::Budget:
    case ErrorKind::Storage:
    case ErrorKind::Corrupt:
    case ErrorKind::Cancelled: return true;
    case ErrorKind::RateLimited:
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused:
    case ErrorKind::Timeout:
    case ErrorKind::BadInput:
    case ErrorKind::NeedsModel:
    case ErrorKind::Protocol:
    case ErrorKind::Unavailable: return false;
    }
    Q_UNREACHABLE();
}

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
    const bool isShort = text::estimateTokens(source.text) <= roomIn(smallContext, wish);
    const qint64 context = isShort ? smallContext : co_await m_catalog.contextTokens(wish.endpoint, token);
    llm::Completion sum;
    sum.cost = usage::Money();
    // A context that turns out to be smaller than it was said to be is learnt the hard way; what that took counts.
    for (qint64 room = roomIn(context, wish); room >= leastRoom; room /= 2) {
        auto summary = co_await writeInParts(source.text, room, wish, watcher, &sum, token);
        if (summary || summary.error().kind != ErrorKind::ContextTooLong)
            co_return summary;
    }
    co_return std::unexpected(tooLongFor(wish));
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

/// The summary of `text`, of which the model reads `room` tokens at once. While it is longer, notes of its parts stand
/// in for it. What it all takes is added to `sum`, which the caller keeps alive.
Task<Result<Summary>> Summarizer::writeInParts(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                               llm::Completion *sum, CancelToken token)
{
    const Result<QString> fitting = co_await shortened(text, room, wish, watcher, sum, token);
    if (!fitting)
        co_return std::unexpected(fitting.error());
    const auto last = co_await llm::collect(m_gateway.ask(wish.endpoint, summaryRequest(*fitting, leftOf(wish, *sum))),
                                            textTo(watcher), token);
    auto summary = summaryFrom(last);
    const bool isAllKept = summary && summary->completion.cached && sum->attempts == 0;
    if (summary && !isAllKept) {
        sum->addTaken(summary->completion);
        llm::Completion &whole = summary->completion;
        std::tie(whole.usage, whole.cost, whole.attempts, whole.totalTime) =
            std::tie(sum->usage, sum->cost, sum->attempts, sum->totalTime);
        whole.cached = false; // not all of it
    }
    co_return summary;
}

/// `text`, or notes of its parts, or notes of these, until they fit.
Task<Result<QString>> Summarizer::shortened(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                            llm::Completion *sum, CancelToken token)
{
    while (text::estimateTokens(text) > room) {
        const Result<QString> notes = co_await notesOf(text, room, wish, watcher, sum, token);
        if (!notes)
            co_return std::unexpected(notes.error());
        if (text::estimateTokens(*notes) >= text::estimateTokens(text))
            co_return std::unexpected(tooLongFor(wish));
        text = *notes;
    }
    co_return text;
}

Task<Result<Summary>> Summarizer::condense(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                           CancelToken token)
{
    const Result<llm::Endpoint> endpoint = co_await m_catalog.withModel(wish.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    wish.endpoint = *endpoint;
    llm::Completion sum;
    sum.cost = usage::Money();
    sum.model = endpoint->model;
    const Result<QString> notes = co_await shortened(text, room, wish, watcher, &sum, token);
    co_return notes.transform([&sum](const QString &fitting) { return Summary{fitting, {}, sum}; });
}

/// Notes of the parts of `text`, in their order. What they took is added to `sum`, which the caller keeps alive.
Task<Result<QString>> Summarizer::notesOf(QString text, qint64 room, SummaryWish wish, Watcher watcher,
                                          llm::Completion *sum, CancelToken token)
{
    const std::vector<text::Span> parts = splitByTokens(text, room);
    const int count = static_cast<int>(parts.size());
    CancelSource round;
    const std::stop_callback onCancel(token, [&round] { round.request_stop(); });
    const auto ask = [&](int i) {
        const QString part = parts[static_cast<size_t>(i)].of(text).toString();
        auto stream = m_gateway.ask(wish.endpoint, notesRequest(part, i + 1, count, leftOf(wish, *sum)));
        return llm::collect(std::move(stream), waitsTo(watcher), round.get_token());
    };
    // Begun together, as many as the endpoint bears; under a budget one after the other, so that each knows what is
    // left.
    std::vector<Task<Result<llm::Completion>>> begun;
    for (int i = 0; i < count && !wish.budget.isSet(); ++i)
        begun.push_back(ask(i));
    QStringList notes;
    std::optional<Error> failed;
    for (int i = 0; i < count && !(failed && wish.budget.isSet()); ++i) {
        if (watcher.onSection)
            watcher.onSection(i, count);
        if (wish.budget.isSet())
            begun.push_back(ask(i));
        const Result<llm::Completion> part = co_await begun[static_cast<size_t>(i)];
        if (part) {
            sum->addTaken(*part);
            notes << part->text.trimmed();
        } else if (!failed) {
            failed = part.error();
            round.request_stop(); // what a part was refused for, the others would be, too
        }
    }
    if (failed)
        co_return std::unexpected(*failed);
    if (watcher.onSection)
        watcher.onSection(count, count);
    co_return notes.join(QStringLiteral("\n\n"));
}

} // namespace quintet::summarize
