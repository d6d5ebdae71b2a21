// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/embedder.h"

#include "llm/gateway/errand.h"
#include "text/tokenestimate.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace quintet::llm {

namespace {

// OpenAI takes 2,048 texts and 300,000 tokens; the estimate may be a fifth short.
constexpr qsizetype mostTexts = 2048;
constexpr qint64 mostTokens = 240'000;
constexpr qsizetype shortestHalved = 64; // characters; a server that refuses less refuses all

usage::UsageEvent eventOf(const auto &request)
{
    usage::UsageEvent event;
    event.pattern = request.pattern;
    event.model = request.model;
    event.run = request.run;
    return event;
}

qint64 tokensOf(const QStringList &texts)
{
    qint64 tokens = 0;
    for (const QString &text : texts)
        tokens += text::estimateTokens(text);
    return tokens;
}

/// The places of the texts that are still to be embedded, in loads that a server takes.
std::vector<std::vector<size_t>> loadsOf(const QStringList &texts, const std::vector<std::vector<float>> &vectors)
{
    std::vector<std::vector<size_t>> loads;
    qint64 tokens = 0;
    for (size_t i = 0; i < vectors.size(); ++i) {
        if (!vectors[i].empty())
            continue;
        const qint64 size = text::estimateTokens(texts[static_cast<qsizetype>(i)]);
        if (loads.empty() || static_cast<qsizetype>(loads.back().size()) == mostTexts || tokens + size > mostTokens) {
            loads.emplace_back();
            tokens = 0;
        }
        loads.back().push_back(i);
        tokens += size;
    }
    return loads;
}

Task<Result<Embeddings>> embedLoad(GatewayParts parts, Limiter &limiter, Endpoint endpoint, EmbeddingRequest request,
                                   std::shared_ptr<Backend> backend, CancelToken token)
{
    Errand errand(parts, limiter, endpoint, eventOf(request), request.runBudget, tokensOf(request.texts));
    Embeddings embeddings;
    const auto once = [&]() -> Task<Result<void>> {
        auto answer = co_await backend->embed(request, errand.watch(backend->account()), token);
        if (!answer)
            co_return std::unexpected(answer.error());
        embeddings = std::move(*answer);
        co_return Result<void>();
    };
    const Result<void> outcome = co_await errand.run(once, backend->account(), token);
    errand.writeDown(outcome, embeddings.usage);
    if (!outcome)
        co_return std::unexpected(outcome.error());
    co_return embeddings;
}

/// Where a text falls into halves: at the space nearest before its middle, if one is near.
qsizetype middleOf(QStringView text)
{
    const qsizetype middle = text.size() / 2;
    const qsizetype space = text.first(middle).lastIndexOf(u' ');
    if (space > text.size() / 4)
        return space;
    return text[middle].isLowSurrogate() ? middle - 1 : middle;
}

/// What stands before `text` for its model's sake, or nothing.
QString prefixOf(const QString &text, const Endpoint &endpoint)
{
    if (text.startsWith(endpoint.documentPrefix) && !endpoint.documentPrefix.isEmpty())
        return endpoint.documentPrefix;
    return text.startsWith(endpoint.queryPrefix) ? endpoint.queryPrefix : QString();
}

/// The mean of two vectors by how long their texts are, as a unit vector.
std::vector<float> meanOf(const std::vector<float> &one, float weight, const std::vector<float> &other)
{
    std::vector<float> mean(one.size());
    float square = 0;
    for (size_t i = 0; i < one.size() && i < other.size(); ++i) {
        mean[i] = one[i] * weight + other[i] * (1 - weight);
        square += mean[i] * mean[i];
    }
    for (float &value : mean)
        value /= square > 0 ? std::sqrt(square) : 1;
    return mean;
}

/// Embeds a load whatever its length: where the server says that it is too much, in halves. A single text that is too
/// long has the mean of its halves (https://github.com/openai/openai-cookbook, "Embedding texts that are longer than
/// the model's maximum context length").
Task<Result<Embeddings>> embedInHalves(GatewayParts parts, Limiter &limiter, Endpoint endpoint,
                                       EmbeddingRequest request, std::shared_ptr<Backend> backend, CancelToken token)
{
    auto whole = co_await embedLoad(parts, limiter, endpoint, request, backend, token);
    if (whole || whole.error().kind != ErrorKind::ContextTooLong)
        co_return whole;
    EmbeddingRequest first = request;
    EmbeddingRequest second = request;
    const bool isSingle = request.texts.size() == 1;
    float weight = 0; // of the first half of a single text
    if (isSingle) {
        // What the model wants before a text, it wants before both halves.
        const QString prefix = prefixOf(request.texts.first(), endpoint);
        const QString body = request.texts.first().sliced(prefix.size());
        if (body.size() < shortestHalved)
            co_return whole;
        const qsizetype middle = middleOf(body);
        first.texts = {prefix + body.first(middle)};
        second.texts = {prefix + body.sliced(middle)};
        weight = static_cast<float>(middle) / static_cast<float>(body.size());
    } else {
        first.texts = request.texts.first(request.texts.size() / 2);
        second.texts = request.texts.sliced(request.texts.size() / 2);
    }
    auto embedded = co_await embedInHalves(parts, limiter, endpoint, first, backend, token);
    if (!embedded)
        co_return embedded;
    const auto rest = co_await embedInHalves(parts, limiter, endpoint, second, backend, token);
    if (!rest)
        co_return std::unexpected(rest.error());
    embedded->usage.prompt += rest->usage.prompt;
    if (isSingle) {
        embedded->vectors.front() = meanOf(embedded->vectors.front(), weight, rest->vectors.front());
    } else {
        embedded->vectors.insert(embedded->vectors.end(), rest->vectors.begin(), rest->vectors.end());
    }
    co_return embedded;
}

void recordCached(const GatewayParts &parts, const Endpoint &endpoint, const EmbeddingRequest &request, qint64 tokens)
{
    usage::UsageEvent event = eventOf(request);
    event.time = parts.clock.now();
    event.endpoint = endpoint.name;
    event.tokens = {.prompt = tokens, .estimated = true};
    event.cached = true;
    event.cost = usage::Money();
    if (const auto price = parts.prices.find(request.model, event.time.date(), tokens); price && !isLocal(endpoint))
        event.saved = price->costOf(event.tokens);
    event.outcome = QStringLiteral("done");
    parts.ledger.record(event);
}

/// Fills in what the cache has of the vectors that are still empty, and gives the keys of those that it has not.
std::vector<QByteArray> takeKept(const GatewayParts &parts, const Endpoint &endpoint, const EmbeddingRequest &request,
                                 const std::vector<QByteArray> &keys, std::vector<std::vector<float>> &vectors)
{
    std::vector<QByteArray> wanted;
    for (size_t i = 0; i < keys.size(); ++i) {
        if (vectors[i].empty())
            wanted.push_back(keys[i]);
    }
    const auto kept = wanted.empty() ? QHash<QByteArray, std::vector<float>>() : parts.cache.findVectors(wanted);
    QStringList known;
    for (size_t i = 0; i < keys.size(); ++i) {
        if (const auto vector = kept.constFind(keys[i]); vector != kept.cend() && vectors[i].empty()) {
            vectors[i] = *vector;
            known << request.texts[static_cast<qsizetype>(i)];
        }
    }
    if (!known.isEmpty())
        recordCached(parts, endpoint, request, tokensOf(known));
    std::erase_if(wanted, [&kept](const QByteArray &key) { return kept.contains(key); });
    return wanted;
}

} // namespace

Task<Result<Embeddings>> embedAll(GatewayParts parts, Limiter &limiter, std::shared_ptr<VectorsUnderWay> underWay,
                                  Endpoint endpoint, EmbeddingRequest request, CancelToken token)
{
    if (std::ranges::any_of(request.texts, [](const QString &text) { return text.isEmpty(); }))
        co_return failure(ErrorKind::BadInput,
                          QCoreApplication::translate("llm", "An empty text has no meaning to be embedded."));
    Embeddings all{.vectors = std::vector<std::vector<float>>(static_cast<size_t>(request.texts.size())),
                   .model = request.model,
                   .usage = {}};
    std::vector<QByteArray> keys;
    for (qsizetype i = 0; i < request.texts.size() && request.mayCache; ++i)
        keys.push_back(cacheKey(endpoint, request, request.texts[i]));
    std::vector<QByteArray> wanted = takeKept(parts, endpoint, request, keys, all.vectors);
    while (underWay->holdsAny(wanted) && !token.stop_requested()) {
        co_await VectorsUnderWay::wait(underWay, wanted, token);
        if (parts.life.expired())
            co_return std::unexpected(cancelledError());
        wanted = takeKept(parts, endpoint, request, keys, all.vectors);
    }
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    const VectorsUnderWay::Mark mark(underWay, wanted);
    const auto loads = loadsOf(request.texts, all.vectors);
    if (loads.empty())
        co_return all;
    const auto backend = co_await parts.backends(endpoint);
    if (parts.life.expired() || token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (!backend)
        co_return std::unexpected(backend.error());
    for (const std::vector<size_t> &load : loads) {
        EmbeddingRequest part = request;
        part.texts.clear();
        for (const size_t place : load)
            part.texts << request.texts[static_cast<qsizetype>(place)];
        const auto embedded = co_await embedInHalves(parts, limiter, endpoint, part, *backend, token);
        if (!embedded)
            co_return std::unexpected(embedded.error());
        std::vector<std::pair<QByteArray, std::vector<float>>> fresh;
        for (size_t i = 0; i < load.size(); ++i) {
            all.vectors[load[i]] = embedded->vectors[i];
            if (request.mayCache)
                fresh.emplace_back(keys[load[i]], embedded->vectors[i]);
        }
        if (!fresh.empty())
            parts.cache.putVectors(fresh);
        all.model = embedded->model.isEmpty() ? request.model : embedded->model;
        all.usage.prompt += embedded->usage.prompt;
    }
    const bool isEven = std::ranges::all_of(
        all.vectors, [&](const std::vector<float> &vector) { return vector.size() == all.vectors.front().size(); });
    if (!isEven)
        co_return failure(ErrorKind::Protocol, QCoreApplication::translate(
                                                   "llm", "%1 sent vectors of different lengths. Clear the cache, or "
                                                          "check which model answers there.")
                                                   .arg(endpoint.name));
    co_return all;
}

Task<Result<Ranking>> rerankOnce(GatewayParts parts, Limiter &limiter, Endpoint endpoint, RerankRequest request,
                                 CancelToken token)
{
    const auto backend = co_await parts.backends(endpoint);
    if (parts.life.expired() || token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (!backend)
        co_return std::unexpected(backend.error());
    Errand errand(parts, limiter, endpoint, eventOf(request), request.runBudget,
                  tokensOf(request.texts) + text::estimateTokens(request.query));
    Ranking ranking;
    const auto once = [&]() -> Task<Result<void>> {
        auto answer = co_await (*backend)->rerank(request, errand.watch((*backend)->account()), token);
        if (!answer)
            co_return std::unexpected(answer.error());
        ranking = std::move(*answer);
        co_return Result<void>();
    };
    const Result<void> outcome = co_await errand.run(once, (*backend)->account(), token);
    errand.writeDown(outcome, ranking.usage);
    if (!outcome)
        co_return std::unexpected(outcome.error());
    co_return ranking;
}

} // namespace quintet::llm
