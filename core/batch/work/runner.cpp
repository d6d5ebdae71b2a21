// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/runner.h"

#include "base/onpool.h"
#include "batch/source/sourcereader.h"
#include "batch/work/disposition.h"
#include "batch/work/offline.h"

#include <qcorosignal.h>

namespace quintet::batch {

namespace {

using namespace std::chrono_literals;

constexpr auto graceTime = 5s;    // for what is under way when the run is paused
constexpr auto watchTime = 500ms; // between looks at what others did to the run
constexpr auto refreshTime = 10s;
constexpr int usualWorkers = 64;
constexpr int localWorkers = 16; // a server on this computer is given few at a time anyway
constexpr int builtinWorkers = 8;
constexpr int recordTries = 3;

} // namespace

Runner::Runner(const BatchParts &parts, const Run &run)
    : m_parts(parts),
      m_run(run),
      m_runs(parts.database, parts.clock),
      m_items(parts.database, parts.clock),
      m_files(parts.database),
      m_output(parts.database, parts.clock, m_items, run),
      m_reader(parts.extractor, m_items),
      m_answerer(parts.gateway, parts.catalog, parts.texts),
      m_queue(m_items, run)
{
    m_grace.setSingleShot(true);
    m_grace.setInterval(graceTime);
    connect(&m_grace, &QTimer::timeout, this, [this] { m_hard.request_stop(); });
    m_watch.setInterval(watchTime);
    connect(&m_watch, &QTimer::timeout, this, &Runner::lookAround);
}

Task<Result<Run>> Runner::work(CancelToken token)
{
    const auto isOurs = std::make_shared<bool>(false);
    const QString lease = leaseName(m_run.id);
    const auto taken = co_await valueOf(
        m_parts.database.writer().write([isOurs, lease, now = m_parts.clock.now()](store::Connection &connection) {
            return store::takeLease(connection, lease, store::thisProcess(), now).transform([&](bool held) {
                *isOurs = held;
            });
        }));
    if (!taken)
        co_return std::unexpected(taken.error());
    if (!*isOurs)
        co_return failure(
            ErrorKind::Unavailable,
            tr("Another Quintet is at work on this run. Its state: quintet batch show %1").arg(m_run.id.value));
    std::optional<store::LeaseKeeper> keeper;
    keeper.emplace(m_parts.database, m_parts.clock, lease);
    connect(&*keeper, &store::LeaseKeeper::lost, this, [this] {
        m_isLost = true; // whoever took over says from now on how the run stands
        m_hard.request_stop();
        stopClaiming();
    });
    const OnCancel onCancel(token, this, [this] { endSoon(); });
    if (const auto run = m_runs.find(m_run.id.value)) // as it is now that nobody else changes it
        m_run = *run;
    m_busySince = m_parts.clock.monotonic();
    m_isCancelled = m_run.state == RunState::Cancelled;
    Result<void> worked;
    if (!m_isCancelled)
        worked = co_await workHeld();
    m_watch.stop();
    if (m_isCancelled && !m_isLost)
        worked = co_await stopProvider(token);
    if (!worked && !m_reason)
        m_reason = worked.error();
    co_await conclude();
    m_runs.addBusyTime(m_run,
                       std::chrono::duration_cast<std::chrono::milliseconds>(m_parts.clock.monotonic() - m_busySince));
    keeper.reset();
    // The writer keeps the order: with this, the time and the lease are written, too.
    co_await valueOf(m_parts.database.writer().write([](store::Connection &) { return Result<void>(); }));
    Q_EMIT progressed();
    auto ended = m_runs.find(m_run.id.value);
    if (ended && m_reason && !m_isLost && !ended->isOver()) {
        ended->state = RunState::Paused; // also where a full disk keeps that from being written down
        ended->reason = m_reason;
    }
    co_return ended;
}

/// Finds the endpoint as it is today, and sees whether results can be written.
Task<Result<void>> Runner::lookAhead()
{
    const auto endpoint = m_parts.endpoint(m_run.spec.endpoint);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    m_run.spec.endpoint = *endpoint;
    co_return co_await m_output.check();
}

/// All that comes before the first item.
Task<Result<void>> Runner::begin()
{
    if (auto looked = co_await lookAhead(); !looked)
        co_return looked;
    if (m_run.state == RunState::Preparing) {
        Preparation preparation(m_runs, m_items, m_files);
        if (auto listed = co_await preparation.list(m_run, m_hard.get_token()); !listed)
            co_return listed;
    }
    m_isListed = true;
    if (auto prepared = co_await m_answerer.prepare(m_run, m_hard.get_token()); !prepared)
        co_return prepared;
    if (auto set = co_await m_runs.setState(m_run, RunState::Processing); !set)
        co_return set;
    if (auto recovered = co_await m_items.recover(m_run); !recovered)
        co_return recovered;
    co_return co_await m_output.catchUp(m_hard.get_token());
}

Task<Result<void>> Runner::workHeld()
{
    if (auto begun = co_await begin(); !begun)
        co_return begun;
    m_watch.start();
    Q_EMIT progressed();
    makeProvider();
    if (m_offline)
        co_return co_await doOffline();
    if (m_run.spec.viaProvider) {
        const auto followed = co_await m_provider->work(m_soft.get_token());
        if (!followed)
            co_return followed.error().kind == ErrorKind::Cancelled ? Result<void>() : followed;
    }
    co_return co_await askLive();
}

void Runner::makeProvider()
{
    m_recorder.emplace(AnswerRecorder::Parts{m_parts.clock, m_parts.ledger, m_parts.prices, m_items, m_answerer}, m_run,
                       [this](Item item, ItemResult result) { return recordPatiently(item, result); });
    m_provider.emplace(ProviderRun::Parts{m_parts.database, m_parts.clock, m_parts.client, m_parts.catalog,
                                          m_parts.prices, m_parts.spending, m_parts.gateway, m_items, m_reader,
                                          m_answerer},
                       m_run, *m_recorder, [this] { Q_EMIT progressed(); });
}

/// What a provider did before the run was cancelled is paid for, and taken.
Task<Result<void>> Runner::stopProvider(CancelToken token)
{
    if (!ProviderRun::isOpen(m_parts.database, m_run))
        co_return Result<void>();
    if (!m_provider) {
        if (auto looked = co_await lookAhead(); !looked)
            co_return looked;
        if (auto prepared = co_await m_answerer.prepare(m_run, token); !prepared)
            co_return prepared;
        makeProvider();
    }
    const auto stopped = co_await m_provider->stop(token);
    if (!stopped && stopped.error().kind == ErrorKind::Cancelled) // the next one who works it goes on
        co_return Result<void>();
    co_return stopped;
}

Task<Result<void>> Runner::doOffline()
{
    if (m_offline->kind == OfflineJob::ReadAnswers)
        co_return co_await readAnswers(*m_recorder, m_offline->path, m_hard.get_token());
    RequestWriter writer(m_items, m_reader, m_answerer, m_run);
    co_return co_await writeRequests(writer, m_offline->path, m_hard.get_token());
}

Task<Result<void>> Runner::askLive()
{
    std::vector<Task<void>> workers;
    for (int i = 0; i < workerCount(); ++i)
        workers.push_back(worker());
    for (Task<void> &each : workers)
        co_await each;
    co_return Result<void>();
}

int Runner::workerCount() const
{
    const llm::Endpoint &endpoint = m_run.spec.endpoint;
    if (m_run.spec.jobs > 0)
        return m_run.spec.jobs;
    if (endpoint.kind == llm::EndpointKind::Builtin)
        return builtinWorkers;
    if (endpoint.rates.atOnce > 0)
        return endpoint.rates.atOnce + endpoint.rates.atOnce / 4 + 1; // some read or write while others are asked
    return llm::isLocal(endpoint) ? localWorkers : usualWorkers;
}

Task<void> Runner::worker()
{
    while (const std::optional<Item> item = co_await nextItem()) {
        co_await workOn(*item);
        m_queue.release(item->id);
        m_wake.wakeLater();
        Q_EMIT progressed();
    }
}

/// The next item to work on; nothing once there will be none any more.
Task<std::optional<Item>> Runner::nextItem()
{
    while (!m_isStopping) {
        if (const auto wait = m_patience.notBefore() - m_parts.clock.monotonic(); wait > 0ns) {
            co_await m_parts.clock.sleep(std::chrono::duration_cast<std::chrono::milliseconds>(wait) + 1ms,
                                         m_hard.get_token());
            continue;
        }
        auto item = m_queue.take();
        if (!item) {
            pause(item.error());
            break;
        }
        if (*item)
            co_return *item;
        if (m_queue.taken() == 0)
            break;
        // Another worker may put its item back.
        co_await qCoro(&m_wake, &Wake::woken);
    }
    m_wake.wakeLater(); // the others look, too
    co_return std::nullopt;
}

Task<void> Runner::workOn(Item item)
{
    auto material = co_await m_reader.read(item, m_run.spec.source.kind, m_hard.get_token());
    if (!material) {
        co_await dispose(item, material.error(), false);
        co_return;
    }
    auto begun = co_await m_items.begin(item.id);
    if (begun && material->hasChanged)
        begun = co_await m_items.markChanged(item.id);
    if (!begun) {
        pause(begun.error());
        co_return;
    }
    ++item.attempts;
    if (m_isStopping) { // while it was written down; nothing was sent
        co_await m_items.putBack(item.id, cancelledError(), false);
        co_return;
    }
    Q_EMIT progressed();
    auto result = co_await m_answerer.answer(std::move(*material), m_hard.get_token());
    if (!result) {
        co_await dispose(item, result.error(), true);
        co_return;
    }
    m_patience.answered();
    ++m_answered;
    if (auto recorded = co_await recordPatiently(item, std::move(*result)); !recorded)
        pause(recorded.error());
}

/// A result was paid for: a disk that is full for a moment must not lose it.
Task<Result<void>> Runner::recordPatiently(Item item, ItemResult result)
{
    Result<void> recorded;
    for (int i = 0; i < recordTries; ++i) {
        recorded = co_await m_output.record(item, result);
        if (recorded || recorded.error().kind != ErrorKind::Storage)
            break;
        const auto now = m_items.find(item.id);
        if (now && now->state == ItemState::Answered)
            break; // it is recorded; only its file is missing
        co_await m_parts.clock.sleep(1s, m_hard.get_token());
    }
    co_return recorded;
}

Task<void> Runner::dispose(Item item, Error error, bool wasSent)
{
    const bool isCancelled = error.kind == ErrorKind::Cancelled;
    if (!wasSent && isCancelled)
        co_return; // it still stands in the queue
    Disposition disposition = dispositionOf(error, item.attempts);
    if (const QString gone =
            wasSent || error.kind != ErrorKind::BadInput ? QString() : goneSource(m_run.spec.source, item.path);
        !gone.isEmpty()) {
        disposition = Disposition::Pause;
        error = Error(ErrorKind::BadInput, tr("%1 is not there any more.").arg(gone));
    }
    if (wasSent && disposition == Disposition::Again && !isCancelled) {
        if (m_patience.failed(error, m_parts.clock.monotonic()))
            disposition = Disposition::Pause;
    }
    if (disposition == Disposition::Pause)
        pause(error);
    if (!wasSent && disposition == Disposition::Pause)
        co_return; // it still stands in the queue
    if (!wasSent)
        disposition = Disposition::Fail; // what cannot be read now cannot be read a moment later
    const bool mayBePaid = isCancelled || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Network;
    const auto done = disposition == Disposition::Fail ? co_await m_items.fail(item.id, error)
                                                       : co_await m_items.putBack(item.id, error, mayBePaid);
    if (!done)
        pause(done.error());
}

void Runner::pause(const Error &reason)
{
    if (!m_reason)
        m_reason = reason;
    if (reason.kind == ErrorKind::Budget)
        stopClaiming(); // what is under way was let through, and is paid for
    else
        endSoon();
}

/// Gives what is under way a moment to end.
void Runner::endSoon()
{
    stopClaiming();
    if (!m_grace.isActive())
        m_grace.start();
}

void Runner::stopClaiming()
{
    if (m_isStopping)
        return;
    m_isStopping = true;
    m_soft.request_stop();
    m_wake.wakeLater();
}

/// Sees whether the run was paused or cancelled elsewhere, and brings the one file of all results up to date.
void Runner::lookAround()
{
    const auto run = m_runs.find(m_run.id.value);
    if (!run)
        return;
    if (run->state == RunState::Cancelled) {
        m_isCancelled = true;
        m_hard.request_stop();
    }
    if (run->state != RunState::Processing)
        endSoon();
    const auto now = m_parts.clock.monotonic();
    // Each time half as much again, so that what is written in all stays in proportion to the results.
    if (!m_isRefreshing && now - m_refreshed > refreshTime && m_answered > m_inOutput + m_inOutput / 2)
        refreshOutput();
}

Task<void> Runner::refreshOutput()
{
    m_isRefreshing = true;
    m_inOutput = m_answered;
    if (const auto written = co_await m_output.writeWhole(m_hard.get_token()); !written && !m_isStopping)
        pause(written.error());
    m_refreshed = m_parts.clock.monotonic();
    m_isRefreshing = false;
    m_wake.wakeLater();
}

RunState Runner::stateAtEnd(const Run &run) const
{
    if (!m_isListed)
        return RunState::Preparing; // resuming begins there
    if (m_reason || run.queued > 0)
        return RunState::Paused;
    if (ProviderRun::isOpen(m_parts.database, run))
        return RunState::Submitted;
    if (run.running > 0)
        return RunState::Paused;
    return run.done == 0 ? RunState::Failed : RunState::Complete;
}

/// Writes down how the run stands now that nobody is at work on it, and the files that say so.
Task<void> Runner::conclude()
{
    while (m_isRefreshing)
        co_await qCoro(&m_wake, &Wake::woken);
    if (m_isLost)
        co_return;
    const auto run = m_runs.find(m_run.id.value);
    if (!run)
        co_return;
    if (run->done > 0) {
        if (const auto written = co_await m_output.writeWhole({}); !written && !m_reason)
            m_reason = written.error();
    }
    const RunState state = m_isCancelled || run->state == RunState::Cancelled ? RunState::Cancelled : stateAtEnd(*run);
    if (const auto set = co_await m_runs.setState(m_run, state, m_reason); !set)
        co_return;
    if (const auto written = co_await m_output.writeReport(); !written && state == RunState::Complete)
        co_await m_runs.setState(m_run, RunState::Paused, written.error());
}

} // namespace quintet::batch
