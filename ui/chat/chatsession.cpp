// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatsession.h"

#include "base/onpool.h"
#include "chat/exchange/chatimport.h"

#include <QSettings>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int daysToTakeBack = 30; // before a removed conversation is forgotten for good

} // namespace

ChatSession::ChatSession(ChatServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_watch(m_services.paths.database())
{
    const QString last =
        QSettings(m_services.paths.settingsFile, QSettings::IniFormat).value("chat/shown"_L1).toString();
    startNew();
    connect(&m_watch, &store::DatabaseWatch::changed, this, [this] {
        Q_EMIT listChanged();
        reloadCurrent();
    });
    refreshLibrary();
    m_purgeTimer.setSingleShot(true);
    connect(&m_purgeTimer, &QTimer::timeout, this,
            [this] { m_services.conversations.purge(QDateTime::currentDateTimeUtc().addDays(-daysToTakeBack)); });
    m_purgeTimer.start(10s);
    if (!last.isEmpty())
        open({last});
}

ChatSession::~ChatSession() = default;

llm::Endpoint ChatSession::endpointOf(const chat::Settings &settings) const
{
    // A name that has been removed since gives way to the default, and that to the built-in engine.
    const llm::EndpointChoice choice{.endpoint = settings.endpoint, .baseUrl = {}, .model = settings.model};
    if (auto chosen = m_registry.resolve(choice, u"chat"_s))
        return *chosen;
    return m_registry.resolve({}).value_or(llm::builtinEndpoint());
}

void ChatSession::watch(OpenChat &chat)
{
    connect(&chat, &OpenChat::runningChanged, this, [this] {
        Q_EMIT runningChanged();
        dropIdle();
    });
    connect(&chat, &OpenChat::waited, this, &ChatSession::waited);
    connect(&chat, &OpenChat::happened, this, [this, &chat](const chat::ConversationEvent &event) {
        if (!std::holds_alternative<chat::AnswerGrew>(event))
            Q_EMIT listChanged();
        if (std::holds_alternative<chat::SettingsSet>(event) && &chat == m_current)
            Q_EMIT endpointChanged();
    });
}

void ChatSession::show(std::unique_ptr<OpenChat> chat)
{
    watch(*chat);
    m_open.push_back(std::move(chat));
    OpenChat *const former = std::exchange(m_current, m_open.back().get());
    if (former)
        former->saveDraft();
    Q_EMIT currentChanged();
    Q_EMIT endpointChanged();
    dropIdle();
    rememberCurrent();
}

/// Forgets conversations that are neither shown nor being answered. Later, since one of them may be the sender.
void ChatSession::dropIdle()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            std::erase_if(m_open, [this](const std::unique_ptr<OpenChat> &chat) {
                const bool isOnlyHere = chat->isTemporary() && !chat->conversation().isEmpty();
                return chat.get() != m_current && chat->isSettled() && !isOnlyHere;
            });
        },
        Qt::QueuedConnection);
}

std::vector<OpenChat *> ChatSession::temporaryChats() const
{
    std::vector<OpenChat *> chats;
    for (const std::unique_ptr<OpenChat> &chat : m_open) {
        if (chat->isTemporary() && !chat->conversation().isEmpty())
            chats.push_back(chat.get());
    }
    return chats;
}

void ChatSession::rememberCurrent() const
{
    QSettings settings(m_services.paths.settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read
    if (settings.status() == QSettings::NoError && !m_current->isTemporary())
        settings.setValue("chat/shown"_L1, m_current->conversation().id().value);
}

void ChatSession::startNew(bool isTemporary)
{
    m_loading = {}; // one that is on its way would take this one's place
    // One that is empty anyway is new enough.
    if (m_current && m_current->conversation().isEmpty() && m_current->isTemporary() == isTemporary
        && m_current->draftText().isEmpty() && m_current->files().empty()) {
        Q_EMIT currentChanged();
        return;
    }
    chat::Conversation conversation(chat::ConversationId::make());
    if (m_current) {
        // The next conversation asks where this one did, but none of its rules apply.
        chat::Settings settings;
        settings.endpoint = m_current->conversation().settings().endpoint;
        settings.model = m_current->conversation().settings().model;
        conversation.apply(chat::SettingsSet{settings});
    }
    show(std::make_unique<OpenChat>(
        m_services, [this](const chat::Settings &settings) { return endpointOf(settings); }, std::move(conversation),
        ChatDrafts(), isTemporary));
}

void ChatSession::open(const chat::ConversationId &id, const chat::MessageId &message)
{
    const auto already = std::ranges::find_if(
        m_open, [&id](const std::unique_ptr<OpenChat> &chat) { return chat->conversation().id() == id; });
    if (already != m_open.end()) {
        m_loading = {};
        if (m_current != already->get()) {
            m_current->saveDraft();
            m_current = already->get();
            Q_EMIT currentChanged();
            Q_EMIT endpointChanged();
            dropIdle();
            rememberCurrent();
        }
        if (!message.isEmpty()) {
            m_current->choose(message);
            Q_EMIT messageWanted(message);
        }
        return;
    }
    using Loaded = std::shared_ptr<std::pair<chat::Conversation, QString>>;
    m_loading = EngineCall<Loaded>(
        m_services.engine, this,
        [&store = m_services.conversations, id](CancelToken) -> Task<Result<Loaded>> {
            co_return co_await onPool([&store, id]() -> Result<Loaded> {
                auto conversation = store.load(id);
                if (!conversation)
                    return std::unexpected(conversation.error());
                return std::make_shared<std::pair<chat::Conversation, QString>>(std::move(*conversation),
                                                                                store.draft(id).value_or(QString()));
            });
        },
        [this, message](Result<Loaded> loaded) {
            // One that was removed meanwhile is no reason for a message when the program starts.
            if (!loaded)
                return;
            show(std::make_unique<OpenChat>(
                m_services, [this](const chat::Settings &settings) { return endpointOf(settings); },
                std::move((*loaded)->first), draftsFrom((*loaded)->second), false));
            if (!message.isEmpty()) {
                m_current->choose(message);
                Q_EMIT messageWanted(message);
            }
        });
}

void ChatSession::fork(const chat::MessageId &last)
{
    const chat::Conversation &former = m_current->conversation();
    chat::Conversation fork(chat::ConversationId::make());
    fork.apply(chat::SettingsSet{former.settings()});
    fork.apply(chat::TitleSet{former.title(), former.isTitleByUser()});
    chat::MessageId before;
    for (const chat::Message *message : former.pathTo(last)) {
        chat::Message copy = *message;
        copy.id = chat::MessageId::make();
        copy.parent = std::exchange(before, copy.id);
        fork.apply(chat::MessageAdded{copy});
    }
    if (!m_current->isTemporary())
        m_services.conversations.writeWhole(fork, {}, QDateTime::currentDateTimeUtc());
    show(std::make_unique<OpenChat>(
        m_services, [this](const chat::Settings &settings) { return endpointOf(settings); }, std::move(fork),
        ChatDrafts(), m_current->isTemporary()));
    Q_EMIT listChanged();
}

/// Another process may have written to what is shown here.
void ChatSession::reloadCurrent()
{
    if (!m_current->isSettled() || m_current->isTemporary() || m_current->conversation().messages().empty())
        return;
    using Reloaded = std::shared_ptr<std::pair<chat::Conversation, QString>>;
    m_reloading = EngineCall<Reloaded>(
        m_services.engine, this,
        [&store = m_services.conversations, id = m_current->conversation().id(),
         known = m_stamp](CancelToken) -> Task<Result<Reloaded>> {
            co_return co_await onPool([&store, id, known]() -> Result<Reloaded> {
                const QString stamp = store.stamp(id).value_or(QString());
                if (stamp == known)
                    return Reloaded();
                return store.load(id).transform([&stamp](chat::Conversation conversation) {
                    return std::make_shared<std::pair<chat::Conversation, QString>>(std::move(conversation), stamp);
                });
            });
        },
        [this, revision = m_current->revision(), chat = m_current](Result<Reloaded> loaded) {
            if (!loaded || !*loaded || chat != m_current || !chat->isSettled() || chat->revision() != revision)
                return;
            m_stamp = (*loaded)->second;
            m_current->replaceBy(std::move((*loaded)->first));
        });
}

void ChatSession::afterWrite(const QFuture<Result<void>> &written, std::function<void()> then)
{
    auto *const watcher = new QFutureWatcher<Result<void>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, then = std::move(then)] {
        if (const Result<void> result = watcher->result(); !result)
            Q_EMIT failed(result.error());
        else if (then)
            then();
        watcher->deleteLater();
    });
    watcher->setFuture(written);
}

void ChatSession::place(const chat::ConversationId &id, const chat::Placement &placement)
{
    if (placement.removed == true && m_current->conversation().id() == id)
        startNew();
    const bool isSorted = placement.folder || placement.tags;
    afterWrite(m_services.conversations.place(id, placement, QDateTime::currentDateTimeUtc()), [this, isSorted] {
        Q_EMIT listChanged();
        if (isSorted)
            refreshLibrary();
    });
}

void ChatSession::rename(const chat::ConversationId &id, const QString &title)
{
    for (const std::unique_ptr<OpenChat> &chat : m_open) {
        if (chat->conversation().id() == id)
            return chat->setTitle(title);
    }
    afterWrite(m_services.conversations.rename(id, title.trimmed()), [this] { Q_EMIT listChanged(); });
}

void ChatSession::importFile(const QString &path)
{
    m_importing = EngineCall<std::pair<int, bool>>(
        m_services.engine, this,
        [services = m_services, path](CancelToken token) -> Task<Result<std::pair<int, bool>>> {
            co_return co_await onPool([services, path, token] {
                return chat::importChats(path, services.conversations, services.contents, token)
                    .transform([](const chat::Imported &imported) {
                        return std::pair(imported.conversations, imported.isDamaged);
                    });
            });
        },
        [this](Result<std::pair<int, bool>> result) {
            if (result)
                Q_EMIT imported(result->first, result->second);
            else
                Q_EMIT failed(result.error());
            Q_EMIT listChanged();
        });
}

void ChatSession::setEndpoint(const QString &name, const QString &model)
{
    chat::Settings settings = m_current->conversation().settings();
    settings.endpoint = name;
    settings.model = model;
    m_current->setSettings(settings);
}

void ChatSession::refreshEndpoints()
{
    m_current->measure();
    Q_EMIT endpointChanged();
}

void ChatSession::refreshLibrary()
{
    m_readingLibrary = EngineCall<std::shared_ptr<Library>>(
        m_services.engine, this,
        [&store = m_services.prompts, &conversations = m_services.conversations,
         &collections = m_services.collections](CancelToken) -> Task<Result<std::shared_ptr<Library>>> {
            auto library = co_await onPool([&store, &conversations] {
                return std::make_shared<Library>(store.prompts().value_or(std::vector<chat::Prompt>()),
                                                 store.presets().value_or(std::vector<chat::Preset>()), QStringList(),
                                                 conversations.folders().value_or(QStringList()),
                                                 conversations.tags().value_or(QStringList()));
            });
            library->collections = (co_await collections.collections()).value_or(QStringList());
            co_return library;
        },
        [this](Result<std::shared_ptr<Library>> library) {
            m_prompts = (*library)->prompts;
            m_presets = (*library)->presets;
            m_collections = (*library)->collections;
            m_folders = (*library)->folders;
            m_tags = (*library)->tags;
            Q_EMIT libraryChanged();
        });
}

void ChatSession::keepPrompts(const std::vector<chat::Prompt> &prompts)
{
    afterWrite(m_services.prompts.put(prompts), [this] { refreshLibrary(); });
}

void ChatSession::removePrompt(const QString &name)
{
    afterWrite(m_services.prompts.removePrompt(name), [this] { refreshLibrary(); });
}

void ChatSession::keepPreset(const chat::Preset &preset)
{
    afterWrite(m_services.prompts.put(preset), [this] { refreshLibrary(); });
}

void ChatSession::removePreset(const QString &name)
{
    afterWrite(m_services.prompts.removePreset(name), [this] { refreshLibrary(); });
}

int ChatSession::runningCount() const
{
    return int(std::ranges::count_if(m_open, &OpenChat::isRunning));
}

void ChatSession::saveNow()
{
    for (const auto &chat : m_open)
        chat->saveDraft();
    rememberCurrent();
    // The writer works in order: once this is done, all before it is.
    m_services.conversations.purge(QDateTime::fromMSecsSinceEpoch(0)).waitForFinished();
}

} // namespace quintet::ui
