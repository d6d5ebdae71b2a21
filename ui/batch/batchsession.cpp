// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchsession.h"

#include "batch/source/sourcereader.h"

#include <QFileInfo>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int sampledItems = 30; // read for an estimate
constexpr int triedItems = 3;
constexpr size_t mostSamples = 240; // of throughput, kept for the chart

} // namespace

BatchSession::BatchSession(BatchServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_progress([this](const std::vector<int> &) {
          if (!m_refresh.isActive())
              m_refresh.start();
      })
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(250ms);
    connect(&m_refresh, &QTimer::timeout, this, &BatchSession::refresh);
    m_watch.setInterval(2s);
    connect(&m_watch, &QTimer::timeout, this, &BatchSession::refresh);
    m_watch.start();
    m_estimateTimer.setSingleShot(true);
    m_estimateTimer.setInterval(400ms);
    connect(&m_estimateTimer, &QTimer::timeout, this, &BatchSession::beginEstimate);
    refreshEndpoints();
    refresh();
}

BatchSession::~BatchSession() = default;

const batch::Run *BatchSession::find(const QString &id) const
{
    const auto found = std::ranges::find_if(m_runs, [&id](const batch::Run &run) { return run.id.value == id; });
    return found == m_runs.end() ? nullptr : &*found;
}

void BatchSession::show(const QString &id)
{
    if (m_shown == id)
        return;
    m_shown = id;
    Q_EMIT shownChanged();
}

void BatchSession::setUp()
{
    show({});
    refreshEndpoints();
}

void BatchSession::refresh()
{
    if (m_isReading) { // what is being read may be older than what is asked for
        m_refresh.start();
        return;
    }
    m_isReading = true;
    m_reading = EngineCall<std::vector<batch::Run>>(
        m_services.engine, this, [parts = m_services.parts](CancelToken) { return readRuns(parts); },
        [this](Result<std::vector<batch::Run>> runs) {
            m_isReading = false;
            if (runs)
                takeRuns(std::move(*runs));
            else
                Q_EMIT failed(runs.error());
        });
}

void BatchSession::takeRuns(std::vector<batch::Run> runs)
{
    if (runs == m_runs)
        return;
    m_runs = std::move(runs);
    sample();
    Q_EMIT runsChanged();
}

/// Notes how far the runs are that are being worked on.
void BatchSession::sample()
{
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(m_services.parts.clock.monotonic());
    for (const batch::Run &run : m_runs) {
        if (run.state != batch::RunState::Processing)
            continue;
        auto &samples = m_samples[run.id.value];
        samples.push_back({now, run.done + run.failed});
        if (samples.size() <= mostSamples)
            continue;
        // Half as fine, so that the whole run stays in the picture.
        std::vector<ProgressSample> half;
        for (size_t i = 0; i < samples.size(); i += 2)
            half.push_back(samples[i]);
        samples = std::move(half);
    }
}

const std::vector<ProgressSample> &BatchSession::samples(const QString &id)
{
    return m_samples[id];
}

void BatchSession::work(const batch::Run &run)
{
    const QString id = run.id.value;
    if (isWorking(id))
        return;
    m_samples.erase(id);
    m_working[id] = RunCall(
        m_services.engine, this,
        [parts = m_services.parts, run, send = m_progress.sender()](CancelToken token) {
            return workRun(parts, run, [send](qsizetype) { send(0); }, token);
        },
        [this, id](Result<batch::Run> ended) { finishWork(id, std::move(ended)); });
    refresh();
    Q_EMIT runsChanged();
}

void BatchSession::finishWork(const QString &id, Result<batch::Run> run)
{
    m_working.erase(id);
    if (const auto known = std::ranges::find_if(m_runs, [&id](const batch::Run &each) { return each.id.value == id; });
        run && known != m_runs.end())
        *known = *run;
    m_isReading = false; // what is being read is older than what is known now
    refresh();
    Q_EMIT runsChanged();
    if (!run)
        Q_EMIT failed(run.error());
    else
        Q_EMIT ended(*run);
}

/// Has something done to a run, then shows it; `works`: and sets to work on it.
void BatchSession::act(std::function<Task<Result<batch::Run>>(CancelToken)> begin, bool works)
{
    m_acting = RunCall(m_services.engine, this, std::move(begin), [this, works](Result<batch::Run> run) {
        if (!run) {
            Q_EMIT failed(run.error());
            return;
        }
        if (works) {
            if (!find(run->id.value)) {
                m_runs.insert(m_runs.begin(), *run);
                m_ownEndpoint = false; // the choice was for this run
            }
            Q_EMIT runsChanged();
            show(run->id.value);
            work(*run);
        }
        refresh();
    });
}

void BatchSession::resume(const QString &id)
{
    if (const batch::Run *run = find(id))
        work(*run);
}

void BatchSession::resumeWithin(const QString &id, const usage::Limit &budget)
{
    if (const batch::Run *run = find(id))
        act([parts = m_services.parts, run = *run, budget](CancelToken) { return limitRun(parts, run, budget); }, true);
}

void BatchSession::pause(const QString &id)
{
    if (const auto call = m_working.find(id); call != m_working.end())
        call->second.cancel();
}

void BatchSession::cancel(const QString &id)
{
    const batch::Run *run = find(id);
    if (!run)
        return;
    // Whoever works it takes what a provider had done.
    const bool isWorked = run->state == batch::RunState::Processing || isWorking(id);
    act([parts = m_services.parts, run = *run](CancelToken) { return ui::cancelRun(parts, run); },
        run->spec.viaProvider && !isWorked);
}

void BatchSession::retry(const QString &id, const QString &errorKind)
{
    const batch::Run *run = find(id);
    if (!run)
        return;
    if (run->state == batch::RunState::Cancelled) {
        Q_EMIT failed(Error(ErrorKind::BadInput,
                            tr("A run that was cancelled is not worked again. Start a new one with its settings.")));
        return;
    }
    // One that is at work finds them in its queue.
    act([parts = m_services.parts, run = *run, errorKind](CancelToken) { return retryRun(parts, run, errorKind); },
        !isWorking(id));
}

void BatchSession::remove(const QString &id)
{
    const batch::Run *run = find(id);
    if (!run || isWorking(id))
        return;
    const batch::Run gone = *run;
    if (m_shown == id)
        setUp();
    act([parts = m_services.parts, gone](CancelToken) { return removeRun(parts, gone); }, false);
}

void BatchSession::exportRun(const QString &id, batch::OutputFormat format, const QString &path)
{
    const batch::Run *run = find(id);
    if (!run)
        return;
    m_exporting = EngineCall<QString>(
        m_services.engine, this,
        [parts = m_services.parts, run = *run, format, path](CancelToken token) {
            return exportTo(parts, run, format, path, token);
        },
        [this](Result<QString> written) {
            if (written)
                Q_EMIT exported(*written);
            else
                Q_EMIT failed(written.error());
        });
}

void BatchSession::setDraft(batch::RunSpec draft)
{
    if (draft == m_draft)
        return;
    if (draft.endpoint != m_draft.endpoint)
        m_ownEndpoint = draft.endpoint != defaultEndpoint(); // who picks the default goes with it
    m_draft = std::move(draft);
    m_isEstimating = !m_draft.source.paths.isEmpty() || !m_draft.source.run.isEmpty();
    m_estimate.reset();
    m_estimateTimer.start();
    Q_EMIT draftChanged();
    Q_EMIT estimateChanged();
}

void BatchSession::setSource(const QStringList &paths)
{
    setUp();
    batch::RunSpec draft = m_draft;
    draft.source = {};
    if (paths.size() == 1)
        draft.source.kind = batch::kindOfSource(paths.first());
    for (const QString &path : paths)
        draft.source.paths << QFileInfo(path).absoluteFilePath();
    setDraft(std::move(draft));
}

void BatchSession::setUpLike(const QString &id)
{
    const batch::Run *run = find(id);
    if (!run)
        return;
    batch::RunSpec draft = run->spec;
    draft.name.clear();
    setUp();
    setDraft(std::move(draft));
}

void BatchSession::beginEstimate()
{
    if (!m_isEstimating)
        return;
    m_estimating = EngineCall<batch::Estimate>(
        m_services.engine, this,
        [parts = m_services.parts, &prices = m_services.prices, &cache = m_services.cache,
         spec = m_draft](CancelToken token) -> Task<Result<batch::Estimate>> {
            batch::Estimator estimator(parts, prices, cache);
            co_return co_await estimator.estimate(spec, sampledItems, token);
        },
        [this](Result<batch::Estimate> estimate) {
            m_isEstimating = false;
            m_estimate = std::move(estimate);
            Q_EMIT estimateChanged();
        });
}

void BatchSession::start()
{
    act([parts = m_services.parts, spec = m_draft](CancelToken) { return createRun(parts, spec); }, true);
}

void BatchSession::tryItems()
{
    m_isTrying = true;
    Q_EMIT tryingChanged();
    m_trying = EngineCall<std::vector<batch::TriedItem>>(
        m_services.engine, this,
        [parts = m_services.parts, spec = m_draft](CancelToken token) {
            return batch::tryItems(parts, spec, triedItems, token);
        },
        [this](Result<std::vector<batch::TriedItem>> items) {
            m_isTrying = false;
            Q_EMIT tryingChanged();
            Q_EMIT tried(items);
        });
}

const llm::Endpoint &BatchSession::endpoint() const
{
    const batch::Run *run = shown();
    return run ? run->spec.endpoint : m_draft.endpoint;
}

llm::Endpoint BatchSession::endpointNamed(const QString &name) const
{
    return m_registry.resolve({.endpoint = name, .baseUrl = {}, .model = {}}, u"batch"_s)
        .value_or(llm::builtinEndpoint());
}

llm::Endpoint BatchSession::defaultEndpoint() const
{
    return m_registry.resolve({}, u"batch"_s).value_or(llm::builtinEndpoint());
}

void BatchSession::refreshEndpoints()
{
    if (m_ownEndpoint)
        return;
    batch::RunSpec draft = m_draft;
    draft.endpoint = defaultEndpoint();
    setDraft(std::move(draft));
}

} // namespace quintet::ui
