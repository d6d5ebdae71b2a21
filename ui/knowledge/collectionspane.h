// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QBoxLayout;

namespace quintet::ui {

class CollectionCard;
class ErrorStrip;

/// The list of collections, and where files are dropped.
class CollectionsPane final : public QWidget {
    Q_OBJECT

public:
    explicit CollectionsPane(KnowledgeSession &session);

    void askForFolder();
    void askForNew();
    void askForImport();

    /// What else can be done with the collection that is chosen, for the menus of the cards.
    void addToMenus(const QList<QAction *> &actions) { m_others = actions; }

Q_SIGNALS:
    void failuresAsked();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeHeader();
    void showAll();
    void showOne(const QString &id);
    CollectionCard *makeCard(const ShownCollection &collection);
    void askForExport(const QString &id);
    void askForRemoval(const QString &id);

    KnowledgeSession &m_session;
    QBoxLayout *m_cards;
    ErrorStrip *m_error;
    std::vector<CollectionCard *> m_shown;
    QList<QAction *> m_others;
};

} // namespace quintet::ui
