// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/receiver.h"
#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace quintet::ui {

class CollectionsPane;
class DocumentPane;
class FailuresPane;
class ModelSession;
class QuestionPane;

/// The Knowledge tab: collections at the left, questions in the middle, the document at the right.
class KnowledgeTab final : public QWidget, public Receiver {
    Q_OBJECT

public:
    /// `session` outlives the tab.
    KnowledgeTab(KnowledgeSession &session, ModelSession &models);

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

    QuestionPane *questions() const { return m_questions; }
    DocumentPane *document() const { return m_document; }

    /// Opens a place in the document pane.
    void showPlace(const ShownPlace &place);

Q_SIGNALS:
    void chatAsked(const QString &collection);  ///< a conversation that is answered from it
    void agentAsked(const QString &collection); ///< an agent that searches it

protected:
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addActions();
    void showFailures();
    void foldPanes();

    KnowledgeSession &m_session;
    CollectionsPane *m_collections;
    QuestionPane *m_questions;
    DocumentPane *m_document;
    FailuresPane *m_failures;
    QStackedWidget *m_detail;
    QSplitter *m_splitter;
};

} // namespace quintet::ui
