// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatpane.h"

#include "base/onpool.h"
#include "ui/advice/hintstrip.h"
#include "ui/chat/chatwriter.h"
#include "ui/chat/composer.h"
#include "ui/chat/messageparts.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QFileDialog>
#include <QInputDialog>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnWidth = 720;           // of what is read
constexpr qsizetype enoughToJudge = 2'000; // characters that a hint is told from
constexpr qint64 charactersInToken = 4;

/// In the middle, as wide as text is read.
QWidget *inColumn(QWidget *widget)
{
    widget->setMaximumWidth(columnWidth);
    QBoxLayout *row = makeRow(0);
    row->setContentsMargins(16, 0, 16, 0);
    row->addStretch(1);
    row->addWidget(widget, 1000);
    row->addStretch(1);
    auto *around = new QWidget;
    around->setLayout(row);
    return around;
}

QString fileNameFrom(QString title)
{
    static const QRegularExpression unfit(u"[/\\\\:*?\"<>|\\x00-\\x1f]+"_s);
    title = title.replace(unfit, u" "_s).simplified().left(80);
    return title.isEmpty() ? u"chat"_s : title;
}

} // namespace

ChatPane::ChatPane(ChatSession &session, ModelSession &models) : m_session(session)
{
    setObjectName(u"chatPane"_s);
    m_otherModel = new ModelPicker(models);
    m_otherModel->setParent(this);
    m_otherModel->setVisible(false);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHead(models));
    column->addWidget(makeHairline());
    column->addWidget(makeBody(), 1);
    setLayout(column);
    join();
    showCurrent();
}

QWidget *ChatPane::makeHead(ModelSession &models)
{
    m_title = new ElidedLabel;
    m_title->setObjectName(u"chatTitle"_s);
    m_title->setFont(fontFor(TextStyle::Title));
    m_temporary = new Button(u"keepTemporary"_s, tr("Temporary · keep it"), Button::Quiet, Button::Small);
    m_temporary->setToolTip(tr("Nothing of this conversation is written to disk. Click to keep it."));
    connect(m_temporary, &Button::clicked, this, [this] {
        m_session.current().keep();
        showHead();
    });
    auto *find = new Button(u"findInChat"_s, tr("Find"), Button::Quiet);
    auto *exporting = new Button(u"exportChat"_s, tr("Export"), Button::Quiet);
    auto *options = new Button(u"chatOptions"_s, tr("Options"), Button::Quiet);
    find->setToolTip(tr("Find in this conversation"));
    exporting->setToolTip(tr("As Markdown, JSON, HTML, PDF or text"));
    options->setToolTip(tr("System prompt, temperature, presets"));
    connect(find, &Button::clicked, this, [this] { m_transcript->openFindBar(); });
    connect(exporting, &Button::clicked, this, &ChatPane::exportShown);
    connect(options, &Button::clicked, this, &ChatPane::optionsAsked);
    m_models = new ModelPicker(models);
    connect(m_models, &ModelPicker::chosen, this,
            [this](const ModelChoice &choice) { m_session.setEndpoint(choice.endpoint, choice.model); });
    connect(m_models, &ModelPicker::failed, this, &ChatPane::showError);
    connect(m_otherModel, &ModelPicker::chosen, this, &ChatPane::answerBy);
    connect(m_otherModel, &ModelPicker::failed, this, &ChatPane::showError);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addWidget(m_title, 1);
    row->addWidget(m_temporary);
    row->addWidget(find);
    row->addWidget(exporting);
    row->addWidget(options);
    row->addWidget(m_models);
    return makePane(u"chatHead"_s, row, QPalette::Base);
}

QWidget *ChatPane::makeBody()
{
    m_transcript = new Transcript;
    m_transcript->setObjectName(u"chatTranscript"_s);
    m_empty = new EmptyState(u"chatEmpty"_s, icon(u"chat"_s), {}, tr("Attach a file…"));
    connect(m_empty->action(), &QPushButton::clicked, this, &ChatPane::askForFiles);
    auto *empty = new QWidget;
    QBoxLayout *emptyColumn = makeRow(0);
    emptyColumn->setContentsMargins(24, 24, 24, 24);
    m_empty->setMaximumSize(columnWidth, 200);
    emptyColumn->addWidget(m_empty);
    empty->setLayout(emptyColumn);
    m_body = new QStackedWidget;
    m_body->addWidget(empty);
    m_body->addWidget(m_transcript);
    m_error = new ErrorStrip(u"chatError"_s, {0, 0, 0, 8});
    m_undo = new ErrorStrip(u"messageUndo"_s, {0, 0, 0, 8}, ErrorStrip::Notice);
    m_hint = new HintStrip(u"chatHint"_s);
    m_composer = new Composer;
    QBoxLayout *foot = makeColumn(0);
    // The scroll bar's room stands beside the messages above.
    foot->setContentsMargins(0, 0, style()->pixelMetric(QStyle::PM_ScrollBarExtent), 16);
    foot->addWidget(inColumn(m_error));
    foot->addWidget(inColumn(m_undo));
    foot->addWidget(inColumn(m_hint));
    foot->addWidget(inColumn(m_composer));
    QBoxLayout *column = makeColumn(0);
    column->addWidget(m_body, 1);
    column->addLayout(foot);
    return makePane(u"chatBody"_s, column, QPalette::Base);
}

void ChatPane::join()
{
    connect(&m_session, &ChatSession::currentChanged, this, &ChatPane::showCurrent);
    connect(&m_session, &ChatSession::endpointChanged, this, &ChatPane::showHead);
    connect(&m_session, &ChatSession::failed, this, &ChatPane::showError);
    connect(&m_session, &ChatSession::libraryChanged, this, [this] {
        m_composer->setPrompts(m_session.prompts());
        showHead();
    });
    connect(&m_session, &ChatSession::messageWanted, m_transcript,
            [this](const chat::MessageId &id) { m_transcript->scrollToMessage(id.value); });
    connect(m_transcript, &Transcript::actionChosen, this, &ChatPane::act);
    connect(m_transcript, &Transcript::linkActivated, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(m_transcript, &Transcript::citationActivated, this, &ChatPane::openSource);
    connect(m_transcript, &Transcript::sourceActivated, this, &ChatPane::openSource);
    connect(m_transcript, &Transcript::attachmentActivated, this, [this](const QString &id, const QString &name) {
        const chat::Message *message = m_session.current().conversation().message({id});
        for (const chat::Attachment &attachment : message ? message->attachments : std::vector<chat::Attachment>()) {
            if (attachment.name == name && !attachment.path.isEmpty())
                QDesktopServices::openUrl(QUrl::fromLocalFile(attachment.path));
        }
    });
    connect(m_transcript, &Transcript::errorActionChosen, this, [this](const QString &id) {
        const chat::Message *message = m_session.current().conversation().message({id});
        if (message && message->failure && message->failure->kind == ErrorKind::Unauthorized)
            Q_EMIT settingsAsked();
        else
            act(id, messageAction::again);
    });
    connect(m_transcript, &Transcript::saveCodeAsked, this, [this](const QString &code, const QString &) {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save the code"));
        QSaveFile file(path);
        if (!path.isEmpty() && (!file.open(QIODevice::WriteOnly) || file.write(code.toUtf8()) < 0 || !file.commit()))
            showError(Error(ErrorKind::Storage, tr("%1 cannot be written: %2").arg(path, file.errorString())));
    });
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        if (m_session.current().setRemoved(m_removed, false))
            m_undo->hide();
    });
    connect(m_composer, &Composer::sendAsked, this, &ChatPane::send);
    connect(m_composer, &Composer::stopAsked, this, [this] { m_session.current().stop(); });
    connect(m_composer, &Composer::attachAsked, this, &ChatPane::askForFiles);
    connect(m_composer, &Composer::editingCancelled, this, &ChatPane::leaveEditing);
    connect(m_composer, &Composer::lastMessageWanted, this, &ChatPane::editLast);
    connect(m_composer, &Composer::promptChosen, this, &ChatPane::promptsAsked);
    connect(m_composer, &Composer::filesGiven, this,
            [this](const QStringList &paths) { m_session.current().addFiles(paths); });
    connect(m_composer, &Composer::pictureGiven, this,
            [this](const QByteArray &png) { m_session.current().addBytes(png, tr("picture.png")); });
    connect(m_composer, &Composer::fileRemoved, this, [this](int id) { m_session.current().removeFile(id); });
    connect(m_composer, &Composer::queuedChosen, this,
            [this](size_t place) { m_session.current().takeFromQueue(place); });
    connect(m_composer, &Composer::textChanged, this, [this](const QString &text) {
        if (!m_composer->isEditing())
            m_session.current().setDraftText(text);
        showHint();
    });
    connect(m_hint, &HintStrip::followed, this, [this](const QString &pattern) {
        Given given;
        given.text = m_composer->text();
        for (const DraftFile &file : m_session.current().files()) {
            if (file.attachment && !file.attachment->path.isEmpty())
                given.paths << file.attachment->path;
        }
        Q_EMIT patternAsked(pattern, given);
    });
    connect(m_composer, &Composer::collectionToggled, this, [this](const QString &name, bool isChosen) {
        chat::Settings settings = m_session.current().conversation().settings();
        settings.collections.removeAll(name);
        if (isChosen)
            settings.collections << name;
        m_session.current().setSettings(settings);
    });
}

/// Listens to the conversation that is shown now, and to no other.
void ChatPane::showCurrent()
{
    OpenChat *const chat = &m_session.current();
    if (m_chat == chat)
        return m_composer->setFocus();
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    m_edited = {};
    m_composer->setEditing(false);
    m_error->hide();
    m_undo->hide();
    connect(chat, &OpenChat::happened, this, &ChatPane::showEvent);
    connect(chat, &OpenChat::replaced, this, &ChatPane::showWhole);
    connect(chat, &OpenChat::failed, this, &ChatPane::showError);
    connect(chat, &OpenChat::cleared, this, [this] { m_error->hide(); });
    connect(chat, &OpenChat::runningChanged, this, [this] { m_composer->setRunning(m_chat->isRunning()); });
    connect(chat, &OpenChat::queueChanged, this, [this] { m_composer->setQueue(m_chat->queue()); });
    connect(chat, &OpenChat::filesChanged, this, [this] {
        m_composer->setFiles(m_chat->files());
        showHint();
    });
    connect(chat, &OpenChat::draftReplaced, this, [this] { m_composer->setText(m_chat->draftText()); });
    connect(chat, &OpenChat::contextChanged, this, [this] { m_composer->setContext(m_chat->context()); });
    m_composer->setText(chat->draftText());
    m_composer->setFiles(chat->files());
    m_composer->setQueue(chat->queue());
    m_composer->setRunning(chat->isRunning());
    m_composer->setContext(chat->context());
    m_hint->forget();
    showWhole();
    m_composer->setFocus();
}

/// Before the first message, where one answer would do.
void ChatPane::showHint()
{
    const OpenChat &chat = m_session.current();
    if (!chat.conversation().isEmpty() || m_composer->isEditing())
        return m_hint->showHint({});
    pattern::Wish wish{.text = m_composer->text().left(enoughToJudge)};
    for (const DraftFile &file : chat.files()) {
        if (file.attachment) {
            ++(file.attachment->isImage() ? wish.pictures : wish.files);
            wish.characters += file.attachment->tokens * charactersInToken;
        }
    }
    wish.ownDocuments = !chat.conversation().settings().collections.isEmpty();
    m_hint->showHint(pattern::cheaperThan(pattern::Pattern::Chat, wish));
}

void ChatPane::showWhole()
{
    m_transcript->setMessages(shownMessages(m_session.current().conversation()));
    showHead();
}

void ChatPane::showHead()
{
    const OpenChat &chat = m_session.current();
    const QString title = chat.conversation().title();
    const llm::Endpoint endpoint = chat.endpoint();
    m_title->setText(title.isEmpty() ? chat.isTemporary() ? tr("Temporary chat") : tr("New chat") : title);
    m_temporary->setVisible(chat.isTemporary());
    m_models->setCurrent(endpoint);
    m_composer->setCollections(m_session.collections(), chat.conversation().settings().collections);
    m_body->setCurrentIndex(chat.conversation().isEmpty() ? 0 : 1);
    showHint();
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    m_empty->setSentence(isBuiltin ? tr("The built-in engine is no language model: it answers from files that you "
                                        "attach, and from collections, by quoting them. Connect a model to converse.")
                                   : tr("Ask anything, or attach files and ask about them."));
}

void ChatPane::showEvent(const chat::ConversationEvent &event)
{
    std::visit(llm::Visitor{[this](const chat::MessageAdded &added) {
                                // Another version begins a branch of its own: what stood behind its parent is not part
                                // of it.
                                const auto siblings = m_session.current().conversation().siblings(added.message.id);
                                if (siblings.size() > 1)
                                    return showWhole();
                                m_transcript->append(shownMessage(m_session.current().conversation(), added.message));
                                showHead();
                                m_transcript->scrollToEnd();
                            },
                            [this](const chat::AnswerGrew &grew) {
                                if (const auto *text = std::get_if<llm::TextDelta>(&grew.event)) {
                                    // The first word of the answer ends the thinking.
                                    if (m_reasoning == grew.id) {
                                        m_reasoning = {};
                                        showMessageAgain(grew.id);
                                    } else {
                                        m_transcript->appendText(grew.id.value, text->text);
                                    }
                                } else if (const auto *thought = std::get_if<llm::ReasoningDelta>(&grew.event)) {
                                    m_reasoning = grew.id;
                                    m_transcript->appendReasoning(grew.id.value, thought->text);
                                }
                            },
                            [this](const chat::AnswerResumed &resumed) { showMessageAgain(resumed.id); },
                            [this](const chat::AnswerEnded &ended) {
                                m_reasoning = {};
                                m_transcript->finish(ended.message.id.value);
                                showMessageAgain(ended.message.id);
                            },
                            [this](const chat::BranchChosen &) { showWhole(); },
                            [this](const chat::RemovedSet &) { showWhole(); },
                            [this](const chat::Condensed &condensed) { showMessageAgain(condensed.id); },
                            [this](const chat::TitleSet &) { showHead(); },
                            [this](const chat::SettingsSet &) { showHead(); }},
               event);
}

void ChatPane::showMessageAgain(const chat::MessageId &id)
{
    if (const chat::Message *message = m_session.current().conversation().message(id))
        m_transcript->setMessage(shownMessage(m_session.current().conversation(), *message));
}

void ChatPane::act(const QString &message, const QString &action)
{
    OpenChat &chat = m_session.current();
    const chat::MessageId id{message};
    const chat::Conversation &conversation = chat.conversation();
    const chat::Message *const subject = conversation.message(id);
    if (!subject)
        return;
    if (action == messageAction::fork)
        return m_session.fork(id);
    if (chat.isRunning())
        return showError(Error(ErrorKind::BadInput, tr("An answer is being written. Stop it first (Esc).")));
    if (action == messageAction::previous || action == messageAction::next) {
        const auto siblings = conversation.siblings(id);
        const auto place = std::ranges::find(siblings, id, &chat::Message::id) - siblings.begin();
        const auto other = place + (action == messageAction::next ? 1 : -1);
        if (other >= 0 && other < qsizetype(siblings.size()))
            chat.choose(siblings[size_t(other)]->id);
    } else if (action == messageAction::edit) {
        startEditing(id);
    } else if (action == messageAction::again) {
        chat.answerAgain(id);
    } else if (action == messageAction::againBy) {
        m_again = id;
        m_otherModel->setCurrent(chat.endpoint());
        m_otherModel->open();
    } else if (action == messageAction::resume) {
        chat.resume(id);
    } else if (action == messageAction::condense) {
        chat.condense(id);
    } else if (action == messageAction::remove) {
        chat.setRemoved(id, true);
        m_removed = id;
        m_undo->showError(tr("The message was removed, with what followed."), tr("Undo"));
    }
}

void ChatPane::answerBy(const ModelChoice &choice)
{
    m_session.current().answerAgain(
        m_again, llm::EndpointChoice{.endpoint = choice.endpoint, .baseUrl = {}, .model = choice.model});
}

void ChatPane::startEditing(const chat::MessageId &id)
{
    if (m_edited.isEmpty())
        m_beforeEditing = m_composer->text();
    m_edited = id;
    m_composer->setEditing(true);
    m_composer->setText(m_session.current().conversation().message(id)->text);
    m_composer->setFocus();
}

bool ChatPane::edit(const chat::MessageId &id, const QString &text)
{
    if (!m_session.current().conversation().message(id))
        return false;
    startEditing(id);
    m_composer->setText(text);
    return true;
}

void ChatPane::leaveEditing()
{
    m_edited = {};
    m_composer->setText(m_beforeEditing);
    m_composer->setEditing(false);
}

void ChatPane::send()
{
    if (m_edited.isEmpty()) {
        m_session.current().send();
        return;
    }
    if (m_session.current().isRunning())
        return showError(Error(ErrorKind::BadInput, tr("An answer is being written. Stop it first (Esc).")));
    const chat::MessageId id = m_edited;
    const QString text = m_composer->text();
    leaveEditing();
    m_session.current().edit(id, text);
}

void ChatPane::editLast()
{
    const auto path = m_session.current().conversation().path();
    const auto last = std::find_if(path.rbegin(), path.rend(),
                                   [](const chat::Message *message) { return message->role == llm::Role::User; });
    if (last != path.rend() && !m_session.current().isRunning())
        startEditing((*last)->id);
}

void ChatPane::answerLastAgain()
{
    const auto path = m_session.current().conversation().path();
    if (!path.empty())
        act(path.back()->id.value, messageAction::again);
}

void ChatPane::copyLastAnswer()
{
    const auto path = m_session.current().conversation().path();
    const auto last = std::find_if(path.rbegin(), path.rend(),
                                   [](const chat::Message *message) { return message->role == llm::Role::Assistant; });
    if (last != path.rend())
        m_transcript->copyMessage((*last)->id.value);
}

void ChatPane::openModels()
{
    m_models->open();
}

void ChatPane::stopOrLeave()
{
    if (!m_edited.isEmpty())
        leaveEditing();
    else
        m_session.current().stop();
}

void ChatPane::openSource(const QString &message, const QString &label)
{
    const chat::Message *const answer = m_session.current().conversation().message({message});
    if (!answer)
        return;
    const auto citation = std::ranges::find(answer->citations, label, &chat::Citation::label);
    if (citation != answer->citations.end())
        Q_EMIT sourceAsked(*citation);
}

void ChatPane::askForFiles()
{
    m_session.current().addFiles(QFileDialog::getOpenFileNames(this, tr("Attach files")));
}

void ChatPane::exportShown()
{
    const OpenChat &chat = m_session.current();
    if (chat.conversation().isEmpty())
        return;
    if (!chat.isTemporary())
        return exportKept(chat.conversation().id(), chat.conversation().title());
    askWhere(chat.conversation().title(), [conversation = chat.conversation()]() -> Result<chat::ChatFile> {
        return chat::ChatFile{conversation, QDateTime::currentDateTimeUtc(), {}, {}};
    });
}

void ChatPane::exportKept(const chat::ConversationId &id, const QString &title)
{
    askWhere(title, [services = m_session.services(), id] {
        return chat::loadChatFile(services.conversations, services.contents, id);
    });
}

/// Asks for a file and writes there what `load` gives, on a pool.
void ChatPane::askWhere(const QString &title, std::function<Result<chat::ChatFile>()> load)
{
    auto *dialog = new QFileDialog(this, tr("Export the conversation"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Markdown (*.md)"), tr("JSON, complete (*.json)"),
                            tr("JSON, messages alone (*.messages.json)"), tr("Web page (*.html)"), tr("PDF (*.pdf)"),
                            tr("Plain text (*.txt)")});
    dialog->setDefaultSuffix(u"md"_s);
    dialog->selectFile(fileNameFrom(title));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        static const QRegularExpression ending(u"\\*\\.([a-z.]+)\\)"_s);
        dialog->setDefaultSuffix(ending.match(filter).captured(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, load = std::move(load)](const QString &path) {
        m_exporting = EngineCall<bool>(
            m_session.services().engine, this,
            [load, path](CancelToken) -> Task<Result<bool>> {
                co_return co_await onPool([load, path] {
                    return load()
                        .and_then([&path](const chat::ChatFile &file) { return writeChat(path, file); })
                        .transform([] { return true; });
                });
            },
            [this](const Result<bool> &written) {
                if (!written)
                    showError(written.error());
            });
    });
    dialog->open();
}

void ChatPane::showError(const Error &error)
{
    const bool wantsSettings = error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::NeedsModel;
    m_error->showError(error.message, wantsSettings ? tr("Settings") : QString());
    m_error->action()->disconnect(this);
    connect(m_error->action(), &QPushButton::clicked, this, &ChatPane::settingsAsked);
}

} // namespace quintet::ui
