// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/prompts/prompt.h"
#include "ui/chat/openchat.h"

#include <QFrame>

class QCompleter;
class QKeyEvent;
class QLabel;
class QMimeData;
class QPlainTextEdit;
class QStringListModel;
class QVBoxLayout;

namespace quintet::ui {

class Button;
class ContextGauge;
class FlowLayout;

/// Where messages are written: Enter sends, Shift+Enter begins a line, "/" takes a prompt, "@" a collection; files and
/// pictures are dropped or pasted. Shows what it is given and tells what the user does.
class Composer final : public QFrame {
    Q_OBJECT

public:
    Composer();

    QString text() const;
    void setText(const QString &text);
    void insert(const QString &text); ///< at the cursor
    void setFiles(const std::vector<DraftFile> &files);
    void setQueue(const std::vector<ChatDraft> &queue);
    void setRunning(bool isRunning);
    void setContext(const chat::ContextUse &use);
    void setCollections(const QStringList &all, const QStringList &chosen);
    void setPrompts(const std::vector<chat::Prompt> &prompts);

    /// Shows that what is written takes the place of a message.
    void setEditing(bool isEditing);
    bool isEditing() const { return m_isEditing; }

Q_SIGNALS:
    void textChanged(const QString &text);
    void sendAsked();
    void stopAsked();
    void attachAsked();
    void filesGiven(const QStringList &paths);
    void pictureGiven(const QByteArray &png);
    void fileRemoved(int id);
    void queuedChosen(size_t place);
    void collectionToggled(const QString &name, bool isChosen);
    void promptChosen(const QString &name);
    void editingCancelled();
    void lastMessageWanted(); ///< to be edited

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QWidget *makeFoot();
    bool handleKey(QKeyEvent *event);
    bool takeData(const QMimeData *data);
    void grow();
    void offerCompletions();
    void complete(const QString &chosen);
    void openCollections();
    void showSending();

    QPlainTextEdit *m_edit;
    QWidget *m_chips;
    FlowLayout *m_chipFlow;
    QWidget *m_queue;
    QVBoxLayout *m_queueColumn;
    QLabel *m_editing;
    Button *m_collectionsButton;
    Button *m_send;
    ContextGauge *m_gauge;
    QCompleter *m_completer;
    QStringListModel *m_completions;
    QStringList m_promptNames;
    QStringList m_collections;
    QStringList m_chosenCollections;
    bool m_isRunning = false;
    bool m_isReading = false;
    bool m_isEditing = false;
    bool m_hasFiles = false;
};

} // namespace quintet::ui
