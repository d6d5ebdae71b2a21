// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchtab.h"

#include "ui/batch/batchsession.h"
#include "ui/batch/runlist.h"
#include "ui/batch/runview.h"
#include "ui/batch/setupview.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

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
      m_splitter(new QSplitter)
{
    setObjectName(u"batchTab"_s);
    m_pages->setObjectName(u"batchPages"_s);
    m_pages->addWidget(m_setUp);
    m_pages->addWidget(m_run);
    QBoxLayout *middle = makeColumn(0);
    middle->addWidget(m_error);
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
    showShown();
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

QByteArray BatchTab::saveState() const
{
    return m_splitter->saveState();
}

void BatchTab::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
}

} // namespace quintet::ui
