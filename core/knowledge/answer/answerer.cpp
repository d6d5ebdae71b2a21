// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/answer/answerer.h"

#include "knowledge/answer/citations.h"
#include "knowledge/answer/prompt.h"
#include "text/codepoints.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr qsizetype longQuestion = 60; // characters: a longer one is understood without the one before it

bool isBuiltin(const AskWish &wish)
{
    return wish.endpoint.kind == llm::EndpointKind::Builtin;
}

std::function<void(const llm::Event &)> eventsTo(const AskWatcher &watcher)
{
    return [watcher](const llm::Event &event) {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && watcher.onText)
            watcher.onText(delta->text);
        if (const auto *waiting = std::get_if<llm::Waiting>(&event); waiting && watcher.onWaiting)
            watcher.onWaiting(*waiting);
    };
}

/// The quotes of the built-in engine as claims and citations: they are the passages' own words.
void takeQuotes(Answer &answer)
{
    qsizetype from = 0;
    for (const llm::Quoted &quoted : answer.completion.quotes) {
        const auto passage = size_t(std::max(0, quoted.passage));
        if (passage >= answer.passages.size())
            continue;
        const Hit &hit = answer.passages[passage];
        const text::CodePointMap map(hit.text);
        const qsizetype start = map.unit(quoted.start);
        answer.citations.push_back({.marker = quoted.passage + 1,
                                    .document = hit.document,
                                    .title = hit.title,
                                    .page = hit.page,
                                    .place = hit.place,
                                    .start = hit.start + quoted.start,
                                    .end = hit.start + quoted.end,
                                    .quote = hit.text.sliced(start, map.unit(quoted.end) - start),
                                    .isVerified = true});
        const qsizetype at = answer.text.indexOf(quoted.text, from);
        const QString marker = QStringLiteral(" [%1]").arg(quoted.passage + 1);
        if (at >= 0) {
            from = at + quoted.text.size() + marker.size();
            answer.claims.push_back({quoted.text + marker, at, from, {quoted.passage + 1}, true});
        }
    }
}

} // namespace

QString nothingFound()
{
    return QCoreApplication::translate("knowledge", "Nothing was found about this in your documents.");
}

/// The question as it is searched for. What asking a model for it took is added to `sum`.
Task<Result<QString>> Answerer::questionOf(AskWish wish, llm::Completion *sum, CancelToken token)
{
    if (wish.before.empty())
        co_return wish.query.text;
    if (isBuiltin(wish)) {
        const bool standsAlone = wish.query.text.size() > longQuestion;
        co_return standsAlone ? wish.query.text : wish.query.text + u' ' + wish.before.back().question;
    }
    const auto rewritten = co_await llm::collect(m_gateway.ask(wish.endpoint, rewriteRequest(wish)), {}, token);
    if (!rewritten)
        co_return std::unexpected(rewritten.error());
    sum->usage = rewritten->usage;
    sum->cost = rewritten->cost;
    const QString question = rewritten->text.trimmed();
    co_return question.isEmpty() ? wish.query.text : question;
}

Task<Result<Answer>> Answerer::ask(AskWish wish, AskWatcher watcher, CancelToken token)
{
    if (!isBuiltin(wish)) {
        const auto endpoint = co_await m_catalog.withModel(wish.endpoint, token);
        if (!endpoint)
            co_return std::unexpected(endpoint.error());
        wish.endpoint = *endpoint;
    }
    Answer answer;
    answer.completion.cost = usage::Money();
    const auto question = co_await questionOf(wish, &answer.completion, token);
    if (!question)
        co_return std::unexpected(question.error());
    answer.question = *question;
    Query query = wish.query;
    query.text = *question;
    if (!query.notes)
        query.notes = std::make_shared<QStringList>();
    auto hits = co_await m_retriever.search(query, token);
    if (!hits)
        co_return std::unexpected(hits.error());
    answer.notes = *query.notes;
    if (!isAbout(*hits)) {
        answer.knowsNothing = true;
        answer.text = nothingFound();
        answer.completion.endpoint = wish.endpoint.name;
        answer.completion.model = wish.endpoint.model;
        if (watcher.onText)
            watcher.onText(answer.text);
        co_return answer;
    }
    answer.passages = std::move(*hits);
    co_return co_await answerFrom(std::move(wish), std::move(answer), std::move(watcher), token);
}

Task<Result<Answer>> Answerer::answerFrom(AskWish wish, Answer answer, AskWatcher watcher, CancelToken token)
{
    if (!isBuiltin(wish)) {
        const qint64 context = co_await m_catalog.contextTokens(wish.endpoint, token);
        answer.passages = fitting(std::move(answer.passages), std::max<qint64>(context / 2, context - 2'500));
    }
    if (watcher.onPassages)
        watcher.onPassages(answer.passages);
    const llm::Request request = isBuiltin(wish) ? quoteRequest(wish, answer.question, answer.passages)
                                                 : answerRequest(wish, answer.question, answer.passages);
    const auto completion = co_await llm::collect(m_gateway.ask(wish.endpoint, request), eventsTo(watcher), token);
    if (!completion)
        co_return std::unexpected(completion.error());
    const llm::Completion before = std::exchange(answer.completion, *completion);
    answer.completion.usage.prompt += before.usage.prompt;
    answer.completion.usage.completion += before.usage.completion;
    if (before.cost && answer.completion.cost)
        answer.completion.cost->nanoDollars += before.cost->nanoDollars;
    answer.text = completion->text.trimmed();
    if (isBuiltin(wish)) {
        takeQuotes(answer);
        answer.knowsNothing = answer.citations.empty();
    } else {
        checkCitations(answer);
    }
    co_return answer;
}

} // namespace quintet::knowledge
