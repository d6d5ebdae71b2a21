// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "base/paths.h"
#include "llm/server/endpointregistry.h"
#include "ui/agent/enginework.h"
#include "ui/agent/serverconsent.h"
#include "usage/prices.h"

#include <QTimer>

#include <map>

namespace quintet::ui {

/// What the Agent tab works with. The services live on the engine thread and outlive the session.
struct AgentServices {
    EngineThread &engine;
    agent::WorkParts parts;
    std::function<llm::Endpoint(const llm::Endpoint &)> endpointToday; ///< called on the engine thread
    Paths paths;
    ServerConsent *servers = nullptr; ///< who asks about servers of tools, if anybody does; on the GUI thread
};

/// What the Agent tab knows and does: saved tasks and runs, the one that is shown, the one that is being set up, and
/// those that are worked on. The only part of the tab that talks to the engine. Lives on the GUI thread.
class AgentSession final : public QObject {
    Q_OBJECT

public:
    explicit AgentSession(AgentServices services, QObject *parent = nullptr);
    ~AgentSession() override;

    // what there is
    const AgentLists &lists() const { return m_lists; }
    void setSearch(const QString &words);
    void refresh(); ///< reads the lists anew, also what other processes did

    // what is shown: a run, a saved task, or else the set-up
    const agent::AgentRun *run() const { return m_run ? &*m_run : nullptr; }
    const agent::SavedTask *task() const;
    QString shownId() const { return m_shown; }
    void startNew();
    void showRun(const QString &id);
    void showTask(const QString &id);

    // the set-up
    const agent::RunSpec &draft() const { return m_draft; }
    void setTask(const QString &text);
    void setWorkplace(const agent::Workplace &workplace);
    void setLimits(const agent::Limits &limits);
    void setEndpoint(const QString &name, const QString &model); ///< of the draft, and of what is taken up again
    llm::Endpoint endpoint() const;                              ///< the one that would be asked
    void refreshEndpoints();                                     ///< after the settings changed
    const std::vector<agent::ToolFacts> &tools() const { return m_tools; } ///< that can work in the draft's place
    const std::optional<Error> &toolsProblem() const { return m_toolsProblem; }
    ServerConsent *servers() const { return m_services.servers; }

    /// Has one tool of the draft's place called, by hand.
    void callByHand(const QString &tool, const QJsonObject &arguments);
    /// Has a change of the shown run's undone, that was kept under this name.
    void undoChange(const QString &version);

    // what is done
    void start();
    void replayTask(const QString &id);
    void replayRun();
    void stop();
    void resume();
    void tryFrom(int step); ///< with endpoint()
    void say(const QString &text);
    void answer(const QString &call, const agent::Approval &approval);
    void saveAsTask(const QString &title);
    void exportTo(agent::ExportFormat format, const QString &path);
    void removeRun(const QString &id, bool isRemoved = true);
    void removeTask(const QString &id, bool isRemoved = true);
    void removeRule(const agent::StandingRule &rule);

    bool isWorking(const QString &id) const { return m_working.contains(id); } ///< here
    bool isShownWorking() const { return isWorking(m_shown); }
    int workingCount() const { return int(m_working.size()); }
    int waitingCount() const; ///< runs here that wait for the user's word

Q_SIGNALS:
    void listsChanged();
    void shownChanged();
    void stepsChanged(int from); ///< of the shown run, from that one on
    void stepGrew(int step);
    void runChanged(); ///< its state, answer or what it spent
    void draftChanged();
    void toolsChanged();
    void workingChanged();
    void failed(const quintet::Error &error);
    void removed(const QString &id, const QString &title, bool isTask);
    void saved(const QString &title);
    void exported(const QString &path);
    void calledByHand(const quintet::Result<quintet::agent::ToolResult> &result);
    void undone(const QString &path);
    void ended(const quintet::agent::AgentRun &run); ///< one that was worked here

private:
    struct Work {
        agent::AgentRun run; ///< as far as it was told
        std::shared_ptr<RunWork> worker;
        EngineCall<agent::AgentRun> call;
    };
    using Told = std::pair<QString, agent::RunEvent>;
    using RunCall = EngineCall<agent::AgentRun>;

    void take(const std::vector<Told> &events);
    void takeShown(const agent::RunEvent &event);
    void work(const agent::AgentRun &run, std::optional<agent::RunResumed> resumed);
    void finish(const QString &id, Result<agent::AgentRun> ended);
    void act(RunCall::Begin begin, std::optional<agent::RunResumed> resumed = {});
    void show(const QString &id, std::optional<agent::AgentRun> run);
    void takeLists(AgentLists lists);
    void readTools();
    void dropMissingTools();
    void readDraft();
    void keepDraft() const;
    agent::RunResumed resumption(const agent::AgentRun &run) const;
    std::optional<usage::Money> usualBudget(const llm::Endpoint &endpoint) const;

    AgentServices m_services;
    llm::EndpointRegistry m_registry;
    AgentLists m_lists;
    QString m_search;
    QString m_shown; ///< the id of a run or a task; empty: the set-up
    std::optional<agent::AgentRun> m_run;
    agent::RunSpec m_draft;
    bool m_ownEndpoint = false; ///< the user chose it
    std::vector<agent::ToolFacts> m_tools;
    std::optional<Error> m_toolsProblem;
    std::map<QString, Work> m_working;
    FrameGatherer<Told> m_told;
    bool m_isReading = false;
    QTimer m_refresh; ///< a moment after something changed
    QTimer m_watch;   ///< what other processes do
    EngineCall<AgentLists> m_readingLists;
    EngineCall<std::vector<agent::ToolFacts>> m_readingTools;
    RunCall m_readingRun;
    RunCall m_acting;
    EngineCall<QString> m_saving;
    EngineCall<QString> m_exporting;
    EngineCall<bool> m_removing;
    EngineCall<bool> m_saying;
    EngineCall<agent::ToolResult> m_byHand;
    EngineCall<agent::ToolResult> m_undoing;
};

} // namespace quintet::ui
