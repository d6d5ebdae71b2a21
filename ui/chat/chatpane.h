// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/exchange/chatfile.h"
#include "ui/chat/chatsession.h"
#include "ui/drop/given.h"
#include "ui/models/modelchoice.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace quintet::ui {

class Button;
class Composer;
class ElidedLabel;
class EmptyState;
class ErrorStrip;
class HintStrip;
class ModelPicker;
class ModelSession;
class Transcript;

/// The conversation that is shown: its head, what was said, the composer.
class ChatPane final : public QWidget {
    Q_OBJECT

public:
    ChatPane(ChatSession &session, ModelSession &models);

    Composer *composer() const { return m_composer; }
    HintStrip *hint() const { return m_hint; }
    Transcript *transcript() const { return m_transcript; }

    const chat::MessageId &edited() const { return m_edited; }
    bool edit(const chat::MessageId &id, const QString &text); ///< goes on with an edit; false for an unknown message

    void stopOrLeave(); ///< Esc: leaves what is being edited, else stops the answer
    void askForFiles();
    void answerLastAgain();
    void copyLastAnswer();
    void openModels();
    void exportShown();
    void exportKept(const chat::ConversationId &id, const QString &title);
    void showError(const Error &error);

Q_SIGNALS:
    void optionsAsked();
    void patternAsked(const QString &key, const quintet::ui::Given &given); ///< what is written, for a simpler tab
    void settingsAsked();
    void promptsAsked(const QString &name); ///< to be filled in and written
    void sourceAsked(const quintet::chat::Citation &citation);

private:
    QWidget *makeHead(ModelSession &models);
    QWidget *makeBody();
    void join();
    void showCurrent();
    void showHead();
    void showHint();
    void showEvent(const chat::ConversationEvent &event);
    void showMessageAgain(const chat::MessageId &id);
    void showWhole();
    void act(const QString &message, const QString &action);
    void startEditing(const chat::MessageId &id);
    void leaveEditing();
    void send();
    void editLast();
    void openSource(const QString &message, const QString &label);
    void answerBy(const ModelChoice &choice);
    void askWhere(const QString &title, std::function<Result<chat::ChatFile>()> load);

    ChatSession &m_session;
    QPointer<OpenChat> m_chat; ///< the one whose signals are heard
    ElidedLabel *m_title;
    Button *m_temporary;
    ModelPicker *m_models;
    ModelPicker *m_otherModel; ///< for one answer
    QStackedWidget *m_body;
    EmptyState *m_empty;
    Transcript *m_transcript;
    ErrorStrip *m_error;
    ErrorStrip *m_undo;
    HintStrip *m_hint;
    Composer *m_composer;
    chat::MessageId m_edited;
    QString m_beforeEditing; ///< what stood in the composer
    chat::MessageId m_removed;
    chat::MessageId m_again;     ///< to be answered by another model
    chat::MessageId m_reasoning; ///< the answer whose thinking goes on
    EngineCall<bool> m_exporting;
};

} // namespace quintet::ui
