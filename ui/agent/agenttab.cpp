// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/agenttab.h"

#include "ui/actions/action.h"
#include "ui/agent/agentlist.h"
#include "ui/agent/runpane.h"
#include "ui/agent/setuppane.h"
#include "ui/agent/taskpane.h"
#include "ui/agent/workpane.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>

#include <utility>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int foldWorkBelow = 980; // of the tab
constexpr int narrow = 900;
constexpr int usualList = 220;
constexpr int narrowList = 190;
constexpr int usualWork = 270;

} // namespace

AgentTab::AgentTab(AgentSession &session, ModelSession &models)
    : m_session(session),
      m_list(new AgentList(session)),
      m_pages(new QStackedWidget),
      m_setUp(new SetUpPane(session, models)),
      m_task(new TaskPane(session)),
      m_run(new RunPane(session, models)),
      m_work(new WorkPane(session)),
      m_error(new ErrorStrip(u"agentError"_s, {16, 12, 16, 12})),
      m_notice(new ErrorStrip(u"agentNotice"_s, {16, 12, 16, 12}, ErrorStrip::Notice)),
      m_splitter(new QSplitter)
{
    setObjectName(u"agentTab"_s);
    m_pages->setObjectName(u"agentPages"_s);
    m_pages->addWidget(m_setUp);
    m_pages->addWidget(m_task);
    m_pages->addWidget(m_run);
    QBoxLayout *middle = makeColumn(0);
    middle->addWidget(makeConsent());
    middle->addWidget(m_error);
    middle->addWidget(m_notice);
    middle->addWidget(m_pages, 1);
    m_splitter->setObjectName(u"agentSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(makePane(u"agentMiddle"_s, middle, QPalette::Base));
    m_splitter->addWidget(m_work);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({usualList, 714, usualWork});
    m_work->setMinimumWidth(220);
    QBoxLayout *row = makeRow(0);
    row->addWidget(m_splitter);
    setLayout(row);
    connect(&m_session, &AgentSession::shownChanged, this, &AgentTab::showShown);
    connect(&m_session, &AgentSession::shownChanged, m_error, &QWidget::hide);
    connect(&m_session, &AgentSession::draftChanged, m_error, &QWidget::hide);
    connect(&m_session, &AgentSession::shownChanged, m_notice, &QWidget::hide);
    connect(&m_session, &AgentSession::failed, this, [this](const Error &error) {
        m_error->showError(error.message, error.kind == ErrorKind::NeedsModel ? tr("Connect a model…") : QString());
    });
    connect(&m_session, &AgentSession::saved, this,
            [this](const QString &title) { m_notice->showError(tr("Saved as a task: %1").arg(title)); });
    connect(&m_session, &AgentSession::exported, this,
            [this](const QString &path) { m_notice->showError(tr("Written to %1").arg(path)); });
    connect(m_setUp, &SetUpPane::patternAsked, this, &AgentTab::patternAsked);
    connect(m_error, &ErrorStrip::actionChosen, this, &AgentTab::connectionAsked);
    connect(m_notice, &ErrorStrip::actionChosen, this, [this] {
        m_notice->hide();
        if (const auto undo = std::exchange(m_undo, {}))
            undo();
    });
    connect(&m_session, &AgentSession::undone, this,
            [this](const QString &path) { m_notice->showError(tr("%1 is as it was before.").arg(path)); });
    if (ServerConsent *servers = m_session.servers()) {
        connect(servers, &ServerConsent::questionChanged, this, &AgentTab::showConsent);
        connect(m_agree, &Button::clicked, servers, [servers] { servers->answer(true); });
        connect(m_refuse, &Button::clicked, servers, [servers] { servers->answer(false); });
    }
    showShown();
    addActions();
}

void AgentTab::addActions()
{
    const auto press = [this](const QString &key, const QString &text, const QString &button,
                              const QList<QKeySequence> &keys = {}) {
        makeAction(this, u"agent."_s + key, text, findChild<QAbstractButton *>(button), keys);
    };
    press(u"newTask"_s, tr("New task"), u"newTask"_s, {QKeySequence::New});
    press(u"start"_s, tr("Start the task"), u"startTask"_s, {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    press(u"stop"_s, tr("Stop the run"), u"stopRun"_s, {Qt::Key_Escape});
    press(u"replay"_s, tr("Replay the run"), u"replayRun"_s, {Qt::CTRL | Qt::Key_R});
    press(u"replayTask"_s, tr("Replay the saved task"), u"replayTask"_s);
    press(u"save"_s, tr("Save the run as a task…"), u"keepTask"_s);
    press(u"export"_s, tr("Export the run…"), u"exportRun"_s, {QKeySequence::Save});
    press(u"callByHand"_s, tr("Call a tool by hand…"), u"callByHand"_s);
    // While nothing runs, Esc is for whoever has the focus.
    auto *stop = findChild<QAction *>(u"agent.stop"_s);
    const auto enable = [this, stop] { stop->setEnabled(m_session.isShownWorking()); };
    enable();
    connect(&m_session, &AgentSession::workingChanged, stop, enable);
    connect(&m_session, &AgentSession::shownChanged, stop, enable);
    const QAction *find = makeAction(this, u"agent.search"_s, tr("Search tasks and runs"), {QKeySequence::Find});
    connect(find, &QAction::triggered, m_list, &AgentList::focusSearch);
    const QAction *say = makeAction(this, u"agent.say"_s, tr("Say something to the agent"), {Qt::CTRL | Qt::Key_L});
    connect(say, &QAction::triggered, this,
            [this] { m_session.run() ? m_run->line()->setFocus() : m_setUp->editor()->setFocus(); });
}

/// What is asked about a server of tools: its command is shown whole.
QWidget *AgentTab::makeConsent()
{
    m_question = makeLabel({}, TextStyle::Base);
    m_question->setObjectName(u"serverQuestion"_s);
    m_question->setWordWrap(true);
    m_question->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_agree = new Button(u"agreeToServer"_s, tr("Agree"), Button::Primary, Button::Small);
    m_refuse = new Button(u"refuseServer"_s, tr("No"), Button::Plain, Button::Small);
    QBoxLayout *buttons = makeRow();
    buttons->addWidget(m_agree);
    buttons->addWidget(m_refuse);
    buttons->addStretch(1);
    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(14, 12, 14, 12);
    column->addWidget(m_question);
    column->addLayout(buttons);
    QFrame *card = makeCard(u"consentCard"_s);
    card->setProperty("look", u"notice"_s);
    card->setLayout(column);
    QBoxLayout *around = makeColumn(0);
    around->setContentsMargins(16, 12, 16, 12);
    around->addWidget(card);
    m_consent = new QWidget;
    m_consent->setLayout(around);
    m_consent->hide();
    return m_consent;
}

void AgentTab::showConsent()
{
    const QString question = m_session.servers()->question();
    m_question->setText(question);
    m_consent->setVisible(!question.isEmpty());
}

void AgentTab::showShown()
{
    if (m_session.run())
        m_pages->setCurrentWidget(m_run);
    else if (m_session.task())
        m_pages->setCurrentWidget(m_task);
    else
        m_pages->setCurrentWidget(m_setUp);
}

/// In a narrow window the steps have the room.
void AgentTab::foldPanes()
{
    m_work->setVisible(width() >= foldWorkBelow);
    const bool isNarrow = width() < narrow;
    if (std::exchange(m_isNarrow, isNarrow) != isNarrow)
        m_splitter->setSizes({isNarrow ? narrowList : usualList, width() - usualList - usualWork, usualWork});
}

void AgentTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    foldPanes();
}

/// A focus proxy would take the other controls out of the order of Tab.
void AgentTab::focusInEvent(QFocusEvent *event)
{
    if (m_session.run())
        m_run->line()->setFocus(event->reason());
    else
        m_setUp->editor()->setFocus(event->reason());
}

QString AgentTab::offer(const Given &given) const
{
    if (!given.paths.isEmpty())
        return tr("Let the agent work in this folder");
    return given.text.trimmed().isEmpty() && given.links.isEmpty() ? QString() : tr("Take as the task");
}

void AgentTab::receive(const Given &given)
{
    const agent::RunSpec before = m_session.draft();
    m_session.startNew();
    if (!given.paths.isEmpty()) {
        agent::Workplace workplace = before.workplace;
        const QFileInfo first(given.paths.first());
        workplace.folder = first.isDir() ? first.absoluteFilePath() : first.absolutePath();
        m_session.setWorkplace(workplace);
    }
    QStringList words;
    if (!given.text.trimmed().isEmpty())
        words << given.text.trimmed();
    for (const QUrl &link : given.links)
        words << link.toString();
    for (const QString &file : given.files())
        words << QFileInfo(file).fileName();
    // Files alone say nothing of what is to be done with them: they are named in what stands there.
    const bool addsOnly = given.text.trimmed().isEmpty() && !before.task.trimmed().isEmpty();
    if (!words.isEmpty())
        m_session.setTask((addsOnly ? before.task.trimmed() + u'\n' : QString()) + words.join(u'\n'));
    const bool isReplaced = !before.task.trimmed().isEmpty() && before.task != m_session.draft().task;
    if (isReplaced || (before.workplace != m_session.draft().workplace && !before.workplace.folder.isEmpty())) {
        m_undo = [this, before] {
            m_session.startNew();
            m_session.setWorkplace(before.workplace);
            m_session.setTask(before.task);
        };
        m_notice->showError(tr("This takes the place of what you were setting up."), tr("Undo"));
    }
    m_setUp->editor()->setFocus();
}

} // namespace quintet::ui
