// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/whole/wholeanswerer.h"

#include "base/id.h"
#include "knowledge/answer/citations.h"
#include "knowledge/whole/digest.h"
#include "text/tokenestimate.h"
#include "usage/prices.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 leastRoom = 800;
constexpr qint64 mostRoom = 12'000; // tokens of passages in a request: of more, models overlook some
constexpr int mostDocuments = 200;  // in a digest

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

Result<void> withinBudget(const WholeEstimate &estimate, const usage::Limit &budget)
{
    const qint64 tokens = estimate.promptTokens + estimate.completionTokens;
    const bool passesMoney = budget.money && estimate.cost && *estimate.cost > *budget.money;
    if (!passesMoney && !(budget.tokens && tokens > *budget.tokens))
        return {};
    const auto count = [](qint64 number) { return QLocale().toString(number); };
    return failure(ErrorKind::Budget,
                   (passesMoney
                        ? tr("Going over all %1 passages would cost about %2, more than the budget of %3. Raise "
                             "it, or ask about fewer documents with file:NAME.")
                        : tr("Going over all %1 passages would take about %2 tokens, more than the budget of "
                             "%3. Raise it, or ask about fewer documents with file:NAME."))
                       .arg(count(estimate.passages), passesMoney ? display(*estimate.cost) : count(tokens),
                            passesMoney ? display(*budget.money) : count(*budget.tokens)));
}

/// Sentences that a digest quotes of each document.
int sentencesFor(qint64 documents)
{
    return documents <= 12 ? 3 : documents <= 60 ? 2 : 1;
}

} // namespace

/// What all steps of one answer share.
struct WholeAnswerer::Plan {
    AskWish wish;
    qint64 room = mostRoom;
    QString run = makeId();
    WholeEstimate estimate;
    QString notes;
    QHash<int, Hit> cited;
    llm::Completion sum;

    bool isBuiltin() const { return wish.endpoint.kind == llm::EndpointKind::Builtin; }
};

Task<Result<std::shared_ptr<WholeAnswerer::Plan>>> WholeAnswerer::plan(AskWish wish, CancelToken token)
{
    auto plan = std::make_shared<Plan>();
    plan->wish = std::move(wish);
    plan->sum.cost = usage::Money();
    if (!plan->isBuiltin()) {
        const auto endpoint = co_await m_catalog.withModel(plan->wish.endpoint, token);
        if (!endpoint)
            co_return std::unexpected(endpoint.error());
        plan->wish.endpoint = *endpoint;
        const qint64 context = co_await m_catalog.contextTokens(plan->wish.endpoint, token);
        plan->room = std::clamp(context / 2, leastRoom, mostRoom);
    }
    WholeReckoning reckoning(plan->room);
    QSet<QString> documents;
    for (const QString &collection : std::as_const(plan->wish.query.collections)) {
        for (qint64 after = 0;;) {
            if (token.stop_requested())
                co_return std::unexpected(cancelledError());
            const auto page = co_await m_passages.passagesBehind(collection, after, plan->wish.query.text);
            if (!page)
                co_return std::unexpected(page.error());
            for (const Hit &hit : page->passages) {
                documents.insert(hit.document);
                reckoning.addPassage(text::estimateTokens(hit.text));
            }
            if (after = page->last; after == 0)
                break;
        }
    }
    plan->estimate = reckoning.estimate();
    plan->estimate.documents = documents.size();
    if (plan->isBuiltin()) {
        plan->estimate.requests = plan->estimate.promptTokens = plan->estimate.completionTokens = 0;
        plan->estimate.time = {};
    }
    const auto price = m_prices.find(plan->wish.endpoint.model, QDate::currentDate(), plan->room);
    if (plan->isBuiltin() || llm::isLocal(plan->wish.endpoint))
        plan->estimate.cost = usage::Money();
    else if (price)
        plan->estimate.cost =
            price->costOf({.prompt = plan->estimate.promptTokens, .completion = plan->estimate.completionTokens});
    co_return Result<std::shared_ptr<Plan>>(plan);
}

Task<Result<WholeEstimate>> WholeAnswerer::estimate(AskWish wish, CancelToken token)
{
    const auto made = co_await plan(std::move(wish), token);
    if (!made)
        co_return std::unexpected(made.error());
    co_return Result<WholeEstimate>((*made)->estimate);
}

Task<Result<Answer>> WholeAnswerer::ask(AskWish wish, WholeWatcher watcher, CancelToken token)
{
    const auto made = co_await plan(std::move(wish), token);
    if (!made)
        co_return std::unexpected(made.error());
    const std::shared_ptr<Plan> plan = *made;
    if (watcher.onEstimate)
        watcher.onEstimate(plan->estimate);
    if (const auto refused = withinBudget(plan->estimate, plan->wish.budget); !refused)
        co_return std::unexpected(refused.error());
    if (plan->isBuiltin())
        co_return co_await digest(plan, std::move(watcher), token);
    if (const auto taken = co_await takeNotes(plan, watcher, token); !taken)
        co_return std::unexpected(taken.error());
    if (const auto shortened = co_await shorten(plan, token); !shortened)
        co_return std::unexpected(shortened.error());
    co_return co_await write(plan, std::move(watcher), token);
}

/// One request whose answer nobody watches; what it took is added up.
Task<Result<llm::Completion>> WholeAnswerer::say(std::shared_ptr<Plan> plan, llm::Request request, CancelToken token)
{
    auto completion = co_await llm::collect(m_gateway.ask(plan->wish.endpoint, request), {}, token);
    if (completion)
        plan->sum.addTaken(*completion);
    co_return completion;
}

/// Reads all passages, and has notes made of as many at a time as go into a request; a few requests at once.
Task<Result<void>> WholeAnswerer::takeNotes(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token)
{
    using Passages = std::vector<NumberedPassage>;
    std::vector<Passages> batches(1);
    qint64 tokens = 0;
    int number = 0;
    qint64 done = 0;
    const auto ask = [this, &done, plan, watcher, token](std::vector<Passages> wave) -> Task<Result<void>> {
        std::vector<Task<Result<llm::Completion>>> asked;
        for (const Passages &passages : wave)
            asked.push_back(say(plan, notesRequest(plan->wish, plan->run, passages), token));
        Result<void> result;
        for (size_t i = 0; i < wave.size(); ++i) {
            const auto said = co_await asked[i]; // all of them: they end before this does
            if (!said) {
                if (result)
                    result = std::unexpected(said.error());
                continue;
            }
            const PassageNotes notes = notesFrom(said->text, wave[i]);
            if (!notes.text.isEmpty())
                plan->notes += notes.text + u'\n';
            plan->cited.insert(notes.cited);
            done += qint64(wave[i].size());
            if (watcher.onProgress)
                watcher.onProgress(done, plan->estimate.passages);
        }
        co_return result;
    };
    for (const QString &collection : std::as_const(plan->wish.query.collections)) {
        for (qint64 after = 0;;) {
            const auto page = co_await m_passages.passagesBehind(collection, after, plan->wish.query.text);
            if (!page)
                co_return std::unexpected(page.error());
            for (const Hit &hit : page->passages) {
                const qint64 more = text::estimateTokens(hit.text) + tokensAroundPassage;
                if (!batches.back().empty() && tokens + more > plan->room) {
                    if (batches.size() == requestsAtOnce) {
                        if (const auto asked = co_await ask(std::exchange(batches, {})); !asked)
                            co_return asked;
                    }
                    batches.emplace_back();
                    tokens = 0;
                }
                batches.back().push_back({++number, hit});
                tokens += more;
            }
            if (after = page->last; after == 0)
                break;
        }
    }
    if (batches.back().empty())
        co_return Result<void>();
    co_return co_await ask(std::move(batches));
}

/// Notes of notes, until they go into one request.
Task<Result<void>> WholeAnswerer::shorten(std::shared_ptr<Plan> plan, CancelToken token)
{
    while (text::estimateTokens(plan->notes) > plan->room) {
        const QStringList parts = partsOf(plan->notes, plan->room);
        QStringList shorter;
        for (qsizetype from = 0; from < parts.size(); from += requestsAtOnce) {
            std::vector<Task<Result<llm::Completion>>> asked;
            for (const QString &part : parts.mid(from, requestsAtOnce))
                asked.push_back(say(plan, shorterRequest(plan->wish, plan->run, part), token));
            std::optional<Error> failed;
            for (auto &each : asked) {
                const auto said = co_await each;
                if (said)
                    shorter << said->text.trimmed();
                else if (!failed)
                    failed = said.error();
            }
            if (failed)
                co_return std::unexpected(*failed);
        }
        const QString notes = shorter.join(u'\n') + u'\n';
        if (text::estimateTokens(notes) >= text::estimateTokens(plan->notes))
            co_return failure(ErrorKind::ContextTooLong,
                              tr("The notes of all passages do not fit into what %1 reads at once. Choose a model that "
                                 "reads more, or ask about fewer documents with file:NAME.")
                                  .arg(plan->wish.endpoint.model));
        plan->notes = notes;
    }
    co_return Result<void>();
}

Task<Result<Answer>> WholeAnswerer::write(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token)
{
    Answer answer;
    answer.question = plan->wish.query.text;
    answer.passages = renumber(plan->notes, plan->cited);
    if (plan->notes.trimmed().isEmpty()) {
        answer.knowsNothing = true;
        answer.text = nothingFound();
        answer.completion = plan->sum;
        answer.completion.endpoint = plan->wish.endpoint.name;
        answer.completion.model = plan->wish.endpoint.model;
        if (watcher.answer.onText)
            watcher.answer.onText(answer.text);
        co_return answer;
    }
    if (watcher.answer.onPassages)
        watcher.answer.onPassages(answer.passages);
    const auto take = [watcher](const llm::Event &event) {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && watcher.answer.onText)
            watcher.answer.onText(delta->text);
        if (const auto *waiting = std::get_if<llm::Waiting>(&event); waiting && watcher.answer.onWaiting)
            watcher.answer.onWaiting(*waiting);
    };
    const auto said = co_await llm::collect(
        m_gateway.ask(plan->wish.endpoint, wholeRequest(plan->wish, plan->run, plan->notes)), take, token);
    if (!said)
        co_return std::unexpected(said.error());
    const bool isAllKept = said->cached && plan->sum.attempts == 0;
    plan->sum.addTaken(*said);
    answer.completion = *said;
    if (!isAllKept) {
        std::tie(answer.completion.usage, answer.completion.cost, answer.completion.totalTime) =
            std::tie(plan->sum.usage, plan->sum.cost, plan->sum.totalTime);
        answer.completion.cached = false;
    }
    answer.text = said->text.trimmed();
    checkCitations(answer);
    co_return answer;
}

/// Without a model: the key sentences of each document, or those that answer the question.
Task<Result<Answer>> WholeAnswerer::digest(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token)
{
    const WholeKind kind = wholeKindOf(plan->wish.query.text).value_or(WholeKind::Listing);
    Answer answer;
    answer.question = plan->wish.query.text;
    std::vector<Hit> document;
    qint64 done = 0;
    int documents = 0;
    const auto quote = [this, plan, kind, watcher, token, &answer,
                        &documents](std::vector<Hit> passages) -> Task<Result<void>> {
        if (passages.empty() || ++documents > mostDocuments)
            co_return Result<void>();
        const DigestPart part = digestPart(std::move(passages));
        const auto said =
            co_await say(plan, digestRequest(plan->wish, kind, part, sentencesFor(plan->estimate.documents)), token);
        if (!said)
            co_return std::unexpected(said.error());
        answer.completion = *said;
        if (const QString added = addToDigest(answer, kind, part, *said); !added.isEmpty() && watcher.answer.onText)
            watcher.answer.onText(added);
        co_return Result<void>();
    };
    for (const QString &collection : std::as_const(plan->wish.query.collections)) {
        for (qint64 after = 0;;) {
            if (token.stop_requested())
                co_return std::unexpected(cancelledError());
            const auto page = co_await m_passages.passagesBehind(collection, after, plan->wish.query.text);
            if (!page)
                co_return std::unexpected(page.error());
            for (const Hit &hit : page->passages) {
                if (!document.empty() && document.front().document != hit.document) {
                    if (const auto quoted = co_await quote(std::exchange(document, {})); !quoted)
                        co_return std::unexpected(quoted.error());
                }
                document.push_back(hit);
            }
            done += qint64(page->passages.size());
            if (watcher.onProgress)
                watcher.onProgress(done, plan->estimate.passages);
            if (after = page->last; after == 0)
                break;
        }
    }
    if (const auto quoted = co_await quote(std::exchange(document, {})); !quoted)
        co_return std::unexpected(quoted.error());
    answer.completion.usage = plan->sum.usage;
    answer.completion.cost = plan->sum.cost;
    answer.knowsNothing = answer.citations.empty();
    QString rest;
    if (answer.knowsNothing)
        rest = nothingFound();
    else if (documents > mostDocuments)
        rest = u'\n' + tr("And %1 more documents; ask about fewer with file:NAME.").arg(documents - mostDocuments);
    answer.text += rest;
    if (watcher.answer.onText && !rest.isEmpty())
        watcher.answer.onText(rest);
    co_return answer;
}

} // namespace quintet::knowledge
