// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/list/conversationmodel.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QAction;
class QMenu;

namespace quintet::ui {

class ErrorStrip;

/// The conversations at the left: search, a new one, and what can be done with each. Tells what the user wants;
/// changes nothing by itself.
class ConversationListPane final : public QWidget {
    Q_OBJECT

public:
    explicit ConversationListPane(ConversationModel &model);

    void setCurrent(const chat::ConversationId &id);
    void focusSearch();

    /// What the list can be narrowed down to, in its menu.
    void setPlaces(const QStringList &folders, const QStringList &tags);

    /// One more thing to do, in its menu; the action outlives the pane.
    void addToMenu(QAction *action);

    /// Temporary conversations that are open: in no list, so that the menu leads back to them.
    void setTemporary(const QList<std::pair<chat::ConversationId, QString>> &conversations);

    /// Says that a conversation was removed, with a way to take it back.
    void offerUndo(const chat::ConversationId &id, const QString &title);

Q_SIGNALS:
    void newAsked(bool isTemporary);
    void openAsked(const quintet::chat::ConversationId &id, const quintet::chat::MessageId &found);
    void placeAsked(const quintet::chat::ConversationId &id, const quintet::chat::Placement &placement);
    void renameAsked(const quintet::chat::ConversationId &id, const QString &title);
    void exportAsked(const quintet::chat::ConversationId &id, const QString &title);
    void importAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeHead();
    void openRow(const QModelIndex &index);
    void fillMore();
    void showMenu(const QPoint &at);
    void fillMenu(QMenu &menu, const chat::ConversationRow &row);
    void rename(const chat::ConversationRow &row);
    void chooseFolder(const chat::ConversationRow &row);
    void chooseTags(const chat::ConversationRow &row);
    void remove(const chat::ConversationRow &row);
    void showEmptiness();

    ConversationModel &m_model;
    QLineEdit *m_search;
    QListView *m_view;
    QWidget *m_nothing;
    ErrorStrip *m_undo;
    QMenu *m_more;
    QList<QAction *> m_others; ///< of the menu
    QStringList m_folders;
    QStringList m_tags;
    QList<std::pair<chat::ConversationId, QString>> m_temporary;
    chat::ConversationId m_selected; ///< before the list was read anew
    chat::ConversationId m_current;
    chat::ConversationId m_removed;
};

} // namespace quintet::ui
