// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/knowledgetab.h"

#include "ui/actions/action.h"
#include "ui/knowledge/collectionspane.h"
#include "ui/knowledge/documentpane.h"
#include "ui/knowledge/failurespane.h"
#include "ui/knowledge/questionpane.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLineEdit>
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
    addActions();
}

void KnowledgeTab::addActions()
{
    const auto add = [this](const QString &key, const QString &text, const QList<QKeySequence> &keys, auto receiver,
                            auto slot) {
        QAction *action = makeAction(this, u"knowledge."_s + key, text, keys);
        connect(action, &QAction::triggered, receiver, slot);
        return action;
    };
    add(u"newCollection"_s, tr("New collection…"), {QKeySequence::New}, m_collections, &CollectionsPane::askForNew);
    add(u"addFolder"_s, tr("Add a folder to the collection…"), {QKeySequence::Open}, m_collections,
        &CollectionsPane::askForFolder);
    add(u"import"_s, tr("Import a collection…"), {}, m_collections, &CollectionsPane::askForImport);
    add(u"ask"_s, tr("Ask a question"), {Qt::CTRL | Qt::Key_L}, this, [this] {
        m_session.setMode(KnowledgeSession::Ask);
        m_questions->line()->setFocus();
    });
    add(u"search"_s, tr("Search the collection"), {Qt::CTRL | Qt::SHIFT | Qt::Key_F}, this, [this] {
        m_session.setMode(KnowledgeSession::Search);
        m_questions->line()->setFocus();
    });
    add(u"inspect"_s, tr("See through a question's hits"), {Qt::CTRL | Qt::SHIFT | Qt::Key_I}, this, [this] {
        m_session.setMode(KnowledgeSession::Inspect);
        m_questions->line()->setFocus();
    });
    add(u"find"_s, tr("Find in the answers"), {QKeySequence::Find}, m_questions->transcript(),
        &Transcript::openFindBar);
    const auto carry = [this](auto signal) {
        return [this, signal] {
            if (const ShownCollection *current = m_session.current())
                Q_EMIT(this->*signal)(current->info.settings.name);
        };
    };
    QAction *chat = add(u"chat"_s, tr("Chat with this collection"), {}, this, carry(&KnowledgeTab::chatAsked));
    QAction *agent =
        add(u"agent"_s, tr("Give this collection to an agent"), {}, this, carry(&KnowledgeTab::agentAsked));
    const auto enable = [this, chat, agent] {
        chat->setEnabled(m_session.current());
        agent->setEnabled(m_session.current());
    };
    enable();
    connect(&m_session, &KnowledgeSession::currentChanged, chat, enable);
    connect(&m_session, &KnowledgeSession::collectionsChanged, chat, enable);
    m_collections->addToMenus({chat, agent});
    QAction *stop = add(u"stop"_s, tr("Stop the answer"), {Qt::Key_Escape}, &m_session, &KnowledgeSession::stop);
    stop->setEnabled(false); // while nothing runs, Esc is for whoever has the focus
    connect(&m_session, &KnowledgeSession::runningChanged, stop,
            [this, stop] { stop->setEnabled(m_session.isRunning()); });
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

QString KnowledgeTab::offer(const Given &given) const
{
    const ShownCollection *current = m_session.current();
    if (!given.paths.isEmpty())
        return current ? tr("Add to %1").arg(current->info.settings.name) : tr("Make a collection of it");
    return given.text.trimmed().isEmpty() || !current ? QString() : tr("Ask %1").arg(current->info.settings.name);
}

void KnowledgeTab::receive(const Given &given)
{
    if (!given.paths.isEmpty())
        m_session.add(given.paths);
    if (given.text.trimmed().isEmpty())
        return;
    // As if it were typed over what stands there: Ctrl+Z brings that back.
    m_questions->line()->selectAll();
    m_questions->line()->insert(given.text.simplified());
    m_questions->line()->setFocus();
}

} // namespace quintet::ui
