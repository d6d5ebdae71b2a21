// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/provider/answerrecorder.h"
#include "batch/provider/partstore.h"
#include "batch/provider/providerapi.h"
#include "batch/provider/requestwriter.h"
#include "llm/gateway/gateway.h"
#include "usage/prices.h"
#include "usage/spending.h"

namespace quintet::batch {

/// Hands a run to the provider in parts, follows these, and records what comes back, in whatever order. Each step is
/// recorded before and after, so that the run can be followed by another process at any moment; a job that may have
/// been begun is looked for before it is begun again. What expires is handed over once more, then left to be asked for
/// live. Lives on the engine thread.
class ProviderRun final {
public:
    struct Parts {
        store::Database &database;
        Clock &clock;
        net::HttpClient &client;
        llm::Catalog &catalog;
        const usage::Prices &prices;
        usage::Spending &spending;
        llm::Gateway &gateway;
        ItemStore &items;
        ItemReader &reader;
        const Answerer &answerer; ///< prepared
    };

    /// `recorder` outlives it.
    ProviderRun(const Parts &parts, const Run &run, AnswerRecorder &recorder, std::function<void()> onProgress);

    /// Until every part is back and nothing waits that the provider could still do. Fails with Cancelled as soon as
    /// `token` is cancelled: the provider goes on, and the run can be followed later. Fails with Budget before anything
    /// is handed over where all that waits would pass a budget.
    Task<Result<void>> work(CancelToken token);

    /// Has the provider stop, waits until it has, and takes what it did until then, which is paid for. The rest waits
    /// again. Fails with Cancelled as soon as `token` is cancelled: to be called again.
    Task<Result<void>> stop(CancelToken token);

    /// Whether parts of the run are with a provider.
    static bool isOpen(store::Database &database, const Run &run);

private:
    Task<Result<void>> submitWaiting(CancelToken token);
    Task<Result<void>> writeWaiting(CancelToken token);
    Task<Result<void>> setAside(Part part, qint64 promptTokens, qint64 answerTokens, CancelToken token);
    Task<Result<void>> withdrawUnsent();
    Task<Result<void>> follow(CancelToken token);
    Task<Result<void>> advance(Part part, CancelToken token);
    Task<Result<void>> handOver(Part part, CancelToken token);
    Task<Result<void>> begin(Part part, CancelToken token);
    Task<Result<void>> endOne(Part part, CancelToken token);
    Task<Result<void>> collect(Part part, BatchJob job, CancelToken token);
    Task<Result<void>> close(Part part);
    Task<Result<qint64>> takeFile(Part part, QString fileId, CancelToken token);
    Result<std::vector<Part>> openParts() const;
    QString fileOf(const Part &part) const;

    Parts m_parts;
    Run m_run;
    AnswerRecorder &m_recorder;
    std::function<void()> m_onProgress;
    ProviderApi m_api;
    PartStore m_store;
    bool m_hasExpired = false; ///< something came back unasked
    bool m_isStopping = false;
};

/// Asks the provider to stop all parts of a run, and does not wait until it has: see ProviderRun::stop().
Task<Result<void>> cancelParts(store::Database &database, net::HttpClient &client, llm::Catalog &catalog, Clock &clock,
                               llm::Endpoint endpoint, Run run);

} // namespace quintet::batch
