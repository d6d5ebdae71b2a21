// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"
#include "app/window/desk.h"
#include "app/window/windowserver.h"
#include "base/enginethread.h"
#include "ui/agent/agentsession.h"
#include "ui/batch/batchsession.h"
#include "ui/chat/chatsession.h"
#include "ui/knowledge/knowledgesession.h"
#include "ui/models/modelsession.h"
#include "ui/settings/gatewaysession.h"
#include "ui/settings/program/datasession.h"
#include "ui/settings/settingssession.h"
#include "ui/settings/tools/toolsettingssession.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/unpricedquestions.h"
#include "ui/shell/usagetoday.h"
#include "ui/summarize/summarizesession.h"
#include "ui/theme/theme.h"
#include "ui/usage/usagesession.h"

namespace quintet {

/// The window program, put together: the only place that makes services for the window and hands them to its tabs. The
/// window shows at once, the services open behind it. Lives on the GUI thread.
class Program final : public QObject {
    Q_OBJECT

public:
    /// `paths` or the reason why there is no place to work.
    explicit Program(const Result<Paths> &paths);
    ~Program() override;

    /// Opens files on the Summarize tab, as soon as there is one.
    void openFiles(const QStringList &files);

    /// Opens the quick window, as soon as there is one.
    void openQuick();

    ui::MainWindow &window() { return *m_window; }

    /// What is to be done once the window is closed and nothing is open any more.
    enum class Afterwards { Nothing, StartAnew, Erase };
    Afterwards afterwards() const { return m_afterwards; }
    /// Once ready() was told.
    Background &background() { return m_desk->background(); }

    /// Whether the program could not start, and the window says why.
    bool hasFailed() const { return m_hasFailed; }
    ui::Theme &theme() { return m_theme; }

    /// Once ready() was told.
    ui::SummarizeSession &summarizing() { return *m_summarizing; }
    ui::ChatSession &chatting() { return *m_chatting; }
    ui::BatchSession &batch() { return *m_batch; }
    ui::KnowledgeSession &knowing() { return *m_knowing; }
    ui::AgentSession &agents() { return *m_agents; }

Q_SIGNALS:
    void ready();

private:
    void finishOpening();
    void makeSummarize();
    void makeChat();
    void makeBatch();
    void makeKnowledge();
    void makeAgent();
    void makeUsage();
    void makeSettings();
    void endWith(Afterwards afterwards);
    void offerCrashReport();
    void showStatus();
    void refreshTodayLater();
    void save();

    Paths m_paths;
    ui::Theme m_theme;
    EngineThread m_engine;
    Result<std::unique_ptr<Services>> m_services; ///< made and destroyed on the engine thread
    EngineCall<bool> m_opening;
    std::unique_ptr<WindowServer> m_server; ///< used and destroyed on the engine thread
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::ModelSession> m_models;
    std::unique_ptr<ui::SummarizeSession> m_summarizing;
    std::unique_ptr<ui::ChatSession> m_chatting;
    std::unique_ptr<ui::BatchSession> m_batch;
    std::unique_ptr<ui::KnowledgeSession> m_knowing;
    std::unique_ptr<ui::ServerConsent> m_servers;
    std::unique_ptr<ui::AgentSession> m_agents;
    std::unique_ptr<ui::GatewaySession> m_gateway;
    std::unique_ptr<ui::ToolSettingsSession> m_tools;
    std::unique_ptr<ui::SettingsSession> m_setting;
    std::unique_ptr<ui::DataSession> m_data;
    std::unique_ptr<ui::UsageToday> m_today;
    std::unique_ptr<ui::UnpricedQuestions> m_questions; ///< asked on the engine thread
    std::unique_ptr<ui::UsageSession> m_usage;
    std::unique_ptr<Desk> m_desk;
    QStringList m_files; ///< to be opened
    bool m_wantsQuick = false;
    bool m_hasFailed = false;
    Afterwards m_afterwards = Afterwards::Nothing;
};

} // namespace quintet
