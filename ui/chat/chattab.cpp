// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chattab.h"

#include "ui/chat/chatoptions.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/library/promptform.h"
#include "ui/chat/library/promptlibrary.h"
#include "ui/chat/list/conversationlistpane.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QShortcut>
#include <QSplitter>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int foldBelow = 860; // of the tab: the list folds away
constexpr int optionsWidth = 300;

} // namespace

ChatTab::ChatTab(ChatSession &session, ModelSession &models)
    : m_session(session),
      m_model(std::make_unique<ConversationModel>(session.services().engine, session.services().conversations,
                                                  session.services().search)),
      m_list(new ConversationListPane(*m_model)),
      m_pane(new ChatPane(session, models)),
      m_options(new ChatOptions(session)),
      m_splitter(new QSplitter)
{
    setObjectName(u"chatTab"_s);
    m_splitter->setObjectName(u"chatSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pane);
    m_splitter->addWidget(m_options);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({250, 900, optionsWidth});
    m_list->setMinimumWidth(200);
    m_pane->setMinimumWidth(380);
    m_options->setMinimumWidth(260);
    m_options->setVisible(false);
    QBoxLayout *row = makeRow(0);
    row->addWidget(m_splitter);
    setLayout(row);
    join();
    addShortcuts();
}

ChatTab::~ChatTab()
{
    // The list's view looks at the model to its end.
    delete m_splitter;
}

void ChatTab::join()
{
    connect(m_list, &ConversationListPane::newAsked, this, [this](bool isTemporary) {
        m_session.startNew(isTemporary);
        m_pane->composer()->setFocus();
    });
    connect(m_list, &ConversationListPane::openAsked, &m_session, &ChatSession::open);
    connect(m_list, &ConversationListPane::placeAsked, &m_session, &ChatSession::place);
    connect(m_list, &ConversationListPane::renameAsked, &m_session, &ChatSession::rename);
    connect(m_list, &ConversationListPane::importAsked, this, &ChatTab::importConversations);
    connect(m_list, &ConversationListPane::exportAsked, m_pane, &ChatPane::exportKept);
    connect(&m_session, &ChatSession::libraryChanged, m_list,
            [this] { m_list->setPlaces(m_session.folders(), m_session.tags()); });
    connect(&m_session, &ChatSession::currentChanged, m_list, [this] {
        QList<std::pair<chat::ConversationId, QString>> temporary;
        for (const OpenChat *chat : m_session.temporaryChats())
            temporary.emplace_back(chat->conversation().id(), chat->conversation().title());
        m_list->setTemporary(temporary);
    });
    connect(&m_session, &ChatSession::listChanged, m_model.get(), &ConversationModel::refresh);
    connect(&m_session, &ChatSession::currentChanged, m_list,
            [this] { m_list->setCurrent(m_session.current().conversation().id()); });
    connect(m_pane, &ChatPane::optionsAsked, this, [this] { m_options->setVisible(!m_options->isVisibleTo(this)); });
    connect(m_pane, &ChatPane::settingsAsked, this, &ChatTab::connectionAsked);
    connect(m_pane, &ChatPane::sourceAsked, this, &ChatTab::sourceAsked);
    connect(m_pane, &ChatPane::promptsAsked, this, &ChatTab::usePrompt);
    connect(m_options, &ChatOptions::closeAsked, m_options, &QWidget::hide);
    connect(m_options, &ChatOptions::libraryAsked, this, &ChatTab::openLibrary);
    m_list->setCurrent(m_session.current().conversation().id());
}

void ChatTab::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto receiver, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, receiver, slot);
    };
    add(QKeySequence::New, this, [this] {
        m_session.startNew();
        m_pane->composer()->setFocus();
    });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), this, [this] {
        m_session.startNew(true);
        m_pane->composer()->setFocus();
    });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), m_list, [this] {
        m_list->setVisible(true);
        m_list->focusSearch();
    });
    add(QKeySequence::Find, m_pane->transcript(), [this] { m_pane->transcript()->openFindBar(); });
    add(QKeySequence::Save, m_pane, [this] { m_pane->exportShown(); });
    add(QKeySequence::Open, m_pane, [this] { m_pane->askForFiles(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Semicolon), this,
        [this] { m_options->setVisible(!m_options->isVisibleTo(this)); });
    add(QKeySequence(Qt::CTRL | Qt::Key_L), m_pane->composer(), [this] { m_pane->composer()->setFocus(); });
    add(QKeySequence(Qt::Key_Escape), m_pane, [this] { m_pane->stopOrLeave(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_R), m_pane, [this] { m_pane->answerLastAgain(); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), m_pane, [this] { m_pane->copyLastAnswer(); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), m_pane, [this] { m_pane->openModels(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_B), this, [this] {
        m_listWanted = !m_list->isVisibleTo(this);
        m_list->setVisible(m_listWanted);
    });
    for (const int step : {-1, 1}) {
        add(QKeySequence(Qt::CTRL | (step < 0 ? Qt::Key_PageUp : Qt::Key_PageDown)), this, [this, step] {
            const int row = m_model->rowOf(m_session.current().conversation().id()) + step;
            if (row >= 0 && row < m_model->rowCount())
                m_session.open(m_model->line(row).row.id);
        });
    }
}

void ChatTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    foldPanes();
}

/// In a narrow window the conversation has the room.
void ChatTab::foldPanes()
{
    m_list->setVisible(m_listWanted && width() >= foldBelow - (m_options->isVisibleTo(this) ? 0 : 160));
}

void ChatTab::openLibrary()
{
    if (!m_library) {
        m_library = new PromptLibrary(this);
        connect(m_library, &PromptLibrary::keepAsked, &m_session, &ChatSession::keepPrompts);
        connect(m_library, &PromptLibrary::removeAsked, &m_session, &ChatSession::removePrompt);
        connect(&m_session, &ChatSession::libraryChanged, m_library,
                [this] { m_library->setPrompts(m_session.prompts()); });
    }
    m_library->setPrompts(m_session.prompts());
    m_library->show();
    m_library->raise();
}

void ChatTab::usePrompt(const QString &name)
{
    const auto found = std::ranges::find(m_session.prompts(), name, &chat::Prompt::name);
    if (found == m_session.prompts().end())
        return;
    const chat::Prompt prompt = *found; // the library may be read again while the form is open
    if (const auto text = textOf(prompt, this))
        m_pane->composer()->insert(*text);
}

void ChatTab::importConversations()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import conversations"), {},
                                                      tr("Exports (*.json *.jsonl *.zip);;All files (*)"));
    if (!path.isEmpty())
        m_session.importFile(path);
}

void ChatTab::focusInEvent(QFocusEvent *event)
{
    m_pane->composer()->setFocus(event->reason());
}

QByteArray ChatTab::saveState() const
{
    return m_splitter->saveState();
}

void ChatTab::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
    m_options->setVisible(false);
}

} // namespace quintet::ui
