// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "base/paths.h"
#include "llm/server/endpointregistry.h"
#include "ui/batch/enginework.h"

#include <QTimer>

#include <map>

namespace quintet::ui {

/// What the Batch tab works with. The services live on the engine thread and outlive the session.
struct BatchServices {
    EngineThread &engine;
    batch::BatchParts parts;
    usage::Prices &prices;
    llm::ResponseCache &cache;
    Paths paths;
};

/// A moment in the progress of a run.
struct ProgressSample {
    std::chrono::milliseconds time{0}; ///< on a clock that never goes backwards
    qint64 ended = 0;                  ///< items done or failed
};

/// What the Batch tab knows and does: all runs, the one that is shown, and the one that is being set up. The only part
/// of the tab that talks to the engine. Lives on the GUI thread.
class BatchSession final : public QObject {
    Q_OBJECT

public:
    explicit BatchSession(BatchServices services, QObject *parent = nullptr);
    ~BatchSession() override;

    EngineThread &engine() const { return m_services.engine; }
    const batch::BatchParts &parts() const { return m_services.parts; }

    // runs
    const std::vector<batch::Run> &runs() const { return m_runs; } ///< the newest first
    const batch::Run *find(const QString &id) const;
    const batch::Run *shown() const { return find(m_shown); } ///< null while a run is set up
    void show(const QString &id);
    void refresh(); ///< reads all runs anew, also those of other processes

    bool isWorking(const QString &id) const { return m_working.contains(id); } ///< here
    int workingCount() const { return static_cast<int>(m_working.size()); }
    const std::vector<ProgressSample> &samples(const QString &id);

    void resume(const QString &id);
    void resumeWithin(const QString &id, const usage::Limit &budget); ///< from now on
    void pause(const QString &id);
    void cancel(const QString &id);
    void retry(const QString &id, const QString &errorKind = {});
    void remove(const QString &id);
    void exportRun(const QString &id, batch::OutputFormat format, const QString &path);

    // the set-up
    void setUp(); ///< shows the set-up instead of a run
    const batch::RunSpec &draft() const { return m_draft; }
    void setDraft(batch::RunSpec draft); ///< estimates anew a moment later
    void setSource(const QStringList &paths);
    void setUpLike(const QString &id); ///< the same again, to be changed
    const std::optional<Result<batch::Estimate>> &estimate() const { return m_estimate; }
    bool isEstimating() const { return m_isEstimating; }
    void start();
    void tryItems();
    bool isTrying() const { return m_isTrying; }
    const llm::Endpoint &endpoint() const;                  ///< of the shown run, else of the draft
    llm::Endpoint endpointNamed(const QString &name) const; ///< the default where there is none of that name
    void refreshEndpoints();                                ///< after the settings changed

Q_SIGNALS:
    void runsChanged();
    void shownChanged();
    void draftChanged();
    void estimateChanged();
    void tried(const quintet::Result<std::vector<quintet::batch::TriedItem>> &items);
    void tryingChanged();
    void exported(const QString &path);
    void failed(const quintet::Error &error);
    void ended(const quintet::batch::Run &run); ///< a run that was worked here

private:
    using RunCall = EngineCall<batch::Run>;

    void work(const batch::Run &run);
    void takeRuns(std::vector<batch::Run> runs);
    void finishWork(const QString &id, Result<batch::Run> run);
    void sample();
    void beginEstimate();
    llm::Endpoint defaultEndpoint() const;
    void act(std::function<Task<Result<batch::Run>>(CancelToken)> begin, bool works);

    BatchServices m_services;
    llm::EndpointRegistry m_registry;
    std::vector<batch::Run> m_runs;
    QString m_shown;
    batch::RunSpec m_draft;
    bool m_ownEndpoint = false; ///< the user chose another than the default for the draft
    std::optional<Result<batch::Estimate>> m_estimate;
    bool m_isEstimating = false;
    bool m_isTrying = false;
    bool m_isReading = false;
    std::map<QString, RunCall> m_working;
    std::map<QString, std::vector<ProgressSample>> m_samples;
    FrameGatherer<int> m_progress;
    QTimer m_refresh;       ///< a moment after something changed
    QTimer m_watch;         ///< what other processes do
    QTimer m_estimateTimer; ///< a moment after the draft changed
    RunCall m_acting;
    EngineCall<std::vector<batch::Run>> m_reading;
    EngineCall<batch::Estimate> m_estimating;
    EngineCall<std::vector<batch::TriedItem>> m_trying;
    EngineCall<QString> m_exporting;
};

} // namespace quintet::ui
