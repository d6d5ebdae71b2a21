// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchtab.h"

#include "ui/actions/action.h"
#include "ui/batch/batchsession.h"
#include "ui/batch/runlist.h"
#include "ui/batch/runview.h"
#include "ui/batch/setupview.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QSplitter>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualListWidth = 250;
constexpr int narrowListWidth = 190;
constexpr int narrow = 900;

} // namespace

BatchTab::BatchTab(BatchSession &session, ModelSession &models)
    : m_session(session),
      m_list(new RunList(session)),
      m_pages(new QStackedWidget),
      m_setUp(new SetUpView(session, models)),
      m_run(new RunView(session)),
      m_error(new ErrorStrip(u"batchError"_s, QMargins(16, 12, 16, 0))),
      m_undo(new ErrorStrip(u"batchUndo"_s, QMargins(16, 12, 16, 0), ErrorStrip::Notice)),
      m_splitter(new QSplitter)
{
    setObjectName(u"batchTab"_s);
    m_pages->setObjectName(u"batchPages"_s);
    m_pages->addWidget(m_setUp);
    m_pages->addWidget(m_run);
    QBoxLayout *middle = makeColumn(0);
    middle->addWidget(m_error);
    middle->addWidget(m_undo);
    middle->addWidget(m_pages, 1);
    m_splitter->setObjectName(u"batchSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(makePane(u"batchMiddle"_s, middle, QPalette::Window));
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({usualListWidth, 900});
    QBoxLayout *row = makeRow(0);
    row->addWidget(m_splitter);
    setLayout(row);
    connect(m_setUp, &SetUpView::connectionAsked, this, &BatchTab::connectionAsked);
    connect(&m_session, &BatchSession::shownChanged, this, &BatchTab::showShown);
    connect(&m_session, &BatchSession::failed, this, [this](const Error &error) { m_error->showError(error.message); });
    connect(&m_session, &BatchSession::draftChanged, m_error, &QWidget::hide);
    connect(&m_session, &BatchSession::shownChanged, m_error, &QWidget::hide);
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        m_session.setUp();
        m_session.setDraft(m_before);
    });
    connect(&m_session, &BatchSession::shownChanged, m_undo, [this] {
        if (m_session.shown())
            m_undo->hide();
    });
    showShown();
    addActions();
}

void BatchTab::addActions()
{
    const auto press = [this](const QString &key, const QString &text, const QString &button,
                              const QList<QKeySequence> &keys = {}) {
        makeAction(this, u"batch."_s + key, text, findChild<QAbstractButton *>(button), keys);
    };
    press(u"newRun"_s, tr("New run"), u"newRun"_s, {QKeySequence::New});
    press(u"folder"_s, tr("Choose a folder of items…"), u"dropZoneAction"_s, {QKeySequence::Open});
    press(u"files"_s, tr("Choose files or a table…"), u"chooseFiles"_s);
    press(u"try"_s, tr("Try on 3 items"), u"tryItems"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_Return});
    press(u"start"_s, tr("Start the run"), u"startRun"_s, {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    press(u"goOn"_s, tr("Pause or go on with the run"), u"goOn"_s, {Qt::CTRL | Qt::Key_P});
    press(u"cancel"_s, tr("Cancel the run"), u"cancelRun"_s);
    press(u"results"_s, tr("Open the results"), u"openResults"_s);
    const auto add = [this](const QString &key, const QString &text, auto does) {
        QAction *action = makeAction(this, u"batch."_s + key, text);
        connect(action, &QAction::triggered, this, [this, does] {
            if (const batch::Run *run = m_session.shown())
                (m_session.*does)(run->id.value);
        });
        action->setEnabled(m_session.shown());
        connect(&m_session, &BatchSession::shownChanged, action,
                [this, action] { action->setEnabled(m_session.shown()); });
    };
    add(u"again"_s, tr("Run again, changed…"), &BatchSession::setUpLike);
    QAction *knowledge = makeAction(this, u"batch.knowledge"_s, tr("Make a collection of the results"));
    const auto enable = [this, knowledge] { knowledge->setEnabled(m_session.shown() && m_session.shown()->done > 0); };
    enable();
    connect(&m_session, &BatchSession::shownChanged, knowledge, enable);
    connect(&m_session, &BatchSession::runsChanged, knowledge, enable);
    connect(knowledge, &QAction::triggered, this, [this] {
        if (const batch::Run *run = m_session.shown())
            Q_EMIT knowledgeAsked(run->id.value);
    });
    m_run->addToMenu(knowledge);
}

void BatchTab::showShown()
{
    m_pages->setCurrentWidget(m_session.shown() ? static_cast<QWidget *>(m_run) : m_setUp);
}

void BatchTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < narrow;
    if (std::exchange(m_isNarrow, isNarrow) != isNarrow)
        m_splitter->setSizes({isNarrow ? narrowListWidth : usualListWidth, width()});
}

QString BatchTab::offer(const Given &given) const
{
    if (!given.paths.isEmpty())
        return tr("Take as the items of a run");
    return given.text.trimmed().isEmpty() ? QString() : tr("Take as the prompt of a run");
}

void BatchTab::receive(const Given &given)
{
    const batch::RunSpec before = m_session.draft();
    if (!given.paths.isEmpty())
        m_session.setSource(given.paths);
    else
        m_session.setUp();
    if (!given.text.trimmed().isEmpty()) {
        batch::RunSpec draft = m_session.draft();
        draft.task = batch::TaskKind::Prompt;
        draft.prompt = given.text.trimmed();
        m_session.setDraft(std::move(draft));
    }
    offerUndo(before);
}

/// Where what was set up before is replaced.
void BatchTab::offerUndo(const batch::RunSpec &before)
{
    const batch::RunSpec &now = m_session.draft();
    const bool isReplaced = (before.source != now.source && before.source != batch::SourceSpec())
                            || (before.prompt != now.prompt && !before.prompt.isEmpty());
    if (!isReplaced)
        return m_undo->hide();
    m_before = before;
    m_undo->showError(tr("This takes the place of the run that you were setting up."), tr("Undo"));
}

} // namespace quintet::ui
