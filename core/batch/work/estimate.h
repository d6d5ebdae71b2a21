// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/work/runner.h"
#include "llm/gateway/responsecache.h"
#include "usage/prices.h"

namespace quintet::batch {

/// An item that cannot be read, and why.
struct Unreadable {
    QString name;
    QString reason;

    bool operator==(const Unreadable &) const = default;
};

/// What a run will take, as far as a look at some of its items tells.
struct Estimate {
    qint64 items = 0;
    bool isComplete = false; ///< every item was counted; else `items` is as many as were counted in time
    qint64 sampled = 0;      ///< items that were read to reckon by; all of them where there are few
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    qint64 cached = 0;                             ///< items that are answered already
    std::optional<usage::Money> cost;              ///< nothing where the price is not known
    std::optional<std::chrono::milliseconds> time; ///< nothing where nothing is known of the server's speed
    std::vector<Unreadable> unreadable;            ///< of those that were read
    QString model;
    QString firstPrompt; ///< as the first item that can be read will be sent

    bool operator==(const Estimate &) const = default;
};

/// Reckons what runs will take, before they start. Lives on the engine thread.
class Estimator final {
public:
    Estimator(const BatchParts &parts, const usage::Prices &prices, llm::ResponseCache &cache)
        : m_parts(parts),
          m_prices(prices),
          m_cache(cache)
    {
    }

    /// Lists the items and reads up to `samples` of them, spread evenly. Fails as the run itself would before it
    /// starts.
    Task<Result<Estimate>> estimate(RunSpec spec, int samples, CancelToken token);

private:
    struct Listed;
    Task<Result<Listed>> list(RunSpec spec, int samples, CancelToken token);
    Task<std::optional<std::chrono::milliseconds>> recentLatency(QString model);
    void reckon(Estimate &estimate, const RunSpec &spec, const llm::Endpoint &endpoint, qint64 readable) const;

    BatchParts m_parts;
    const usage::Prices &m_prices;
    llm::ResponseCache &m_cache;
};

} // namespace quintet::batch
