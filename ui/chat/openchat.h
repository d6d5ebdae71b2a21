// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "ui/chat/chatdraft.h"
#include "ui/chat/chatservices.h"

#include <QTimer>

#include <map>

namespace quintet::ui {

/// A file that is on its way into a message.
struct DraftFile {
    int id = 0;
    QString name;
    std::optional<chat::Attachment> attachment; ///< once it is read
    std::optional<Error> error;                 ///< why it cannot be

    bool operator==(const DraftFile &) const = default;
};

/// A conversation that is open in the window, shown or not: what was said, what is being written, the answer under way.
/// All that happens to the conversation is told by happened(), and is kept unless the conversation is temporary. Lives
/// on the GUI thread.
class OpenChat final : public QObject {
    Q_OBJECT

public:
    /// `endpointOf`: where a conversation with such settings asks.
    using EndpointOf = std::function<llm::Endpoint(const chat::Settings &)>;

    OpenChat(const ChatServices &services, EndpointOf endpointOf, chat::Conversation conversation, ChatDrafts drafts,
             bool isTemporary);
    ~OpenChat() override;

    const chat::Conversation &conversation() const { return m_conversation; }
    bool isTemporary() const { return m_isTemporary; }
    llm::Endpoint endpoint() const { return m_endpointOf(m_conversation.settings()); }

    // what is being written
    const QString &draftText() const { return m_drafts.written.text; }
    void setDraftText(const QString &text);
    const std::vector<DraftFile> &files() const { return m_files; }
    bool isReadingFiles() const;
    void addFiles(const QStringList &paths);
    void addBytes(const QByteArray &bytes, const QString &name); ///< a pasted picture
    void removeFile(int id);
    const std::vector<ChatDraft> &queue() const { return m_drafts.queue; }
    void takeFromQueue(size_t place); ///< back into the composer, in front of what stands there
    const chat::ContextUse &context() const { return m_context; }
    void measure();   ///< soon: the model may have changed
    void saveDraft(); ///< now, if it is new; does not wait

    // what is said
    void send(); ///< what is written; behind an answer under way it waits in line
    void edit(const chat::MessageId &id, const QString &text); ///< another version; one of the user's is answered anew
    void answerAgain(const chat::MessageId &id, const std::optional<llm::EndpointChoice> &by = {});
    void resume(const chat::MessageId &id);
    void stop();
    bool isRunning() const { return m_isRunning; }

    // the conversation itself
    void choose(const chat::MessageId &id);
    bool setRemoved(const chat::MessageId &id, bool isRemoved); ///< not while an answer runs
    void condense(const chat::MessageId &last); ///< all up to and with it; where it is, it is told in full again
    void setTitle(const QString &title);
    void setSettings(const chat::Settings &settings);
    void keep();                                     ///< a temporary conversation is kept from now on
    void replaceBy(chat::Conversation conversation); ///< another process changed it

    /// Counts what happened here. While something is still to be written, what the database says is old.
    int revision() const { return m_revision; }
    bool isSettled() const { return !m_isRunning && m_writes == 0 && !m_isNaming && !isReadingFiles(); }

Q_SIGNALS:
    void happened(const quintet::chat::ConversationEvent &event);
    void replaced(); ///< all of the conversation
    void runningChanged();
    void queueChanged();
    void filesChanged();
    void draftReplaced(); ///< by another than the composer
    void contextChanged();
    void waited(const QString &why); ///< nothing comes for now
    void failed(const quintet::Error &error);
    void cleared(); ///< of what failed

private:
    void apply(const chat::ConversationEvent &event);
    void take(const std::vector<chat::ConversationEvent> &events);
    void addMessage(ChatDraft draft, const chat::MessageId &parent);
    void answer(const chat::MessageId &question, const llm::Endpoint &endpoint);
    void run(std::function<Task<Result<chat::Answered>>(chat::Responder::Sink, CancelToken)> work);
    void finish(const Result<chat::Answered> &result);
    void giveTitle();
    void readFile(DraftFile file, document::Source source);
    chat::Ask askFor(const chat::MessageId &message, const llm::Endpoint &endpoint) const;
    void changeDraft();

    ChatServices m_services;
    EndpointOf m_endpointOf;
    chat::Conversation m_conversation;
    ChatDrafts m_drafts;
    bool m_isTemporary;
    bool m_isRunning = false;
    bool m_isNaming = false;
    bool m_isDraftNew = false; ///< since it was last written
    std::vector<DraftFile> m_files;
    int m_nextFile = 1;
    int m_revision = 0;
    int m_writes = 0; ///< under way
    chat::ContextUse m_context;
    QTimer m_draftTimer;
    QTimer m_measureTimer;
    FrameGatherer<chat::ConversationEvent> m_gatherer;
    EngineCall<chat::Answered> m_answering;
    EngineCall<bool> m_naming;
    EngineCall<bool> m_keeping;
    EngineCall<chat::ContextUse> m_measuring;
    std::map<int, EngineCall<chat::Attachment>> m_reading;
};

} // namespace quintet::ui
