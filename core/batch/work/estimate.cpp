// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/estimate.h"

#include "base/onpool.h"
#include "batch/source/sourcereader.h"
#include "text/tokenestimate.h"
#include "usage/report/usagereportstore.h"

#include <algorithm>

namespace quintet::batch {

namespace {

constexpr int daysLookedBack = 30; // for how fast a model answers
constexpr int listedAtOnce = 2'000;
constexpr int usuallyAtOnce = 8; // requests that a server is given at a time, before it is known
constexpr size_t mostUnreadable = 100;

/// Keeps some of a sequence of unknown length, spread evenly: every one, then every second one, and so on.
class EvenSample final {
public:
    explicit EvenSample(int most) : m_most(static_cast<size_t>(std::max(1, most))) { }

    void offer(ItemSource item)
    {
        if (m_seen++ % m_step == 0)
            m_kept.emplace_back(m_seen, std::move(item));
        if (m_kept.size() <= 2 * m_most)
            return;
        std::vector<std::pair<qint64, ItemSource>> half;
        for (size_t i = 0; i < m_kept.size(); i += 2)
            half.push_back(std::move(m_kept[i]));
        m_kept = std::move(half);
        m_step *= 2;
    }

    qint64 seen() const { return m_seen; }

    std::vector<std::pair<qint64, ItemSource>> taken()
    {
        if (m_kept.size() <= m_most)
            return m_kept;
        std::vector<std::pair<qint64, ItemSource>> some;
        for (size_t i = 0; i < m_most; ++i)
            some.push_back(m_kept[i * m_kept.size() / m_most]);
        return some;
    }

private:
    size_t m_most;
    std::vector<std::pair<qint64, ItemSource>> m_kept; ///< with their numbers, counted from 1
    qint64 m_seen = 0;
    qint64 m_step = 1;
};

} // namespace

struct Estimator::Listed {
    qint64 count = 0;
    std::vector<std::pair<qint64, ItemSource>> sample;
};

Task<Result<Estimator::Listed>> Estimator::list(RunSpec spec, int samples, CancelToken token)
{
    EvenSample sample(samples);
    if (spec.source.kind == SourceKind::Run) {
        RunStore runs(m_parts.database, m_parts.clock);
        ItemStore items(m_parts.database, m_parts.clock);
        const auto former = runs.find(spec.source.run);
        if (!former)
            co_return std::unexpected(former.error());
        const auto read = items.forEach(*former, [&](const ItemRecord &record) -> Result<void> {
            if (!record.result.isEmpty())
                sample.offer({record.item.name, {}, record.result.size(), record.result});
            return token.stop_requested() ? Result<void>(std::unexpected(cancelledError())) : Result<void>();
        });
        if (!read)
            co_return std::unexpected(read.error());
        co_return Listed{sample.seen(), sample.taken()};
    }
    auto opened = openSource(spec.source);
    if (!opened)
        co_return std::unexpected(opened.error());
    const std::shared_ptr<SourceReader> reader = std::move(*opened);
    FileStore files(m_parts.database);
    for (;;) {
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        auto page = co_await onPool([reader] { return reader->next(listedAtOnce); });
        if (!page)
            co_return std::unexpected(page.error());
        if (page->empty())
            co_return Listed{sample.seen(), sample.taken()};
        for (ItemSource &item : *page) {
            if (item.path.isEmpty() || !files.wasWritten(item.path))
                sample.offer(std::move(item));
        }
    }
}

/// How long one answer of the model took of late, by the ledger; nothing where it was not asked.
Task<std::optional<std::chrono::milliseconds>> Estimator::recentLatency(QString model)
{
    const auto rows =
        co_await onPool([&database = m_parts.database, start = m_parts.clock.now().addDays(-daysLookedBack)] {
            return usage::UsageReportStore(database).rows(usage::SplitBy::Model, start);
        });
    if (!rows)
        co_return std::nullopt;
    const auto row = std::ranges::find(*rows, model, &usage::UsageRow::key);
    if (row == rows->end() || !row->total)
        co_return std::nullopt;
    co_return row->total->median;
}

Task<Result<Estimate>> Estimator::estimate(RunSpec spec, int samples, CancelToken token)
{
    const auto listed = co_await list(spec, samples, token);
    if (!listed)
        co_return std::unexpected(listed.error());
    Run run;
    run.spec = spec;
    Answerer answerer(m_parts.gateway, m_parts.catalog, m_parts.texts);
    if (auto prepared = co_await answerer.prepare(run, token); !prepared)
        co_return std::unexpected(prepared.error());
    const Asking &asking = answerer.asking();
    Estimate estimate{.items = listed->count,
                      .isComplete = true,
                      .sampled = qint64(listed->sample.size()),
                      .model = asking.endpoint.model};
    ItemStore items(m_parts.database, m_parts.clock);
    ItemReader itemReader(m_parts.extractor, items);
    qint64 readable = 0;
    const auto start = m_parts.clock.monotonic();
    for (const auto &[index, item] : listed->sample) {
        const auto material = co_await itemReader.read(item, spec.source.kind, index, token);
        if (!material && material.error().kind == ErrorKind::Cancelled)
            co_return std::unexpected(material.error());
        const auto request = material.and_then([&](const Material &read) { return answerer.request(read); });
        if (!request) {
            if (estimate.unreadable.size() < mostUnreadable)
                estimate.unreadable.push_back({item.name, request.error().message});
            continue;
        }
        ++readable;
        estimate.promptTokens += m_parts.gateway.estimatedTokens(asking.endpoint, *request);
        estimate.completionTokens += expectedAnswer(spec, text::estimateTokens(material->values.text));
        if (spec.useCache && m_cache.find(llm::cacheKey(asking.endpoint, *request)))
            ++estimate.cached;
        const bool isWhole = asking.endpoint.kind == llm::EndpointKind::Builtin && spec.task != TaskKind::Prompt;
        if (estimate.firstPrompt.isEmpty() && isWhole) {
            estimate.firstPrompt = material->values.text; // no prompt goes with it
        } else if (estimate.firstPrompt.isEmpty()) {
            for (const llm::Message &message : request->messages)
                estimate.firstPrompt +=
                    (estimate.firstPrompt.isEmpty() ? QString() : QStringLiteral("\n\n")) + message.text;
        }
    }
    const auto reading = std::chrono::duration_cast<std::chrono::milliseconds>(m_parts.clock.monotonic() - start);
    reckon(estimate, spec, asking.endpoint, readable);
    const qint64 asked = estimate.items - estimate.cached;
    const int atOnce = spec.jobs > 0 ? spec.jobs : usuallyAtOnce;
    if (asking.endpoint.kind == llm::EndpointKind::Builtin && readable > 0)
        estimate.time = reading * estimate.items / readable;
    else if (const auto latency = co_await recentLatency(asking.endpoint.model))
        estimate.time = *latency * asked / atOnce;
    co_return estimate;
}

/// From the items that were read to all of them.
void Estimator::reckon(Estimate &estimate, const RunSpec &spec, const llm::Endpoint &endpoint, qint64 readable) const
{
    if (estimate.sampled > 0) {
        const double share = static_cast<double>(estimate.items) / static_cast<double>(estimate.sampled);
        for (qint64 *figure : {&estimate.promptTokens, &estimate.completionTokens, &estimate.cached})
            *figure = qRound64(static_cast<double>(*figure) * share);
    }
    if (endpoint.kind == llm::EndpointKind::Builtin || llm::isLocal(endpoint)) {
        estimate.cost = usage::Money();
        return;
    }
    const qint64 perItem = readable > 0 ? estimate.promptTokens / std::max<qint64>(1, estimate.items) : 0;
    const auto price = m_prices.find(endpoint.model, m_parts.clock.now().date(), perItem);
    if (!price)
        return;
    const double asked =
        estimate.items > 0 ? static_cast<double>(estimate.items - estimate.cached) / static_cast<double>(estimate.items)
                           : 0;
    usage::TokenUsage tokens;
    tokens.prompt = qRound64(static_cast<double>(estimate.promptTokens) * asked);
    tokens.completion = qRound64(static_cast<double>(estimate.completionTokens) * asked);
    estimate.cost = (spec.viaProvider ? price->inBatch() : *price).costOf(tokens);
}

} // namespace quintet::batch
