// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/chatsession.h"

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
class ChatTab final : public QWidget {
    Q_OBJECT

public:
    ChatTab(ChatSession &session, ModelSession &models);
    ~ChatTab() override;

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    ChatPane *pane() const { return m_pane; }

Q_SIGNALS:
    void connectionAsked(); ///< the user wants to set up a server
    void sourceAsked(const quintet::chat::Citation &citation);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void join();
    void addShortcuts();
    void foldPanes();
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
