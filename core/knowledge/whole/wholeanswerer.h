// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answerer.h"
#include "knowledge/passagereader.h"
#include "knowledge/whole/passagenotes.h"
#include "knowledge/whole/wholeestimate.h"
#include "knowledge/whole/wholequestion.h"

namespace quintet::knowledge {

/// Who watches an answer about the whole being made; any may be empty. Called on the engine thread.
struct WholeWatcher {
    std::function<void(const WholeEstimate &)> onEstimate;     ///< before anything is asked
    std::function<void(qint64 done, qint64 count)> onProgress; ///< passages gone over
    AskWatcher answer;
};

/// Answers questions about all of some collections: goes over every passage, has notes made of them, a few requests at
/// once, and the answer written from the notes, with citations down to the passages; the built-in engine quotes the key
/// sentences of each document. Lives on the engine thread.
class WholeAnswerer final {
public:
    /// All outlive it.
    WholeAnswerer(PassageReader &passages, llm::Gateway &gateway, llm::Catalog &catalog, const usage::Prices &prices)
        : m_passages(passages),
          m_gateway(gateway),
          m_catalog(catalog),
          m_prices(prices)
    {
    }

    /// What ask() would take; asks no model. Errors as of reading.
    Task<Result<WholeEstimate>> estimate(AskWish wish, CancelToken token);

    /// Fails with Budget before anything is asked where the estimate passes the wish's budget, and on the way where
    /// what was asked together would. Else errors as of reading and of any request; with Cancelled soon after the
    /// token.
    Task<Result<Answer>> ask(AskWish wish, WholeWatcher watcher, CancelToken token);

private:
    struct Plan;

    Task<Result<std::shared_ptr<Plan>>> plan(AskWish wish, CancelToken token);
    Task<Result<Answer>> write(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token);
    Task<Result<void>> takeNotes(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token);
    Task<Result<void>> shorten(std::shared_ptr<Plan> plan, CancelToken token);
    Task<Result<llm::Completion>> say(std::shared_ptr<Plan> plan, llm::Request request, CancelToken token);
    Task<Result<Answer>> digest(std::shared_ptr<Plan> plan, WholeWatcher watcher, CancelToken token);

    PassageReader &m_passages;
    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
    const usage::Prices &m_prices;
};

} // namespace quintet::knowledge
