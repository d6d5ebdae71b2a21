// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/restore.h"

#include "ui/chat/chattab.h"
#include "ui/knowledge/knowledgetab.h"
#include "ui/knowledge/questionpane.h"
#include "ui/shell/startpage.h"

#include <QDir>
#include <QEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSettings>
#include <QSplitter>

namespace quintet {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString splitterKey(const QSplitter *splitter)
{
    return u"splitters/"_s + splitter->objectName();
}

} // namespace

Restore::Restore(ui::MainWindow &window, const Handovers::Sessions &sessions, const Paths &paths)
    : m_window(window),
      m_sessions(sessions),
      m_settingsFile(paths.settingsFile),
      m_sessionFile(paths.dataFolder + u"/drafts/session.ini"_s)
{
    QDir().mkpath(QFileInfo(m_sessionFile).absolutePath());
    m_timer.setSingleShot(true);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &Restore::saveNow);
    bringBack();
    watch();
}

void Restore::bringBack()
{
    const QSettings session(m_sessionFile, QSettings::IniFormat);
    for (auto *splitter : m_window.findChildren<QSplitter *>()) {
        if (const QByteArray state = session.value(splitterKey(splitter)).toByteArray(); !state.isEmpty())
            splitter->restoreState(state);
    }
    ui::Given wish;
    wish.text = session.value("start/text"_L1).toString();
    wish.paths = session.value("start/paths"_L1).toStringList();
    if (!wish.isEmpty())
        m_window.start().receive(wish);
    bringBackBatch(session);
    if (const QString task = session.value("agent/task"_L1).toString(); !task.isEmpty())
        m_sessions.agents.setTask(task);
    m_sessions.knowing.setMode(ui::KnowledgeSession::Mode(session.value("knowledge/mode"_L1).toInt()));
    m_window.findChild<ui::KnowledgeTab *>()->questions()->line()->setText(
        session.value("knowledge/question"_L1).toString());
    m_run = session.value("batch/shown"_L1).toString();
    m_agent = session.value("agent/shown"_L1).toString();
    m_collection = session.value("knowledge/shown"_L1).toString();
    m_edited = session.value("chat/edited"_L1).toString();
    m_edit = session.value("chat/edit"_L1).toString();
    bringBackLists();
    bringBackEdit();
}

void Restore::bringBackBatch(const QSettings &session)
{
    const QByteArray json = session.value("batch/draft"_L1).toByteArray();
    if (json.isEmpty())
        return;
    batch::RunSpec draft = batch::specFrom(QJsonDocument::fromJson(json).object());
    // Of where to ask only the name and the model count: the rest is as the settings have it today.
    const llm::Endpoint then = draft.endpoint;
    draft.endpoint =
        then.kind == llm::EndpointKind::Builtin ? llm::builtinEndpoint() : m_sessions.batch.endpointNamed(then.name);
    if (draft.endpoint.kind != llm::EndpointKind::Builtin && draft.endpoint.name == then.name)
        draft.endpoint.model = then.model;
    m_sessions.batch.setDraft(std::move(draft));
}

/// What was shown, as soon as the lists that it is in were read.
void Restore::bringBackLists()
{
    if (!m_run.isEmpty() && m_sessions.batch.find(m_run))
        m_sessions.batch.show(std::exchange(m_run, {}));
    const auto &lists = m_sessions.agents.lists();
    const auto isRun = [this](const auto &run) { return run.id.value == m_agent; };
    if (!m_agent.isEmpty() && std::ranges::find_if(lists.runs, isRun) != lists.runs.end())
        m_sessions.agents.showRun(std::exchange(m_agent, {}));
    else if (!m_agent.isEmpty() && std::ranges::contains(lists.tasks, m_agent, &agent::SavedTask::id))
        m_sessions.agents.showTask(std::exchange(m_agent, {}));
    if (!m_collection.isEmpty() && !m_sessions.knowing.collections().empty())
        m_sessions.knowing.setCurrent(std::exchange(m_collection, {}));
}

/// A message that was being edited, once its conversation was read.
void Restore::bringBackEdit()
{
    if (!m_edited.isEmpty() && m_window.findChild<ui::ChatTab *>()->edit({m_edited}, m_edit))
        m_edited.clear();
}

void Restore::watch()
{
    connect(&m_sessions.batch, &ui::BatchSession::runsChanged, this, &Restore::bringBackLists);
    connect(&m_sessions.agents, &ui::AgentSession::listsChanged, this, &Restore::bringBackLists);
    connect(&m_sessions.knowing, &ui::KnowledgeSession::collectionsChanged, this, &Restore::bringBackLists);
    connect(&m_sessions.chatting, &ui::ChatSession::currentChanged, this, &Restore::bringBackEdit);
    const auto later = [this](auto *sender, auto signal) {
        connect(sender, signal, &m_timer, [this] { m_timer.start(); });
    };
    later(&m_sessions.batch, &ui::BatchSession::draftChanged);
    later(&m_sessions.batch, &ui::BatchSession::shownChanged);
    later(&m_sessions.agents, &ui::AgentSession::draftChanged);
    later(&m_sessions.agents, &ui::AgentSession::shownChanged);
    later(&m_sessions.knowing, &ui::KnowledgeSession::currentChanged);
    later(&m_sessions.knowing, &ui::KnowledgeSession::modeChanged);
    later(m_window.findChild<ui::KnowledgeTab *>()->questions()->line(), &QLineEdit::textChanged);
    later(m_window.findChild<ui::ChatTab *>(), &ui::ChatTab::editChanged);
    later(&m_window.start(), &ui::StartPage::wishChanged);
    later(&m_window, &ui::MainWindow::pageShown);
    for (auto *splitter : m_window.findChildren<QSplitter *>())
        later(splitter, &QSplitter::splitterMoved);
    m_window.installEventFilter(this);
}

bool Restore::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Move || event->type() == QEvent::Resize)
        m_timer.start();
    return QObject::eventFilter(watched, event);
}

void Restore::saveNow()
{
    m_timer.stop();
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read; one that is not understood stays as it is
    if (settings.status() != QSettings::FormatError)
        m_window.save(settings);
    QSettings session(m_sessionFile, QSettings::IniFormat);
    for (const auto *splitter : m_window.findChildren<QSplitter *>())
        session.setValue(splitterKey(splitter), splitter->saveState());
    session.setValue("start/text"_L1, m_window.start().wish().text);
    session.setValue("start/paths"_L1, m_window.start().wish().paths);
    const batch::Run *run = m_sessions.batch.shown();
    session.setValue("batch/shown"_L1, run ? run->id.value : m_run);
    session.setValue("batch/draft"_L1,
                     QJsonDocument(batch::toJson(m_sessions.batch.draft())).toJson(QJsonDocument::Compact));
    session.setValue("agent/task"_L1, m_sessions.agents.draft().task);
    session.setValue("agent/shown"_L1, m_agent.isEmpty() ? m_sessions.agents.shownId() : m_agent);
    const ui::ShownCollection *collection = m_sessions.knowing.current();
    session.setValue("knowledge/shown"_L1, collection ? collection->info.id : m_collection);
    session.setValue("knowledge/mode"_L1, int(m_sessions.knowing.mode()));
    session.setValue("knowledge/question"_L1, m_window.findChild<ui::KnowledgeTab *>()->questions()->line()->text());
    const auto [edited, edit] = m_window.findChild<ui::ChatTab *>()->edit();
    session.setValue("chat/edited"_L1, m_edited.isEmpty() ? edited.value : m_edited);
    session.setValue("chat/edit"_L1, m_edited.isEmpty() ? edit : m_edit);
}

} // namespace quintet
