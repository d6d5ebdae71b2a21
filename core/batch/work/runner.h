// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/wake.h"
#include "batch/answer/itemreader.h"
#include "batch/provider/providerrun.h"
#include "batch/work/itemqueue.h"
#include "batch/work/patience.h"
#include "batch/work/preparation.h"
#include "batch/work/runoutput.h"
#include "store/lease.h"

#include <QTimer>

namespace quintet::batch {

/// What runs stand on. All outlive them.
struct BatchParts {
    store::Database &database;
    Clock &clock;
    llm::Gateway &gateway;
    llm::Catalog &catalog;
    document::Extractor &extractor;
    TextTask &texts;
    net::HttpClient &client; ///< for what does not go through the gateway: a provider's batches
    usage::Ledger &ledger;   ///< where that is written down
    const usage::Prices &prices;
    usage::Spending &spending; ///< the same for what is about to be spent
    /// The endpoint as it is set up today, for the one that a run was made with.
    std::function<Result<llm::Endpoint>(const llm::Endpoint &)> endpoint;
};

/// Works one run until nothing is left, the user pauses it, or something has to be mended first. An attempt is recorded
/// before it is sent, a result together with its state; at whatever moment the process ends, the next one to work the
/// run goes on from there, and only what was under way can be asked for again. One process works a run at a time.
/// Memory does not grow with the items. Lives on the engine thread.
class Runner final : public QObject {
    Q_OBJECT

public:
    Runner(const BatchParts &parts, const Run &run);

    /// What is done in place of asking for the items.
    struct OfflineJob {
        enum Kind { WriteRequests, ReadAnswers } kind = WriteRequests;
        QString path; ///< a JSONL file, as OpenAI's Batch API and vLLM's run-batch have it
    };
    void setOfflineJob(const OfflineJob &job) { m_offline = job; }

    /// Works. When `token` is cancelled, nothing more is begun, and what is under way has five seconds to end, since it
    /// is paid for. Gives the run as it is then, with the reason where it is not complete; fails only where nothing
    /// could be done with it: Unavailable if another process is at work on it, Storage, Corrupt. Of a run that was
    /// cancelled, it takes what a provider had done until then.
    Task<Result<Run>> work(CancelToken token);

    /// Items that are being asked for right now.
    qsizetype underWay() const { return m_queue.taken(); }

    /// Items that were answered since this began.
    qint64 answered() const { return m_answered; }

Q_SIGNALS:
    /// The run's items or state changed.
    void progressed();

private:
    Task<Result<void>> workHeld();
    Task<Result<void>> lookAhead();
    Task<Result<void>> begin();
    void makeProvider();
    Task<Result<void>> stopProvider(CancelToken token);
    Task<Result<void>> doOffline();
    Task<Result<void>> askLive();
    RunState stateAtEnd(const Run &run) const;
    Task<void> worker();
    Task<std::optional<Item>> nextItem();
    Task<void> workOn(Item item);
    Task<void> dispose(Item item, Error error, bool wasSent);
    Task<Result<void>> recordPatiently(Item item, ItemResult result);
    Task<void> conclude();
    Task<void> refreshOutput();
    void lookAround();
    void pause(const Error &reason);
    void stopClaiming();
    void endSoon();
    int workerCount() const;

    BatchParts m_parts;
    Run m_run;
    RunStore m_runs;
    ItemStore m_items;
    FileStore m_files;
    RunOutput m_output;
    ItemReader m_reader;
    Answerer m_answerer;
    ItemQueue m_queue;
    std::optional<AnswerRecorder> m_recorder;
    std::optional<ProviderRun> m_provider;
    std::optional<OfflineJob> m_offline;
    CancelSource m_soft; ///< begins nothing more
    CancelSource m_hard; ///< ends what is under way
    QTimer m_grace;
    QTimer m_watch;
    Wake m_wake; ///< something changed that workers without an item wait for
    std::optional<Error> m_reason;
    bool m_isListed = false;
    bool m_isStopping = false;
    bool m_isCancelled = false; ///< by somebody else, for good
    bool m_isLost = false;      ///< another process took the run over
    bool m_isRefreshing = false;
    Patience m_patience;
    std::chrono::nanoseconds m_busySince{0};
    std::chrono::nanoseconds m_refreshed{0};
    qint64 m_answered = 0; ///< since this began
    qint64 m_inOutput = 0; ///< of these, when the one file of all results was written last
};

} // namespace quintet::batch
