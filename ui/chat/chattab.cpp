// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chattab.h"

#include "ui/actions/action.h"
#include "ui/chat/chatoptions.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/library/promptform.h"
#include "ui/chat/library/promptlibrary.h"
#include "ui/chat/list/conversationlistpane.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/panes.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QFileDialog>
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
    addActions();
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
    connect(m_pane->composer(), &Composer::textChanged, this, [this] {
        if (m_pane->composer()->isEditing())
            Q_EMIT editChanged();
    });
    connect(m_pane, &ChatPane::patternAsked, this, &ChatTab::patternAsked);
    connect(m_pane, &ChatPane::settingsAsked, this, &ChatTab::connectionAsked);
    connect(m_pane, &ChatPane::sourceAsked, this, &ChatTab::sourceAsked);
    connect(m_pane, &ChatPane::promptsAsked, this, &ChatTab::usePrompt);
    connect(m_options, &ChatOptions::closeAsked, m_options, &QWidget::hide);
    connect(m_options, &ChatOptions::libraryAsked, this, &ChatTab::openLibrary);
    m_list->setCurrent(m_session.current().conversation().id());
}

void ChatTab::addActions()
{
    const auto add = [this](const QString &key, const QString &text, const QKeySequence &keys, auto receiver,
                            auto slot) {
        const QAction *action =
            makeAction(this, u"chat."_s + key, text, keys.isEmpty() ? QList<QKeySequence>() : QList{keys});
        connect(action, &QAction::triggered, receiver, slot);
    };
    add(u"newConversation"_s, tr("New conversation"), QKeySequence::New, this, [this] {
        m_session.startNew();
        m_pane->composer()->setFocus();
    });
    add(u"newTemporary"_s, tr("New temporary chat"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), this, [this] {
        m_session.startNew(true);
        m_pane->composer()->setFocus();
    });
    add(u"search"_s, tr("Search all conversations"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), m_list, [this] {
        m_list->setVisible(true);
        m_list->focusSearch();
    });
    const auto press = [this](const QString &key, const QString &text, const QString &button,
                              const QKeySequence &keys) {
        makeAction(this, u"chat."_s + key, text, findChild<QAbstractButton *>(button), {keys});
    };
    press(u"find"_s, tr("Find in this conversation"), u"findInChat"_s, QKeySequence::Find);
    press(u"export"_s, tr("Export this conversation…"), u"exportChat"_s, QKeySequence::Save);
    press(u"options"_s, tr("Options of this conversation"), u"chatOptions"_s,
          QKeySequence(Qt::CTRL | Qt::Key_Semicolon));
    add(u"attach"_s, tr("Attach files…"), QKeySequence::Open, m_pane, [this] { m_pane->askForFiles(); });
    add(u"import"_s, tr("Import conversations…"), {}, this, [this] { importConversations(); });
    add(u"batch"_s, tr("Run a batch on the files of this conversation"), {}, this, [this] { carryFiles(); });
    add(u"prompts"_s, tr("Prompt library"), {}, this, [this] { openLibrary(); });
    add(u"write"_s, tr("Write a message"), QKeySequence(Qt::CTRL | Qt::Key_L), m_pane->composer(),
        [this] { m_pane->composer()->setFocus(); });
    add(u"stop"_s, tr("Stop the answer"), QKeySequence(Qt::Key_Escape), m_pane, [this] { m_pane->stopOrLeave(); });
    add(u"again"_s, tr("Answer again"), QKeySequence(Qt::CTRL | Qt::Key_R), m_pane,
        [this] { m_pane->answerLastAgain(); });
    add(u"copyAnswer"_s, tr("Copy the last answer"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), m_pane,
        [this] { m_pane->copyLastAnswer(); });
    add(u"model"_s, tr("Choose a model"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), m_pane,
        [this] { m_pane->openModels(); });
    add(u"list"_s, tr("Show or hide the list of conversations"), QKeySequence(Qt::CTRL | Qt::Key_B), this, [this] {
        m_listWanted = !m_list->isVisibleTo(this);
        m_list->setVisible(m_listWanted);
    });
    for (const int step : {-1, 1}) {
        add(step < 0 ? u"previous"_s : u"next"_s, step < 0 ? tr("Previous conversation") : tr("Next conversation"),
            QKeySequence(Qt::CTRL | (step < 0 ? Qt::Key_PageUp : Qt::Key_PageDown)), this, [this, step] {
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

std::pair<chat::MessageId, QString> ChatTab::edit() const
{
    return {m_pane->edited(), m_pane->edited().isEmpty() ? QString() : m_pane->composer()->text()};
}

bool ChatTab::edit(const chat::MessageId &id, const QString &text)
{
    return m_pane->edit(id, text);
}

std::vector<std::pair<chat::ConversationId, QString>> ChatTab::conversations() const
{
    std::vector<std::pair<chat::ConversationId, QString>> all;
    for (int row = 0; row < m_model->rowCount(); ++row)
        all.emplace_back(m_model->line(row).row.id, m_model->line(row).row.title);
    return all;
}

/// Of all messages that are told, each once; what was pasted has no file.
void ChatTab::carryFiles()
{
    QStringList paths;
    for (const chat::Message *message : m_session.current().conversation().path()) {
        for (const chat::Attachment &attachment : message->attachments)
            paths << attachment.path;
    }
    for (const DraftFile &file : m_session.current().files()) {
        if (file.attachment)
            paths << file.attachment->path;
    }
    paths.removeAll(QString());
    paths.removeDuplicates();
    if (paths.isEmpty())
        m_pane->showError(Error(ErrorKind::BadInput, tr("No file is attached to this conversation.")));
    else
        Q_EMIT batchAsked(paths);
}

QString ChatTab::offer(const Given &given) const
{
    if (!given.files().isEmpty() || !given.pictures.isEmpty())
        return tr("Attach to this conversation");
    return given.text.isEmpty() && given.links.isEmpty() ? QString() : tr("Write into the message");
}

void ChatTab::receive(const Given &given)
{
    OpenChat &chat = m_session.current();
    if (!given.files().isEmpty())
        chat.addFiles(given.files());
    for (const QByteArray &png : given.pictures)
        chat.addBytes(png, tr("picture.png"));
    QStringList words;
    if (!given.text.isEmpty())
        words << given.text;
    for (const QUrl &link : given.links)
        words << link.toString();
    // At the cursor, beside what stands there, and undone by Ctrl+Z.
    if (!words.isEmpty())
        m_pane->composer()->insert(words.join(u'\n'));
    m_pane->composer()->setFocus();
}

} // namespace quintet::ui
