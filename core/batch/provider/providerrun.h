// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/provider/batchline.h"
#include "batch/provider/partstore.h"
#include "batch/provider/providerapi.h"
#include "batch/provider/requestwriter.h"
#include "usage/ledger.h"
#include "usage/prices.h"

namespace quintet::batch {

/// How answers that did not come through the gateway are paid for.
enum class Pricing { Batch, Free };

/// Records a result, and writes it to where it belongs.
using RecordResult = std::function<Task<Result<void>>(Item, ItemResult)>;

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
        usage::Ledger &ledger;
        const usage::Prices &prices;
        ItemStore &items;
        ItemReader &reader;
        const Answerer &answerer; ///< prepared
    };

    ProviderRun(const Parts &parts, const Run &run, RecordResult record, std::function<void()> onProgress);

    /// Until every part is back and nothing waits that the provider could still do. Fails with Cancelled as soon as
    /// `token` is cancelled: the provider goes on, and the run can be followed later.
    Task<Result<void>> work(CancelToken token);

    /// Whether parts of the run are with a provider.
    static bool isOpen(store::Database &database, const Run &run);

    /// Records one answer; also for answers that come from elsewhere. Those to items that have one already, or are none
    /// of the run's, are passed over.
    Task<Result<void>> take(BatchAnswer answer, Pricing pricing);

private:
    Task<Result<void>> submitWaiting(CancelToken token);
    Task<Result<void>> advance(Part part, CancelToken token);
    Task<Result<void>> begin(Part part, CancelToken token);
    Task<Result<void>> collect(Part part, BatchJob job, CancelToken token);
    Task<Result<qint64>> takeFile(QString fileId, CancelToken token);
    Result<std::vector<Part>> openParts() const;
    usage::UsageEvent eventFor(const Item &item, const ItemResult &result, const llm::Completion &completion) const;
    QString fileOf(const Part &part) const;

    Parts m_parts;
    Run m_run;
    RecordResult m_record;
    std::function<void()> m_onProgress;
    ProviderApi m_api;
    PartStore m_store;
    bool m_hasExpired = false; ///< something came back unasked
};

/// Asks the provider to stop all parts of a run. What it did until then is paid for.
Task<Result<void>> cancelParts(store::Database &database, net::HttpClient &client, llm::Catalog &catalog, Clock &clock,
                               llm::Endpoint endpoint, Run run);

} // namespace quintet::batch
