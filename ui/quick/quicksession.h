// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/openchat.h"
#include "ui/summarize/summarizesession.h"
#include "ui/transcript/message.h"

namespace quintet::ui {

/// What the quick window does: one text, summarized as on the Summarize tab or asked about as on the Chat tab, with one
/// answer at a time. What it is given is its own: no draft of a tab is touched. Lives on the GUI thread.
class QuickSession final : public QObject {
    Q_OBJECT
    Q_MOC_INCLUDE("ui/transcript/message.h")

public:
    /// The services are those of the tabs and outlive the session.
    QuickSession(const SummarizeServices &summarizing, const ChatServices &chatting, QObject *parent = nullptr);
    ~QuickSession() override;

    void summarize(const QString &text);

    /// Asks about `text`, or into the blue if that is empty.
    void ask(const QString &question, const QString &text);

    void stop();
    bool isRunning() const { return m_isRunning; }

    /// Markdown, as far as it came.
    const QString &answer() const { return m_answer; }

    /// Brings what was done last to its tab: the text with its wish, or the conversation, which is kept from then on.
    void openInTab();

    void refreshEndpoints();

Q_SIGNALS:
    void runningChanged();
    void began(const quintet::ui::Message &message); ///< the answer, still empty
    void grew(const QString &id, const QString &text);
    void ended(const quintet::ui::Message &message); ///< the answer, whole
    void failed(const quintet::Error &error);
    void summaryWanted(const QString &text);
    void conversationWanted(const quintet::chat::ConversationId &id);

private:
    void begin();
    void setRunning(bool isRunning);
    void endSummary();
    void take(const chat::ConversationEvent &event);

    ChatServices m_services;
    llm::EndpointRegistry m_registry;
    SummarizeSession m_summarizing;
    std::unique_ptr<OpenChat> m_chat; ///< of the last question
    QString m_text;
    QString m_answer;
    bool m_isRunning = false;
    bool m_hasFailed = false;
};

} // namespace quintet::ui
