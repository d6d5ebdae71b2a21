// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "base/error.h"
#include "ui/actions/action.h"
#include "ui/drop/dropframe.h"
#include "ui/drop/receiver.h"
#include "ui/shell/rail.h"
#include "ui/shell/railbutton.h"
#include "ui/shell/startpage.h"
#include "ui/shell/statusline.h"
#include "ui/shell/taborder.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QWindow>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int paneStep = 24;

bool isEditor(const QObject *object)
{
    return qobject_cast<const QLineEdit *>(object) || qobject_cast<const QPlainTextEdit *>(object)
           || (object->isWidgetType() && qobject_cast<const QPlainTextEdit *>(object->parent()));
}

} // namespace

MainWindow::MainWindow()
    : m_rail(new Rail),
      m_home(new RailButton(u"home"_s, icon(u"logo"_s), {}, tr("Start"))),
      m_usageButton(new RailButton(u"usage"_s, icon(u"usage"_s), tr("Usage"), tr("Usage"))),
      m_settingsButton(new RailButton(u"settings"_s, icon(u"settings"_s), tr("Settings"), tr("Settings"))),
      m_pages(new QStackedWidget),
      m_start(new StartPage),
      m_status(new StatusLine),
      m_notice(new ErrorStrip(u"windowNotice"_s, {12, 8, 12, 0}, ErrorStrip::Notice)),
      m_dropFrame(new DropFrame(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Quintet"_s);
    setWindowIcon(QIcon(u":/icons/quintet.svg"_s));
    setAcceptDrops(true);
    setMinimumSize(720, 480);
    // Less what a frame and a panel take.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)));
    m_pages->setObjectName(u"pages"_s);
    m_pages->addWidget(m_start);

    QBoxLayout *rail = makeColumn(0);
    rail->setContentsMargins(0, 6, 0, 6);
    rail->addWidget(m_home);
    rail->addSpacing(3);
    rail->addWidget(m_rail);
    rail->addStretch(1);
    rail->addWidget(m_usageButton);
    rail->addWidget(m_settingsButton);
    m_usageButton->hide();
    m_settingsButton->hide();
    auto *edge = new QFrame;
    edge->setFrameShape(QFrame::VLine);
    edge->setFixedWidth(1);
    QBoxLayout *work = makeColumn(0);
    work->addWidget(m_notice);
    work->addWidget(m_pages, 1);
    work->addWidget(makeHairline());
    work->addWidget(m_status);
    QBoxLayout *row = makeRow(0);
    row->addWidget(makePane(u"railPane"_s, rail, QPalette::Midlight));
    row->addWidget(edge);
    row->addLayout(work, 1);
    setLayout(row);

    connect(m_rail, &QTabBar::currentChanged, this, &MainWindow::showTab);
    connect(m_rail, &QTabBar::tabBarClicked, this, &MainWindow::showTab);
    connect(m_home, &RailButton::clicked, this, [this] { showPage(u"start"_s); });
    connect(m_usageButton, &RailButton::clicked, this, [this] { showPage(u"usage"_s); });
    connect(m_status, &StatusLine::usageAsked, this, [this] { showPage(u"usage"_s); });
    connect(m_settingsButton, &RailButton::clicked, this, [this] { showPage(u"settings"_s); });
    connect(m_start, &StartPage::tabChosen, this, &MainWindow::showPage);
    connect(addAction(u"start"_s, tr("Go to the start page"), {Qt::CTRL | Qt::Key_0}), &QAction::triggered, this,
            [this] { showPage(u"start"_s); });
    connect(addAction(u"usage"_s, tr("Show the usage"), {Qt::CTRL | Qt::Key_U}), &QAction::triggered, this,
            [this] { showPage(u"usage"_s); });
    connect(addAction(u"settings"_s, tr("Open the settings"), {Qt::CTRL | Qt::Key_Comma}), &QAction::triggered, this,
            [this] { showPage(u"settings"_s); });
    connect(addAction(u"wider"_s, tr("Make this pane wider"), {Qt::CTRL | Qt::ALT | Qt::Key_Right}),
            &QAction::triggered, this, [this] { widenPane(paneStep); });
    connect(addAction(u"narrower"_s, tr("Make this pane narrower"), {Qt::CTRL | Qt::ALT | Qt::Key_Left}),
            &QAction::triggered, this, [this] { widenPane(-paneStep); });
    connect(addAction(u"quit"_s, tr("Quit"), {Qt::CTRL | Qt::Key_Q}), &QAction::triggered, this, &MainWindow::quit);
    QApplication::instance()->installEventFilter(this);
    showPage(u"start"_s);
}

/// What a splitter's handle does, by keyboard: for the pane that has the focus.
void MainWindow::widenPane(int by)
{
    QWidget *pane = focusWidget();
    QSplitter *splitter = nullptr;
    while (pane && !(splitter = qobject_cast<QSplitter *>(pane->parentWidget())))
        pane = pane->parentWidget();
    if (!splitter)
        return;
    QList<int> sizes = splitter->sizes();
    const int at = splitter->indexOf(pane);
    int other = at + 1;
    while (other < sizes.size() && !splitter->widget(other)->isVisible())
        ++other;
    if (other >= sizes.size())
        other = at - 1;
    if (other < 0)
        return;
    sizes[at] += by;
    sizes[other] -= by;
    splitter->setSizes(sizes);
    Q_EMIT splitter->splitterMoved(sizes[at], at);
}

QAction *MainWindow::addAction(const QString &key, const QString &text, const QList<QKeySequence> &shortcuts)
{
    QAction *action = makeAction(this, u"window."_s + key, text, shortcuts);
    action->setShortcutContext(Qt::WindowShortcut);
    return action;
}

void MainWindow::runAction(QAction *action)
{
    for (size_t i = 0; i < m_tabPages.size(); ++i) {
        if (m_tabPages[i] == pageOf(action) || m_tabPages[i]->isAncestorOf(pageOf(action)))
            showPage(m_tabs[qsizetype(i)]);
    }
    if (m_settings && (m_settings == pageOf(action) || m_settings->isAncestorOf(pageOf(action))))
        showPage(u"settings"_s);
    action->trigger();
}

Receiver *MainWindow::receiver(const QString &key) const
{
    if (key == u"start")
        return m_start;
    const auto tab = m_tabs.indexOf(key);
    return tab < 0 ? nullptr : dynamic_cast<Receiver *>(m_tabPages[size_t(tab)]);
}

bool MainWindow::give(const QString &key, const Given &given)
{
    Receiver *page = receiver(key);
    if (!page || page->offer(given).isEmpty() || !showPage(key))
        return false;
    page->receive(given);
    return true;
}

void MainWindow::addTab(const QString &key, const QString &title, const QIcon &icon, QWidget *page)
{
    m_tabs << key;
    m_tabPages.push_back(page);
    m_pages->addWidget(page);
    {
        const QSignalBlocker blocker(m_rail); // the first tab would come to the front by itself
        const int index = m_rail->addTab(icon, title);
        m_rail->setAccessibleTabName(index, title);
        const auto digit = static_cast<Qt::Key>(Qt::Key_1 + index);
        QAction *action = addAction(key, tr("Go to %1").arg(title), {Qt::CTRL | digit});
        const auto showKeys = [this, action, title, index] {
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            m_rail->setTabToolTip(index, keys.isEmpty() ? title : tr("%1 (%2)").arg(title, keys));
        };
        connect(action, &QAction::changed, m_rail, showKeys);
        connect(action, &QAction::triggered, this, [this, key] { showPage(key); });
        showKeys();
    }
    m_rail->updateGeometry();
    m_start->setTabs(m_tabs);
}

void MainWindow::setSettings(QWidget *page)
{
    m_settings = page;
    m_pages->addWidget(page);
    m_settingsButton->show();
}

void MainWindow::setUsage(QWidget *page)
{
    m_usage = page;
    m_pages->addWidget(page);
    m_usageButton->setToolTip(tr("Usage (Ctrl+U)"));
    m_usageButton->show();
}

void MainWindow::showTab(int index)
{
    if (index < 0 || index >= m_tabs.size())
        return;
    showWidget(m_tabPages[static_cast<size_t>(index)], true);
}

bool MainWindow::showPage(const QString &key)
{
    if (const auto tab = static_cast<int>(m_tabs.indexOf(key)); tab >= 0) {
        {
            const QSignalBlocker blocker(m_rail);
            m_rail->setCurrentIndex(tab);
        }
        showTab(tab);
        return true;
    }
    QWidget *page = key == u"start"      ? static_cast<QWidget *>(m_start)
                    : key == u"usage"    ? m_usage
                    : key == u"settings" ? m_settings
                                         : nullptr;
    if (page)
        showWidget(page, false);
    return page;
}

void MainWindow::showWidget(QWidget *page, bool isTab)
{
    m_pages->setCurrentWidget(page);
    m_rail->setCurrentShown(isTab);
    m_home->setChecked(page == m_start);
    m_usageButton->setChecked(page == m_usage);
    m_settingsButton->setChecked(page == m_settings);
    // The keyboard goes with the page, unless it is walking along the rail.
    if (!m_rail->hasFocus())
        page->setFocus();
    Q_EMIT pageShown(shownPage());
}

QString MainWindow::shownPage() const
{
    const auto tab = std::ranges::find(m_tabPages, m_pages->currentWidget());
    if (tab != m_tabPages.end())
        return m_tabs[tab - m_tabPages.begin()];
    const QWidget *page = m_pages->currentWidget();
    return m_usage && page == m_usage ? u"usage"_s : m_settings && page == m_settings ? u"settings"_s : u"start"_s;
}

void MainWindow::showFatal(const Error &error)
{
    auto *title = makeLabel(tr("Quintet cannot start"), TextStyle::Display);
    auto *message = makeLabel(error.message, TextStyle::Reading);
    message->setObjectName(u"fatalMessage"_s);
    message->setWordWrap(true);
    message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *quit = new Button(u"quit"_s, tr("Close Quintet"), Button::Primary);
    connect(quit, &Button::clicked, this, &QWidget::close);
    QBoxLayout *column = makeColumn(14);
    column->setContentsMargins(32, 32, 32, 32);
    column->addStretch(1);
    column->addWidget(title);
    column->addWidget(message);
    column->addWidget(quit, 0, Qt::AlignLeft);
    column->addStretch(2);
    auto *page = new QWidget;
    page->setObjectName(u"fatalPage"_s);
    page->setMaximumWidth(720);
    page->setLayout(column);
    for (QAction *action : actionsIn(this))
        action->setEnabled(action->objectName() == u"window.quit"); // there is no other page to go to
    m_home->setEnabled(false);
    m_status->hide();
    m_pages->addWidget(page);
    m_pages->setCurrentWidget(page);
    m_home->hide();
    quit->setFocus();
}

void MainWindow::showNotice(const QString &message, const QString &action, const std::function<void()> &done)
{
    disconnect(m_onNotice);
    m_onNotice = connect(m_notice, &ErrorStrip::actionChosen, this, [this, done] {
        m_notice->hide();
        done();
    });
    m_notice->showError(message, action);
}

void MainWindow::restore(const QSettings &session)
{
    restoreGeometry(session.value("window/geometry"_L1).toByteArray());
}

void MainWindow::raiseToUser()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

/// Shows over the page what dropping there would do. A page that has no use for it leaves it to the start page.
void MainWindow::offer(const QMimeData &data)
{
    const Given given = givenFrom(data);
    const Receiver *page = receiver(shownPage());
    const QString what = page ? page->offer(given) : QString();
    m_dropFrame->showOver(QRect(m_pages->mapTo(this, QPoint()), m_pages->size()),
                          what.isEmpty() ? tr("See which tab fits") : what);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    // An editor would write the addresses of files into its text: they are for the page around it.
    if ((type == QEvent::DragEnter || type == QEvent::DragMove || type == QEvent::Drop) && isEditor(watched)) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (drop->mimeData()->hasUrls() || (drop->mimeData()->hasImage() && !drop->mimeData()->hasText())) {
            drop->ignore();
            return true;
        }
    }
    // On X11 a field would take Ctrl+U and Ctrl+K for deleting what stands in it, and not let our actions have them.
    if (type == QEvent::ShortcutOverride && isEditor(watched)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::DeleteCompleteLine) || key->matches(QKeySequence::DeleteEndOfLine)) {
            event->ignore();
            return true;
        }
    }
    if (watched == windowHandle() && (type == QEvent::DragLeave || type == QEvent::Drop))
        m_dropFrame->hide();
    // What is dragged within Quintet is for the place that it is dropped on, and text for the editor below.
    if (watched == windowHandle() && type == QEvent::DragEnter) {
        const auto *drag = static_cast<QDragEnterEvent *>(event);
        if (!drag->source() && (drag->mimeData()->hasUrls() || drag->mimeData()->hasImage()))
            offer(*drag->mimeData());
    }
    return QWidget::eventFilter(watched, event);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    QWidget *control = nextAsRead(this, QApplication::focusWidget(), next);
    if (!control)
        return QWidget::focusNextPrevChild(next);
    focusByTab(control, next);
    return true;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!mayHold(*event->mimeData()))
        return;
    event->acceptProposedAction();
    if (!m_dropFrame->isVisible() && !event->source())
        offer(*event->mimeData());
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropFrame->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_dropFrame->hide();
    const Given given = givenFrom(*event->mimeData());
    if (given.isEmpty())
        return;
    event->acceptProposedAction();
    if (!give(shownPage(), given))
        give(u"start"_s, given);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // Only where the user closed it: who ends the program, or the session, is not held up.
    if (m_isStaying && event->spontaneous()) {
        event->ignore();
        hide();
    } else {
        QWidget::closeEvent(event);
    }
    Q_EMIT closed();
}

void MainWindow::quit()
{
    close();
    QApplication::quit();
}

} // namespace quintet::ui
