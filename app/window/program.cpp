// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/program.h"

#include "app/keptkeys.h"
#include "app/toolset.h"
#include "app/window/crashreport.h"
#include "app/window/settingssections.h"
#include "ui/agent/agenttab.h"
#include "ui/batch/batchtab.h"
#include "ui/chat/chattab.h"
#include "ui/knowledge/knowledgetab.h"
#include "ui/settings/servecard.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/startpage.h"
#include "ui/shell/statusline.h"
#include "ui/summarize/summarizetab.h"
#include "ui/theme/icons.h"
#include "ui/usage/usagepage.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSettings>

namespace quintet {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcWindow, "quintet.window", QtWarningMsg)

/// Says once that the window was painted: how long a start takes is measured by it.
class FirstPainting final : public QObject {
public:
    explicit FirstPainting(QObject *window) : QObject(window) { window->installEventFilter(this); }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            qCInfo(lcWindow) << "the window is on the screen";
            watched->removeEventFilter(this);
        }
        return false;
    }
};

ui::ThemeChoice choiceIn(const Paths &paths)
{
    return ui::readThemeChoice(QSettings(paths.settingsFile, QSettings::IniFormat));
}

/// Opened like any other document, so it has to be a file.
QString sampleFile(const Paths &paths)
{
    const QString path = paths.dataFolder + "/samples/annual-report.md"_L1;
    QDir().mkpath(paths.dataFolder + "/samples"_L1);
    if (!QFile::exists(path))
        QFile::copy(u":/samples/annual-report.md"_s, path);
    return path;
}

} // namespace

Program::Program(const Result<Paths> &paths)
    : m_paths(paths.value_or(Paths())),
      m_theme(choiceIn(m_paths)),
      m_services(std::unexpected(Error())),
      m_window(std::make_unique<ui::MainWindow>())
{
    if (!paths) {
        m_hasFailed = true;
        m_window->showFatal(paths.error());
        return;
    }
    QSettings settings(m_paths.settingsFile, QSettings::IniFormat);
    m_window->restore(QSettings(Restore::fileIn(m_paths), QSettings::IniFormat));
    new FirstPainting(m_window.get());
    m_engine.post([this] {
        m_services = Services::open(m_paths);
        QMetaObject::invokeMethod(this, &Program::finishOpening, Qt::QueuedConnection);
    });
    connect(m_window.get(), &ui::MainWindow::closed, this, &Program::save);
}

Program::~Program()
{
    save();
    m_engine.runAndWait([this] {
        if (m_services)
            (*m_services)->consent().setAsker({});
    });
    m_questions.reset();
    // The window's palette asks the desk, and the desk looks at the window to its end.
    m_desk.reset();
    m_window.reset();
    m_today.reset();
    m_data.reset();
    m_usage.reset();
    m_setting.reset();
    m_gateway.reset();
    m_tools.reset();
    m_agents.reset();
    m_servers.reset();
    m_knowing.reset();
    m_batch.reset();
    m_chatting.reset();
    m_summarizing.reset();
    m_models.reset();
    const EngineCall<bool> closing(
        m_engine, this,
        [server = m_server.get()](CancelToken) -> Task<Result<bool>> {
            if (server)
                co_await server->close();
            co_return true;
        },
        [](const Result<bool> &) {});
    // Whatever they had under way is cancelled now; what does not heed that in time keeps its services to the end.
    const bool idle = m_engine.waitForCalls(2s);
    m_engine.runAndWait([this, idle] {
        if (idle)
            m_server.reset();
        else
            std::ignore = m_server.release();
        if (m_services && idle)
            m_services->reset();
        else if (m_services)
            std::ignore = m_services->release();
    });
}

void Program::finishOpening()
{
    if (!m_services) {
        m_hasFailed = true;
        m_window->showFatal(m_services.error());
        return;
    }
    Services &services = **m_services;
    m_today =
        std::make_unique<ui::UsageToday>(m_engine, services.ledger(), services.spending(), services.gatewaySettings());
    connect(m_today.get(), &ui::UsageToday::changed, &m_window->status(), &ui::StatusLine::showToday);
    m_models =
        std::make_unique<ui::ModelSession>(ui::ModelServices{m_engine, services.catalog(), services.prices(), m_paths});
    connect(m_models.get(), &ui::ModelSession::connectionAsked, this, [this] { m_window->showPage(u"settings"_s); });
    makeSummarize();
    makeChat();
    makeBatch();
    makeKnowledge();
    makeAgent();
    makeUsage();
    makeSettings();
    m_desk = std::make_unique<Desk>(
        *m_window, Handovers::Sessions{*m_summarizing, *m_chatting, *m_batch, *m_knowing, *m_agents},
        ui::AdviceServices{m_engine, services.prices(), services.ledger()}, *m_today, m_paths);
    connect(m_setting.get(), &ui::SettingsSession::changed, m_desk.get(), &Desk::refreshEndpoints);
    showStatus();
    m_today->refresh();
    const QSettings session(Restore::fileIn(m_paths), QSettings::IniFormat);
    m_window->showPage(session.value("window/page"_L1, u"start"_s).toString());
    if (!m_files.isEmpty())
        openFiles(std::exchange(m_files, {}));
    if (m_wantsQuick)
        openQuick();
    offerCrashReport();
    qCInfo(lcWindow) << "all tabs are there";
    Q_EMIT ready();
}

void Program::makeSummarize()
{
    Services &services = **m_services;
    m_summarizing = std::make_unique<ui::SummarizeSession>(
        ui::SummarizeServices{m_engine, services.summarizer(), services.extractor(), services.pages(),
                              services.catalog(), services.summaries(), m_paths});
    auto *tab = new ui::SummarizeTab(*m_summarizing, *m_models);
    connect(tab, &ui::SummarizeTab::connectionAsked, this, [this] { m_window->showPage(u"settings"_s); });
    connect(tab, &ui::SummarizeTab::sampleAsked, this,
            [this] { m_summarizing->sources().addFiles({sampleFile(m_paths)}); });
    connect(m_summarizing.get(), &ui::SummarizeSession::started, this, &Program::showStatus);
    connect(m_summarizing.get(), &ui::SummarizeSession::endpointChanged, this, &Program::showStatus);
    connect(m_summarizing.get(), &ui::SummarizeSession::sectionRead, this, [this](int done, int count) {
        m_window->status().showWork(tr("Summarizing: section %1 of %2").arg(std::min(done + 1, count)).arg(count));
    });
    connect(m_summarizing.get(), &ui::SummarizeSession::waited, &m_window->status(), &ui::StatusLine::showWork);
    connect(m_summarizing.get(), &ui::SummarizeSession::ended, this, [this] {
        showStatus();
        refreshTodayLater();
    });
    m_window->addTab(u"summarize"_s, tr("Summarize"), ui::icon(u"summarize"_s), tab);
}

void Program::makeBatch()
{
    Services &services = **m_services;
    m_batch = std::make_unique<ui::BatchSession>(
        ui::BatchServices{m_engine, services.batchParts(), services.prices(), services.cache(), m_paths});
    auto *tab = new ui::BatchTab(*m_batch, *m_models);
    connect(tab, &ui::BatchTab::connectionAsked, this, [this] { m_window->showPage(u"settings"_s); });
    connect(m_batch.get(), &ui::BatchSession::runsChanged, this, &Program::showStatus);
    connect(m_batch.get(), &ui::BatchSession::shownChanged, this, &Program::showStatus);
    connect(m_batch.get(), &ui::BatchSession::draftChanged, this, &Program::showStatus);
    connect(m_batch.get(), &ui::BatchSession::ended, this, [this] { refreshTodayLater(); });
    m_window->addTab(u"batch"_s, tr("Batch"), ui::icon(u"batch"_s), tab);
}

void Program::makeChat()
{
    Services &services = **m_services;
    m_chatting = std::make_unique<ui::ChatSession>(ui::ChatServices{
        m_engine, services.responder(), services.attachments(), services.attachmentStore(), services.conversations(),
        services.chatSearch(), services.prompts(), services.collections(), m_paths});
    auto *tab = new ui::ChatTab(*m_chatting, *m_models);
    connect(tab, &ui::ChatTab::connectionAsked, this, [this] { m_window->showPage(u"settings"_s); });
    connect(tab, &ui::ChatTab::sourceAsked, this, [](const chat::Citation &citation) {
        if (QFile::exists(citation.document))
            QDesktopServices::openUrl(QUrl::fromLocalFile(citation.document));
    });
    connect(m_chatting.get(), &ui::ChatSession::waited, &m_window->status(), &ui::StatusLine::showWork);
    connect(m_chatting.get(), &ui::ChatSession::endpointChanged, this, &Program::showStatus);
    connect(m_chatting.get(), &ui::ChatSession::runningChanged, this, [this] {
        showStatus();
        if (m_chatting->runningCount() == 0)
            refreshTodayLater();
    });
    m_window->addTab(u"chat"_s, tr("Chat"), ui::icon(u"chat"_s), tab);
}

void Program::makeKnowledge()
{
    Services &services = **m_services;
    m_knowing = std::make_unique<ui::KnowledgeSession>(ui::KnowledgeServices{
        m_engine, services.library(), services.answerer(), services.wholeAnswerer(), services.extractor(), m_paths});
    auto *tab = new ui::KnowledgeTab(*m_knowing, *m_models);
    connect(m_knowing.get(), &ui::KnowledgeSession::endpointChanged, this, &Program::showStatus);
    connect(m_knowing.get(), &ui::KnowledgeSession::runningChanged, this, [this] {
        showStatus();
        if (!m_knowing->isRunning())
            refreshTodayLater();
    });
    m_window->addTab(u"knowledge"_s, tr("Knowledge"), ui::icon(u"knowledge"_s), tab);
}

void Program::makeAgent()
{
    Services &services = **m_services;
    m_servers = std::make_unique<ui::ServerConsent>(m_engine);
    const ToolTalk talk{
        .agrees = [ask = m_servers->asker()](const agent::mcp::Question &question) { return ask(question.text()); },
        .note = m_servers->log(),
        .onLog = [log = m_servers->log()](const QString &server,
                                          const QString &line) { log(server + u": "_s + line); }};
    m_agents = std::make_unique<ui::AgentSession>(ui::AgentServices{
        m_engine, agentWorkParts(services, talk),
        [&services](const llm::Endpoint &kept) { return services.endpointToday(kept); }, m_paths, m_servers.get()});
    auto *tab = new ui::AgentTab(*m_agents, *m_models);
    connect(tab, &ui::AgentTab::connectionAsked, this, [this] { m_window->showPage(u"settings"_s); });
    connect(m_agents.get(), &ui::AgentSession::draftChanged, this, &Program::showStatus);
    connect(m_agents.get(), &ui::AgentSession::workingChanged, this, [this] { showStatus(); });
    connect(m_agents.get(), &ui::AgentSession::ended, this, &Program::refreshTodayLater);
    m_window->addTab(u"agent"_s, tr("Agent"), ui::icon(u"agent"_s), tab);
}

/// The ledger writes its row behind the answer.
void Program::refreshTodayLater()
{
    QTimer::singleShot(500ms, m_today.get(), &ui::UsageToday::refresh);
}

void Program::makeUsage()
{
    Services &services = **m_services;
    m_usage = std::make_unique<ui::UsageSession>(ui::UsageServices{m_engine, services.database(), services.ledger(),
                                                                   services.spending(), services.gatewaySettings(),
                                                                   services.prices()});
    auto *page = new ui::UsagePage(*m_usage);
    connect(page, &ui::UsagePage::settingsAsked, this, [this] { m_window->showPage(u"settings"_s); });
    connect(page, &ui::UsagePage::startAsked, this, [this] { m_window->showPage(u"start"_s); });
    // What today came to has changed, so the page has too.
    connect(m_today.get(), &ui::UsageToday::changed, m_usage.get(), [this, page] {
        if (page->isVisible())
            m_usage->refresh();
    });
    m_window->setUsage(page);
}

void Program::makeSettings()
{
    Services &services = **m_services;
    m_setting = std::make_unique<ui::SettingsSession>(
        ui::SettingsServices{m_engine, services.catalog(), services.secrets(), m_paths});
    m_gateway = std::make_unique<ui::GatewaySession>(ui::GatewayServices{
        m_engine, services.gatewaySettings(), services.cache(), services.spending(), services.prices()});
    m_tools = std::make_unique<ui::ToolSettingsSession>(
        ui::ToolSettingsServices{m_engine, agent::WebServiceStore(m_paths.settingsFile, services.secrets()),
                                 agent::DatabaseStore(m_paths.settingsFile, services.secrets())});
    m_server = std::make_unique<WindowServer>(services, m_paths);
    m_opening = EngineCall<bool>(
        m_engine, this,
        [server = m_server.get()](CancelToken) -> Task<Result<bool>> {
            // Where the port is taken, the settings show that it is off.
            co_return (co_await server->open()).has_value();
        },
        [](const Result<bool> &) {});
    m_data = std::make_unique<ui::DataSession>(
        ui::DataServices{.engine = m_engine,
                         .paths = m_paths,
                         .readKeys = [&services] { return readKeptKeys(services); },
                         .keepKeys = [&services](backup::Keys keys) { return keepKeys(services, std::move(keys)); },
                         .forgetKeys = [&services] { return forgetKeptKeys(services); }});
    connect(m_data.get(), &ui::DataSession::restartAsked, this, [this] { endWith(Afterwards::StartAnew); });
    connect(m_data.get(), &ui::DataSession::eraseAsked, this, [this] { endWith(Afterwards::Erase); });
    auto *serving = new ui::ServeCard(m_engine, *m_server);
    ui::SettingsPage *page = makeSettingsPage(
        {*m_setting, *m_gateway, *m_models, *m_tools, *m_data, serving, m_theme, m_paths.settingsFile});
    connect(m_setting.get(), &ui::SettingsSession::changed, m_summarizing.get(),
            &ui::SummarizeSession::refreshEndpoints);
    connect(m_setting.get(), &ui::SettingsSession::changed, m_chatting.get(), &ui::ChatSession::refreshEndpoints);
    connect(m_setting.get(), &ui::SettingsSession::changed, m_batch.get(), &ui::BatchSession::refreshEndpoints);
    connect(m_setting.get(), &ui::SettingsSession::changed, m_knowing.get(), &ui::KnowledgeSession::refreshEndpoints);
    connect(m_setting.get(), &ui::SettingsSession::changed, m_agents.get(), &ui::AgentSession::refreshEndpoints);
    connect(m_models.get(), &ui::ModelSession::adopted, m_setting.get(), &ui::SettingsSession::changed);
    connect(m_window.get(), &ui::MainWindow::pageShown, m_setting.get(), [this, serving](const QString &key) {
        showStatus();
        if (key != u"settings")
            return;
        m_setting->discover();
        m_models->refresh();
        m_gateway->refresh();
        m_tools->refresh();
        serving->refresh();
    });
    m_window->setSettings(page);
    m_questions = std::make_unique<ui::UnpricedQuestions>(*m_window);
    connect(m_questions.get(), &ui::UnpricedQuestions::pricesAsked, page, [this, page] {
        m_window->showPage(u"settings"_s);
        page->showSection(u"prices"_s);
    });
    connect(m_questions.get(), &ui::UnpricedQuestions::answered, m_gateway.get(),
            [this] { QTimer::singleShot(500ms, m_gateway.get(), &ui::GatewaySession::refresh); });
    m_engine.post([&services, asker = m_questions->asker()] { services.consent().setAsker(asker); });
}

void Program::offerCrashReport()
{
    const QStringList reports = newCrashReports(m_paths);
    if (reports.isEmpty())
        return;
    const QString folder = QFileInfo(reports.last()).absolutePath();
    m_window->showNotice(
        tr("Quintet ended unexpectedly the last time. What you had written is here again. A report without "
           "any of your texts lies on this computer, and was sent nowhere."),
        tr("Show the report"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    markCrashReportsOffered(m_paths);
}

void Program::endWith(Afterwards afterwards)
{
    m_afterwards = afterwards;
    QApplication::quit();
}

void Program::showStatus()
{
    if (!m_chatting || !m_batch || !m_knowing || !m_agents)
        return; // still being put together
    const QString page = m_window->shownPage();
    const llm::Endpoint endpoint = page == u"chat"        ? m_chatting->endpoint()
                                   : page == u"batch"     ? m_batch->endpoint()
                                   : page == u"knowledge" ? m_knowing->endpoint()
                                   : page == u"agent"     ? m_agents->endpoint()
                                                          : m_summarizing->endpoint();
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    m_window->status().showEndpoint(isBuiltin                  ? tr("Built-in engine")
                                    : endpoint.model.isEmpty() ? endpoint.name
                                                               : tr("%1 · %2").arg(endpoint.name, endpoint.model));
    const int runs = m_batch->workingCount();
    m_window->status().showWork(m_summarizing->isRunning()       ? tr("Summarizing…")
                                : m_chatting->runningCount() > 0 ? tr("Answering…")
                                : m_agents->waitingCount() > 0   ? tr("An agent waits for you")
                                : m_agents->workingCount() > 0   ? tr("An agent is at work…")
                                : runs > 0                       ? tr("%n batch run(s)", nullptr, runs)
                                : m_knowing->isRunning()         ? tr("Answering…")
                                                                 : QString());
}

void Program::openFiles(const QStringList &files)
{
    if (!m_summarizing) {
        m_files << files;
        return;
    }
    if (files.isEmpty())
        return;
    m_window->showPage(u"summarize"_s);
    m_summarizing->sources().addFiles(files);
}

void Program::openQuick()
{
    if (m_desk)
        m_desk->background().openQuick();
    else
        m_wantsQuick = true;
}

void Program::save()
{
    if (!m_desk)
        return;
    m_summarizing->saveDraftNow();
    m_chatting->saveNow();
    m_desk->saveNow();
}

} // namespace quintet
