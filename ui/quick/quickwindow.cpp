// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/quick/quickwindow.h"

#include "ui/drop/dragout.h"
#include "ui/drop/dragsource.h"
#include "ui/drop/given.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScreen>
#include <QWindow>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize usualSize(520, 480);
constexpr int textHeight = 110;
constexpr qsizetype longestPasted = 500'000; // characters

} // namespace

QuickWindow::QuickWindow(QuickSession &session)
    : QWidget(nullptr, Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint),
      m_session(session),
      m_text(new QPlainTextEdit),
      m_question(new QLineEdit),
      m_answer(new Transcript),
      m_error(new ErrorStrip(u"quickError"_s, QMargins(0, 0, 0, 0)))
{
    setObjectName(u"quickWindow"_s);
    setWindowTitle(tr("Quintet: quick answer"));
    setAttribute(Qt::WA_QuitOnClose, false);    // it goes with the program, not the program with it
    setAttribute(Qt::WA_TranslucentBackground); // the card's corners are round
    setAcceptDrops(true);
    resize(usualSize);
    m_text->setObjectName(u"quickText"_s);
    m_text->setAccessibleName(tr("Text"));
    m_text->setPlaceholderText(tr("The text in question: typed, pasted or dropped"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(textHeight);
    m_text->viewport()->setAutoFillBackground(false); // the frame's corners are round
    m_text->document()->setDocumentMargin(8);
    m_text->installEventFilter(this);
    m_question->setObjectName(u"quickQuestion"_s);
    m_question->setAccessibleName(tr("Question"));
    m_question->setPlaceholderText(tr("What do you want to know?"));
    m_answer->setObjectName(u"quickAnswer"_s);
    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(14, 10, 14, 12);
    column->addWidget(makeHead());
    column->addWidget(m_text);
    column->addWidget(m_question);
    column->addWidget(m_error);
    column->addWidget(m_answer, 1);
    column->addWidget(makeFoot());
    QFrame *card = makeCard(u"quickCard"_s);
    card->setLayout(column);
    QBoxLayout *around = makeColumn(0);
    around->addWidget(card);
    setLayout(around);
    join();
    showMode();
    showState();
}

QWidget *QuickWindow::makeHead()
{
    m_modes = new SegmentedControl(u"quickModes"_s, tr("What to do with the text"));
    m_modes->add(Summarize, u"quickSummarize"_s, tr("Summarize"));
    m_modes->add(Ask, u"quickAsk"_s, tr("Ask"));
    m_modes->setCurrent(Summarize);
    auto *close = new Button(u"quickClose"_s, {}, Button::Quiet, Button::Small);
    close->setIcon(icon(u"close"_s));
    close->setAccessibleName(tr("Hide"));
    close->setToolTip(tr("Hide (Esc)"));
    connect(close, &Button::clicked, this, &QWidget::hide);
    QBoxLayout *row = makeRow();
    row->addWidget(makeLabel(tr("Quick answer"), TextStyle::Title), 1);
    row->addWidget(m_modes);
    row->addWidget(close);
    return wrap(row);
}

QWidget *QuickWindow::makeFoot()
{
    m_copy = new Button(u"quickCopy"_s, tr("Copy"), Button::Quiet, Button::Small);
    m_openInTab = new Button(u"quickOpen"_s, tr("Open in its tab"), Button::Quiet, Button::Small);
    m_run = new Button(u"quickRun"_s, tr("Summarize"), Button::Primary);
    QBoxLayout *row = makeRow();
    row->addWidget(m_copy);
    row->addWidget(m_openInTab);
    row->addStretch(1);
    row->addWidget(m_run);
    return wrap(row);
}

void QuickWindow::join()
{
    new DragSource(m_copy, [this]() -> QMimeData * {
        return m_session.answer().isEmpty() ? nullptr : mimeOfMarkdown(m_session.answer());
    });
    connect(m_modes, &SegmentedControl::chosen, this, &QuickWindow::showMode);
    connect(m_run, &Button::clicked, this, [this] { m_session.isRunning() ? m_session.stop() : run(); });
    connect(m_question, &QLineEdit::returnPressed, this, &QuickWindow::run);
    connect(m_question, &QLineEdit::textChanged, this, &QuickWindow::showState);
    connect(m_text, &QPlainTextEdit::textChanged, this, &QuickWindow::showState);
    connect(m_copy, &Button::clicked, this,
            [this] { QGuiApplication::clipboard()->setMimeData(mimeOfMarkdown(m_session.answer())); });
    connect(m_openInTab, &Button::clicked, this, [this] {
        Q_EMIT tabAsked();
        m_session.openInTab();
        hide();
    });
    connect(m_answer, &Transcript::linkActivated, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(&m_session, &QuickSession::began, this, [this](const Message &message) {
        m_error->hide();
        m_answer->setMessages({message});
        m_answer->show();
        showState();
    });
    connect(&m_session, &QuickSession::grew, this, [this](const QString &id, const QString &text) {
        m_answer->appendText(id, text);
        showState();
    });
    connect(&m_session, &QuickSession::ended, m_answer, &Transcript::setMessage);
    connect(&m_session, &QuickSession::ended, this, &QuickWindow::showState);
    connect(&m_session, &QuickSession::failed, this, [this](const Error &error) { m_error->showError(error.message); });
    connect(&m_session, &QuickSession::runningChanged, this, &QuickWindow::showState);
}

void QuickWindow::open()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    const QString clipboard = data && data->hasText() ? data->text().left(longestPasted) : QString();
    // What was typed here is not overwritten.
    const bool isOwn = !m_text->toPlainText().isEmpty() && m_text->toPlainText() != m_pasted;
    if (!m_session.isRunning() && !isOwn && !clipboard.trimmed().isEmpty() && clipboard != m_pasted) {
        m_text->setPlainText(clipboard);
        m_pasted = clipboard;
        m_answer->setMessages({});
    }
    if (!isVisible()) {
        const QScreen *const near = screen();
        move(near->availableGeometry().center() - QPoint(width() / 2, height() / 2));
    }
    show();
    raise();
    activateWindow();
    if (m_modes->current() == Ask)
        m_question->setFocus();
    else
        m_text->setFocus();
}

void QuickWindow::showMode()
{
    const bool asks = m_modes->current() == Ask;
    m_question->setVisible(asks);
    m_run->setText(asks ? tr("Ask") : tr("Summarize"));
    if (asks)
        m_question->setFocus();
    showState();
}

void QuickWindow::showState()
{
    const bool asks = m_modes->current() == Ask;
    const bool isRunning = m_session.isRunning();
    const bool canRun = asks ? !m_question->text().trimmed().isEmpty() : !m_text->document()->isEmpty();
    m_run->setText(isRunning ? tr("Stop") : asks ? tr("Ask") : tr("Summarize"));
    m_run->setAccessibleName(m_run->text());
    m_run->setEnabled(isRunning || canRun);
    m_copy->setEnabled(!m_session.answer().isEmpty());
    m_openInTab->setEnabled(!isRunning && !m_session.answer().isEmpty());
}

void QuickWindow::run()
{
    if (m_session.isRunning() || !m_run->isEnabled())
        return;
    if (m_modes->current() == Ask)
        m_session.ask(m_question->text().trimmed(), m_text->toPlainText());
    else
        m_session.summarize(m_text->toPlainText());
}

void QuickWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    if (m_session.isRunning())
        m_session.stop();
    else
        hide();
}

bool QuickWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && key->modifiers() & Qt::ControlModifier) {
            run();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void QuickWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    Q_EMIT hidden();
}

/// It has no title bar: it is moved by what is no control.
void QuickWindow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && windowHandle())
        windowHandle()->startSystemMove();
}

void QuickWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasText())
        event->acceptProposedAction();
}

void QuickWindow::dropEvent(QDropEvent *event)
{
    const Given given = givenFrom(*event->mimeData());
    if (given.text.isEmpty())
        return;
    event->acceptProposedAction();
    m_text->setPlainText(given.text);
}

} // namespace quintet::ui
