// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/chatsession.h"
#include "ui/drop/receiver.h"

#include <QWidget>

class QSplitter;

namespace quintet::ui {

class ChatOptions;
class ChatPane;
class ConversationListPane;
class ConversationModel;
class ModelSession;
class PromptLibrary;

/// Conversations: the list at the left, the one that is shown, its options at the right.
class ChatTab final : public QWidget, public Receiver {
    Q_OBJECT

public:
    ChatTab(ChatSession &session, ModelSession &models);
    ~ChatTab() override;

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

    ChatPane *pane() const { return m_pane; }

    /// The message that is being edited and how it reads by now; none has an empty id.
    std::pair<chat::MessageId, QString> edit() const;
    /// Takes such an edit up again; false if the conversation that is shown has no such message.
    bool edit(const chat::MessageId &id, const QString &text);

    /// Those that the list has read, with their titles.
    std::vector<std::pair<chat::ConversationId, QString>> conversations() const;

Q_SIGNALS:
    void connectionAsked(); ///< the user wants to set up a server
    void editChanged();
    void sourceAsked(const quintet::chat::Citation &citation);
    void patternAsked(const QString &key, const quintet::ui::Given &given); ///< what is written, for a simpler tab
    void batchAsked(const QStringList &paths); ///< for the files of the conversation that is shown

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void join();
    void addActions();
    void foldPanes();
    void carryFiles();
    void openLibrary();
    void usePrompt(const QString &name);
    void importConversations();

    ChatSession &m_session;
    std::unique_ptr<ConversationModel> m_model;
    ConversationListPane *m_list;
    ChatPane *m_pane;
    ChatOptions *m_options;
    QSplitter *m_splitter;
    PromptLibrary *m_library = nullptr; ///< made when it is first opened
    bool m_listWanted = true;
};

} // namespace quintet::ui
