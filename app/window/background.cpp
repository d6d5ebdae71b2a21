// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/background.h"

#include <QApplication>
#include <QSettings>

namespace quintet {

using namespace Qt::StringLiterals;

namespace {

const QString staysSetting = u"tray/staysWhenClosed"_s;
const QString noticesSetting = u"tray/notices"_s;

} // namespace

Background::Background(ui::MainWindow &window, const Handovers::Sessions &sessions, ui::UsageToday &today,
                       Handovers &handovers, const Paths &paths)
    : m_window(window),
      m_sessions(sessions),
      m_settingsFile(paths.settingsFile),
      m_tray(&window),
      m_quickSession(sessions.summarizing.services(), sessions.chatting.services()),
      m_quick(std::make_unique<ui::QuickWindow>(m_quickSession))
{
    addActions();
    joinTray();
    joinQuick(handovers);
    tellOfEnds(today);
    showWork();
}

void Background::addActions()
{
    connect(
        m_window.addAction(u"quick"_s, tr("Quick answer from the clipboard"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Space}),
        &QAction::triggered, this, &Background::openQuick);
    QAction *notices = m_window.addAction(u"notices"_s, tr("Notices when long work ends"));
    notices->setCheckable(true);
    notices->setChecked(isOn(noticesSetting, true));
    m_tray.setNotifying(notices->isChecked());
    connect(notices, &QAction::toggled, this, [this](bool on) {
        m_tray.setNotifying(on);
        keep(noticesSetting, on);
    });
    QAction *stays = m_window.addAction(u"stays"_s, tr("Keep running in the tray when the window closes"));
    stays->setCheckable(true);
    stays->setVisible(m_tray.isShown());
    stays->setEnabled(m_tray.isShown());
    stays->setChecked(m_tray.isShown() && isOn(staysSetting, false));
    setStaying(stays->isChecked());
    connect(stays, &QAction::toggled, this, [this](bool on) {
        setStaying(on);
        keep(staysSetting, on);
    });
    m_tray.menu().addSeparator();
    m_tray.menu().addActions({stays, notices});
}

void Background::setStaying(bool isStaying)
{
    m_window.setStaying(isStaying);
    QApplication::setQuitOnLastWindowClosed(!isStaying);
}

bool Background::isOn(const QString &setting, bool usual) const
{
    return QSettings(m_settingsFile, QSettings::IniFormat).value(setting, usual).toBool();
}

void Background::keep(const QString &setting, bool isOn) const
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read
    if (settings.status() != QSettings::FormatError)
        settings.setValue(setting, isOn);
}

void Background::joinTray()
{
    connect(&m_tray, &ui::TrayIcon::openAsked, &m_window, &ui::MainWindow::raiseToUser);
    connect(&m_tray, &ui::TrayIcon::quickAsked, this, &Background::openQuick);
    connect(&m_tray, &ui::TrayIcon::quitAsked, &m_window, &ui::MainWindow::quit);
    connect(&m_tray, &ui::TrayIcon::pauseAsked, this, [this] {
        const std::vector<batch::Run> runs = m_sessions.batch.runs();
        for (const batch::Run &run : runs) {
            if (m_sessions.batch.isWorking(run.id.value))
                m_sessions.batch.pause(run.id.value);
        }
    });
    connect(&m_sessions.batch, &ui::BatchSession::runsChanged, this, &Background::showWork);
    connect(&m_sessions.knowing, &ui::KnowledgeSession::collectionGrew, this, &Background::showWork);
    connect(&m_sessions.knowing, &ui::KnowledgeSession::collectionsChanged, this, &Background::showWork);
    connect(&m_sessions.agents, &ui::AgentSession::workingChanged, this, &Background::showWork);
}

void Background::joinQuick(Handovers &handovers)
{
    connect(m_quick.get(), &ui::QuickWindow::tabAsked, &m_window, &ui::MainWindow::raiseToUser);
    // Opened alone, it was all that there was to see.
    connect(m_quick.get(), &ui::QuickWindow::hidden, this, [this] {
        if (!m_window.isVisible() && QApplication::quitOnLastWindowClosed())
            QApplication::quit();
    });
    connect(&m_quickSession, &ui::QuickSession::summaryWanted, &handovers,
            [&handovers](const QString &text) { handovers.carry(u"summarize"_s, {text, {}, {}, {}}); });
    connect(&m_quickSession, &ui::QuickSession::conversationWanted, this, [this](const chat::ConversationId &id) {
        m_sessions.chatting.open(id);
        m_window.showPage(u"chat"_s);
    });
}

/// All that runs, and how far what is known to end has come.
void Background::showWork()
{
    ui::TrayWork work;
    qint64 ended = 0;
    qint64 all = 0;
    for (const batch::Run &run : m_sessions.batch.runs()) {
        if (!m_sessions.batch.isWorking(run.id.value))
            continue;
        work.canPause = true;
        work.lines << tr("%1: %2 of %3").arg(run.name).arg(run.done + run.failed).arg(run.total);
        ended += run.done + run.failed;
        all += run.total;
    }
    QSet<QString> reading;
    for (const ui::ShownCollection &collection : m_sessions.knowing.collections()) {
        if (!collection.reading && !collection.placing)
            continue;
        reading << collection.info.id;
        work.lines << tr("Reading %1").arg(collection.info.settings.name);
    }
    for (const ui::ShownCollection &collection : m_sessions.knowing.collections()) {
        if (m_reading.contains(collection.info.id) && !reading.contains(collection.info.id))
            m_tray.notify(tr("Documents were read"), collection.info.settings.name);
    }
    m_reading = reading;
    if (const int agents = m_sessions.agents.workingCount(); agents > 0)
        work.lines << tr("%n agent(s) at work", nullptr, agents);
    work.isWaiting = m_sessions.agents.waitingCount() > 0;
    if (work.isWaiting)
        work.lines << tr("An agent waits for you");
    if (all > 0)
        work.share = double(ended) / double(all);
    m_tray.showWork(work);
}

void Background::tellOfEnds(ui::UsageToday &today)
{
    connect(&m_sessions.batch, &ui::BatchSession::ended, this, [this](const batch::Run &run) {
        if (run.isOver())
            m_tray.notify(tr("A batch run has ended"),
                          run.failed > 0 ? tr("%1: %2 done, %3 failed").arg(run.name).arg(run.done).arg(run.failed)
                                         : tr("%1: %2 done").arg(run.name).arg(run.done));
    });
    connect(&m_sessions.agents, &ui::AgentSession::ended, this,
            [this](const agent::AgentRun &run) { m_tray.notify(tr("An agent has ended its task"), run.title()); });
    connect(&m_sessions.agents, &ui::AgentSession::workingChanged, this, [this, waited = 0]() mutable {
        const int waiting = m_sessions.agents.waitingCount();
        if (waiting > std::exchange(waited, waiting))
            m_tray.notify(tr("An agent waits for you"), tr("It asks before it writes or sends anything."));
    });
    connect(&today, &ui::UsageToday::changed, this, [this](const usage::LedgerStore::Totals &, const QString &warning) {
        if (!warning.isEmpty() && warning != m_warning)
            m_tray.notify(tr("Budget"), warning);
        m_warning = warning;
    });
}

} // namespace quintet
