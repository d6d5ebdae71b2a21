// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/prompts/prompt.h"
#include "llm/server/endpointregistry.h"
#include "store/databasewatch.h"
#include "ui/chat/openchat.h"

namespace quintet::ui {

/// What the Chat tab knows and does: which conversation is shown, which ones go on behind it, where answers come from.
/// Its list is ConversationModel's. Lives on the GUI thread.
class ChatSession final : public QObject {
    Q_OBJECT

public:
    explicit ChatSession(ChatServices services, QObject *parent = nullptr);
    ~ChatSession() override;

    const ChatServices &services() const { return m_services; }

    /// The conversation that is shown; there is always one.
    OpenChat &current() { return *m_current; }

    void startNew(bool isTemporary = false);
    void open(const chat::ConversationId &id, const chat::MessageId &message = {});
    void fork(const chat::MessageId &last); ///< a conversation of its own, up to that message

    void place(const chat::ConversationId &id, const chat::Placement &placement);
    void rename(const chat::ConversationId &id, const QString &title);
    void importFile(const QString &path);

    llm::Endpoint endpoint() const { return m_current->endpoint(); }
    void setEndpoint(const QString &name, const QString &model);
    void refreshEndpoints(); ///< after the settings changed

    const std::vector<chat::Prompt> &prompts() const { return m_prompts; }
    const std::vector<chat::Preset> &presets() const { return m_presets; }
    const QStringList &collections() const { return m_collections; }
    const QStringList &folders() const { return m_folders; }
    const QStringList &tags() const { return m_tags; }
    void keepPrompts(const std::vector<chat::Prompt> &prompts);
    void removePrompt(const QString &name);
    void keepPreset(const chat::Preset &preset);
    void removePreset(const QString &name);
    void refreshLibrary(); ///< prompts, presets, the names of collections, folders and tags

    /// Those that are kept nowhere but here.
    std::vector<OpenChat *> temporaryChats() const;

    /// How many conversations are being answered.
    int runningCount() const;

    /// Writes all drafts and waits for it: when the program ends.
    void saveNow();

Q_SIGNALS:
    void currentChanged();                                  ///< another conversation is shown
    void messageWanted(const quintet::chat::MessageId &id); ///< it should be seen
    void listChanged();                                     ///< something in the list of conversations is different
    void endpointChanged();
    void libraryChanged();
    void runningChanged();
    void waited(const QString &why); ///< in one that is being answered nothing comes for now
    void imported(int conversations, bool isDamaged);
    void failed(const quintet::Error &error); ///< in what is no conversation's own

private:
    void show(std::unique_ptr<OpenChat> chat);
    void watch(OpenChat &chat);
    void dropIdle();
    void reloadCurrent();
    void rememberCurrent() const;
    llm::Endpoint endpointOf(const chat::Settings &settings) const;
    void afterWrite(const QFuture<Result<void>> &written, std::function<void()> then);

    ChatServices m_services;
    llm::EndpointRegistry m_registry;
    OpenChat *m_current = nullptr;
    std::vector<std::unique_ptr<OpenChat>> m_open; ///< the shown one, and those that are being answered
    std::vector<chat::Prompt> m_prompts;
    std::vector<chat::Preset> m_presets;
    QStringList m_collections;
    QStringList m_folders;
    QStringList m_tags;
    QTimer m_purgeTimer;
    EngineCall<std::shared_ptr<std::pair<chat::Conversation, QString>>> m_loading;
    EngineCall<std::shared_ptr<std::pair<chat::Conversation, QString>>> m_reloading;
    QString m_stamp; ///< of what was last read of the one that is shown
    EngineCall<std::pair<int, bool>> m_importing;
    struct Library {
        std::vector<chat::Prompt> prompts;
        std::vector<chat::Preset> presets;
        QStringList collections;
        QStringList folders;
        QStringList tags;
    };
    EngineCall<std::shared_ptr<Library>> m_readingLibrary;
    store::DatabaseWatch m_watch;
};

} // namespace quintet::ui
