// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/knowledgetab.h"

#include "ui/knowledge/collectionspane.h"
#include "ui/knowledge/documentpane.h"
#include "ui/knowledge/failurespane.h"
#include "ui/knowledge/questionpane.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int foldBelow = 980; // of the tab: with a document open the list folds away

} // namespace

KnowledgeTab::KnowledgeTab(KnowledgeSession &session, ModelSession &models)
    : m_session(session),
      m_collections(new CollectionsPane(session)),
      m_questions(new QuestionPane(session, models)),
      m_document(new DocumentPane(session)),
      m_failures(new FailuresPane(session)),
      m_detail(new QStackedWidget),
      m_splitter(new QSplitter)
{
    setObjectName(u"knowledgeTab"_s);
    m_detail->addWidget(m_document);
    m_detail->addWidget(m_failures);
    m_detail->hide();
    m_splitter->setObjectName(u"knowledgeSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_collections);
    m_splitter->addWidget(m_questions);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({230, 545, 430});
    m_collections->setMinimumWidth(200);
    m_questions->setMinimumWidth(340);
    m_detail->setMinimumWidth(300);
    QBoxLayout *row = makeRow(0);
    row->addWidget(m_splitter);
    setLayout(row);

    connect(m_questions, &QuestionPane::placeChosen, this, &KnowledgeTab::showPlace);
    connect(m_questions, &QuestionPane::folderAsked, m_collections, &CollectionsPane::askForFolder);
    connect(m_collections, &CollectionsPane::failuresAsked, this, &KnowledgeTab::showFailures);
    const auto close = [this] {
        m_detail->hide();
        foldPanes();
    };
    connect(m_document, &DocumentPane::closeAsked, this, close);
    connect(m_failures, &FailuresPane::closeAsked, this, close);
    auto *stop = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    stop->setContext(Qt::WidgetWithChildrenShortcut);
    stop->setEnabled(false);
    connect(stop, &QShortcut::activated, &m_session, &KnowledgeSession::stop);
    connect(&m_session, &KnowledgeSession::runningChanged, stop,
            [this, stop] { stop->setEnabled(m_session.isRunning()); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_questions->transcript(), &Transcript::openFindBar);
}

void KnowledgeTab::showPlace(const ShownPlace &place)
{
    m_detail->setCurrentWidget(m_document);
    m_detail->show();
    foldPanes();
    m_document->showPlace(place);
}

void KnowledgeTab::showFailures()
{
    m_detail->setCurrentWidget(m_failures);
    m_detail->show();
    foldPanes();
    m_failures->refresh();
}

/// In a narrow window what is read has the room.
void KnowledgeTab::foldPanes()
{
    m_collections->setVisible(width() >= foldBelow || !m_detail->isVisibleTo(this));
}

void KnowledgeTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    foldPanes();
}

/// A focus proxy would take the other controls out of the order of Tab.
void KnowledgeTab::focusInEvent(QFocusEvent *event)
{
    m_questions->line()->setFocus(event->reason());
}

QByteArray KnowledgeTab::saveState() const
{
    return m_splitter->saveState();
}

void KnowledgeTab::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
    m_detail->hide();
}

} // namespace quintet::ui
