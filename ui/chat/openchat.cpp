// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/openchat.h"

#include "base/onpool.h"
#include "chat/title.h"

#include <QFileInfo>
#include <QFutureWatcher>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

OpenChat::OpenChat(const ChatServices &services, EndpointOf endpointOf, chat::Conversation conversation,
                   ChatDrafts drafts, bool isTemporary)
    : m_services(services),
      m_endpointOf(std::move(endpointOf)),
      m_conversation(std::move(conversation)),
      m_drafts(std::move(drafts)),
      m_isTemporary(isTemporary),
      m_gatherer([this](const std::vector<chat::ConversationEvent> &events) { take(events); })
{
    for (const chat::Attachment &attachment : m_drafts.written.attachments)
        m_files.push_back({m_nextFile++, attachment.name, attachment, {}});
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(500ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &OpenChat::saveDraft);
    m_measureTimer.setSingleShot(true);
    m_measureTimer.setInterval(250ms);
    connect(&m_measureTimer, &QTimer::timeout, this, [this] {
        m_measuring = EngineCall<chat::ContextUse>(
            m_services.engine, this,
            [&responder = m_services.responder, conversation = m_conversation, draft = m_drafts.written,
             endpoint = endpoint()](CancelToken token) -> Task<Result<chat::ContextUse>> {
                const chat::ContextUse use = co_await responder.preparation().measure(
                    conversation, draft.text, draft.attachments, endpoint, token);
                co_return use;
            },
            [this](Result<chat::ContextUse> use) {
                if (use && *use != m_context) {
                    m_context = *use;
                    Q_EMIT contextChanged();
                }
            });
    });
    measure();
}

OpenChat::~OpenChat()
{
    saveDraft();
}

// --- what is being written ---

void OpenChat::setDraftText(const QString &text)
{
    if (text == m_drafts.written.text)
        return;
    m_drafts.written.text = text;
    changeDraft();
}

void OpenChat::changeDraft()
{
    m_drafts.written.attachments.clear();
    for (const DraftFile &file : m_files) {
        if (file.attachment)
            m_drafts.written.attachments.push_back(*file.attachment);
    }
    m_isDraftNew = true;
    if (!m_draftTimer.isActive()) // also while somebody types on and on
        m_draftTimer.start();
    measure();
}

void OpenChat::measure()
{
    m_measureTimer.start();
}

void OpenChat::saveDraft()
{
    m_draftTimer.stop();
    if (m_isTemporary || !m_isDraftNew)
        return;
    m_isDraftNew = false;
    // A new conversation has no line in the database before its first message; its draft needs one.
    if (m_conversation.messages().empty() && !toJson(m_drafts).isEmpty())
        m_services.conversations.write(m_conversation, chat::SettingsSet{m_conversation.settings()});
    m_services.conversations.writeDraft(m_conversation.id(), toJson(m_drafts));
}

bool OpenChat::isReadingFiles() const
{
    return std::ranges::any_of(m_files, [](const DraftFile &file) { return !file.attachment && !file.error; });
}

void OpenChat::addFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        document::Source source;
        source.path = path;
        readFile({m_nextFile++, QFileInfo(path).fileName(), {}, {}}, std::move(source));
    }
}

void OpenChat::addBytes(const QByteArray &bytes, const QString &name)
{
    document::Source source;
    source.bytes = bytes;
    source.name = name;
    readFile({m_nextFile++, name, {}, {}}, std::move(source));
}

void OpenChat::readFile(DraftFile file, document::Source source)
{
    const int id = file.id;
    m_files.push_back(std::move(file));
    Q_EMIT filesChanged();
    m_reading[id] = EngineCall<chat::Attachment>(
        m_services.engine, this,
        [&attachments = m_services.attachments, source = std::move(source),
         isTemporary = m_isTemporary](CancelToken token) { return attachments.attach(source, isTemporary, token); },
        [this, id](Result<chat::Attachment> read) {
            const auto reading = std::ranges::find(m_files, id, &DraftFile::id);
            if (reading == m_files.end())
                return;
            if (read)
                reading->attachment = std::move(*read);
            else
                reading->error = read.error();
            changeDraft();
            Q_EMIT filesChanged();
            Q_EMIT runningChanged(); // it may be settled now
        });
}

void OpenChat::removeFile(int id)
{
    std::erase_if(m_files, [id](const DraftFile &file) { return file.id == id; });
    m_reading.erase(id);
    changeDraft();
    Q_EMIT filesChanged();
}

void OpenChat::takeFromQueue(size_t place)
{
    if (place >= m_drafts.queue.size())
        return;
    const ChatDraft taken = m_drafts.queue[place];
    m_drafts.queue.erase(m_drafts.queue.begin() + qsizetype(place));
    const QString before = m_drafts.written.text.trimmed();
    m_drafts.written.text = before.isEmpty() ? taken.text : taken.text + u"\n\n"_s + before;
    for (const chat::Attachment &attachment : taken.attachments)
        m_files.push_back({m_nextFile++, attachment.name, attachment, {}});
    changeDraft();
    Q_EMIT queueChanged();
    Q_EMIT filesChanged();
    Q_EMIT draftReplaced();
}

// --- what is said ---

void OpenChat::send()
{
    if (isReadingFiles() || m_drafts.written.isEmpty())
        return;
    const auto unread = std::ranges::find_if(m_files, [](const DraftFile &file) { return file.error.has_value(); });
    if (unread != m_files.end()) {
        Q_EMIT failed(Error(ErrorKind::BadInput,
                            tr("%1 was not read. Remove it, then send. %2").arg(unread->name, unread->error->message)));
        return;
    }
    const ChatDraft draft = std::exchange(m_drafts.written, {});
    m_files.clear();
    m_reading.clear();
    Q_EMIT draftReplaced();
    Q_EMIT filesChanged();
    if (m_isRunning) {
        m_drafts.queue.push_back(draft);
        Q_EMIT queueChanged();
    } else {
        addMessage(draft, m_conversation.head());
    }
    changeDraft();
    saveDraft();
}

void OpenChat::addMessage(ChatDraft draft, const chat::MessageId &parent)
{
    chat::Message message;
    message.id = chat::MessageId::make();
    message.parent = parent;
    message.text = draft.text.trimmed();
    message.time = QDateTime::currentDateTimeUtc();
    message.attachments = std::move(draft.attachments);
    apply(chat::MessageAdded{message});
    if (m_conversation.title().isEmpty()) {
        const QString title = chat::titleFromWords(message.text);
        apply(
            chat::TitleSet{title.isEmpty() && !message.attachments.empty() ? message.attachments.front().name : title});
    }
    answer(message.id, endpoint());
}

void OpenChat::edit(const chat::MessageId &id, const QString &text)
{
    const chat::Message *const former = m_conversation.message(id);
    if (!former || text.trimmed().isEmpty() || m_isRunning)
        return;
    if (former->role == llm::Role::User) {
        addMessage({text, former->attachments}, former->parent);
        return;
    }
    chat::Message message = *former;
    message.id = chat::MessageId::make();
    message.text = text;
    message.time = QDateTime::currentDateTimeUtc();
    message.reasoning.clear();
    message.thinking.clear();
    message.state = chat::MessageState::Whole;
    message.failure.reset();
    apply(chat::MessageAdded{message});
}

void OpenChat::answerAgain(const chat::MessageId &id, const std::optional<llm::EndpointChoice> &by)
{
    const chat::Message *const message = m_conversation.message(id);
    if (!message || m_isRunning)
        return;
    chat::Settings settings = m_conversation.settings();
    if (by) {
        settings.endpoint = by->endpoint;
        settings.model = by->model;
    }
    answer(message->role == llm::Role::User ? message->id : message->parent, m_endpointOf(settings));
}

chat::Ask OpenChat::askFor(const chat::MessageId &message, const llm::Endpoint &endpoint) const
{
    return {.conversation = m_conversation,
            .message = message,
            .endpoint = endpoint,
            .isTemporary = m_isTemporary,
            .mayCache = !m_isTemporary, // the settings decide whether Chat uses the cache at all
            .budget = {}};
}

void OpenChat::answer(const chat::MessageId &question, const llm::Endpoint &endpoint)
{
    run([&responder = m_services.responder, ask = askFor(question, endpoint)](
            chat::Responder::Sink sink, CancelToken token) { return responder.answer(ask, std::move(sink), token); });
}

void OpenChat::resume(const chat::MessageId &id)
{
    if (m_isRunning || !m_conversation.message(id))
        return;
    run([&responder = m_services.responder, ask = askFor(id, endpoint())](
            chat::Responder::Sink sink, CancelToken token) { return responder.resume(ask, std::move(sink), token); });
}

void OpenChat::run(std::function<Task<Result<chat::Answered>>(chat::Responder::Sink, CancelToken)> work)
{
    m_isRunning = true;
    Q_EMIT cleared();
    Q_EMIT runningChanged();
    m_answering = EngineCall<chat::Answered>(
        m_services.engine, this,
        [work = std::move(work), sink = m_gatherer.sender()](CancelToken token) { return work(sink, token); },
        [this](const Result<chat::Answered> &result) { finish(result); });
}

void OpenChat::finish(const Result<chat::Answered> &result)
{
    m_gatherer.flush();
    m_isRunning = false;
    const bool isWell = result && !result->error;
    if (!result && result.error().kind != ErrorKind::Cancelled)
        Q_EMIT failed(result.error());
    if (isWell)
        giveTitle();
    measure();
    // What waits is sent after an answer that came whole; after any other the user may think otherwise.
    if (isWell && !m_drafts.queue.empty()) {
        const ChatDraft next = m_drafts.queue.front();
        m_drafts.queue.erase(m_drafts.queue.begin());
        Q_EMIT queueChanged();
        addMessage(next, m_conversation.head());
        saveDraft();
        return;
    }
    Q_EMIT runningChanged();
}

void OpenChat::stop()
{
    m_answering.cancel();
}

/// The first answer names the conversation.
void OpenChat::giveTitle()
{
    const auto answers = std::ranges::count(m_conversation.messages(), llm::Role::Assistant, &chat::Message::role);
    if (answers != 1 || m_conversation.isTitleByUser())
        return;
    m_isNaming = true;
    m_naming = EngineCall<bool>(
        m_services.engine, this,
        [&responder = m_services.responder, ask = askFor(m_conversation.head(), endpoint()),
         sink = m_gatherer.sender()](CancelToken token) -> Task<Result<bool>> {
            co_await responder.giveTitle(ask, sink, token);
            co_return true;
        },
        [this](const Result<bool> &) {
            m_gatherer.flush();
            m_isNaming = false;
            Q_EMIT runningChanged(); // it may be settled now
        });
}

// --- the conversation itself ---

void OpenChat::apply(const chat::ConversationEvent &event)
{
    m_conversation.apply(event);
    ++m_revision;
    if (!m_isTemporary) {
        ++m_writes;
        auto *const written = new QFutureWatcher<Result<void>>(this);
        connect(written, &QFutureWatcherBase::finished, this, [this, written] {
            --m_writes;
            if (isSettled())
                Q_EMIT runningChanged();
            if (const Result<void> result = written->result(); !result)
                Q_EMIT failed(result.error());
            written->deleteLater();
        });
        written->setFuture(m_services.conversations.write(m_conversation, event));
    }
    Q_EMIT happened(event);
    measure();
}

/// What happened on the engine thread is kept there.
void OpenChat::take(const std::vector<chat::ConversationEvent> &events)
{
    for (const chat::ConversationEvent &event : events) {
        m_conversation.apply(event);
        ++m_revision;
        Q_EMIT happened(event);
        const auto *const grew = std::get_if<chat::AnswerGrew>(&event);
        if (const auto *waiting = grew ? std::get_if<llm::Waiting>(&grew->event) : nullptr)
            Q_EMIT waited(sentenceFor(*waiting));
    }
}

void OpenChat::choose(const chat::MessageId &id)
{
    if (!m_isRunning)
        apply(chat::BranchChosen{id});
}

bool OpenChat::setRemoved(const chat::MessageId &id, bool isRemoved)
{
    if (m_isRunning) {
        Q_EMIT failed(Error(ErrorKind::BadInput, tr("An answer is being written. Stop it first (Esc).")));
        return false;
    }
    apply(chat::RemovedSet{id, isRemoved});
    return true;
}

void OpenChat::condense(const chat::MessageId &last)
{
    const chat::Message *const message = m_conversation.message(last);
    if (m_isRunning || !message)
        return;
    if (!message->condensed.isEmpty())
        return apply(chat::Condensed{last, {}});
    m_isRunning = true;
    Q_EMIT cleared();
    Q_EMIT runningChanged();
    m_answering = EngineCall<chat::Answered>(
        m_services.engine, this,
        [&responder = m_services.responder, ask = askFor(last, endpoint()),
         sink = m_gatherer.sender()](CancelToken token) -> Task<Result<chat::Answered>> {
            const Result<void> condensed = co_await responder.condense(ask, sink, token);
            if (!condensed)
                co_return std::unexpected(condensed.error());
            co_return chat::Answered{};
        },
        [this](const Result<chat::Answered> &result) { finish(result); });
}

void OpenChat::setTitle(const QString &title)
{
    if (!title.trimmed().isEmpty())
        apply(chat::TitleSet{title.trimmed(), true});
}

void OpenChat::setSettings(const chat::Settings &settings)
{
    if (settings == m_conversation.settings())
        return;
    const chat::SettingsSet event{settings};
    // Choosing a model is no reason yet to keep a conversation in which nothing was said.
    if (m_conversation.messages().empty()) {
        m_conversation.apply(event);
        Q_EMIT happened(event);
        measure();
    } else {
        apply(event);
    }
}

void OpenChat::keep()
{
    if (!m_isTemporary || m_isRunning)
        return;
    m_isTemporary = false;
    m_isDraftNew = true;
    std::vector<chat::Attachment> attachments = m_drafts.written.attachments;
    for (const chat::Message &message : m_conversation.messages())
        attachments.insert(attachments.end(), message.attachments.begin(), message.attachments.end());
    m_keeping = EngineCall<bool>(
        m_services.engine, this,
        [services = m_services, attachments, conversation = m_conversation](CancelToken) -> Task<Result<bool>> {
            Result<void> kept = co_await services.attachments.keep(attachments);
            if (kept)
                kept = co_await valueOf(
                    services.conversations.writeWhole(conversation, {}, QDateTime::currentDateTimeUtc()));
            co_return kept.transform([] { return true; });
        },
        [this](const Result<bool> &kept) {
            if (!kept) {
                m_isTemporary = true;
                Q_EMIT failed(kept.error());
            }
            saveDraft();
            Q_EMIT replaced();
        });
}

void OpenChat::replaceBy(chat::Conversation conversation)
{
    if (m_isRunning || conversation == m_conversation)
        return;
    m_conversation = std::move(conversation);
    Q_EMIT replaced();
}

} // namespace quintet::ui
