// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "base/error.h"
#include "ui/shell/rail.h"
#include "ui/shell/railbutton.h"
#include "ui/shell/startpage.h"
#include "ui/shell/statusline.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QWindow>

namespace quintet::ui {

using namespace Qt::StringLiterals;

MainWindow::MainWindow()
    : m_rail(new Rail),
      m_home(new RailButton(u"home"_s, icon(u"logo"_s), {}, tr("Start"))),
      m_usageButton(new RailButton(u"usage"_s, icon(u"usage"_s), tr("Usage"), tr("Usage"))),
      m_settingsButton(new RailButton(u"settings"_s, icon(u"settings"_s), tr("Settings"), tr("Settings"))),
      m_pages(new QStackedWidget),
      m_start(new StartPage),
      m_status(new StatusLine)
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
    auto *settings = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma), this);
    connect(settings, &QShortcut::activated, this, [this] { showPage(u"settings"_s); });
    auto *usage = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_U), this);
    connect(usage, &QShortcut::activated, this, [this] { showPage(u"usage"_s); });
    auto *home = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_0), this);
    connect(home, &QShortcut::activated, this, [this] { showPage(u"start"_s); });
    auto *quit = new QShortcut(QKeySequence::Quit, this);
    connect(quit, &QShortcut::activated, this, &QWidget::close);
    showPage(u"start"_s);
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
        m_rail->setTabToolTip(index, tr("%1 (Ctrl+%2)").arg(title).arg(index + 1));
    }
    m_rail->updateGeometry();
    m_start->setTabs(m_tabs);
    auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + m_tabs.size())), this);
    connect(shortcut, &QShortcut::activated, this, [this, key] { showPage(key); });
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
    if (isTab && !m_rail->hasFocus())
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
    for (QShortcut *shortcut : findChildren<QShortcut *>())
        shortcut->setEnabled(false); // there is no other page to go to
    m_home->setEnabled(false);
    m_status->hide();
    m_pages->addWidget(page);
    m_pages->setCurrentWidget(page);
    m_home->hide();
    quit->setFocus();
}

void MainWindow::restore(QSettings &settings)
{
    restoreGeometry(settings.value("window/geometry"_L1).toByteArray());
}

void MainWindow::save(QSettings &settings) const
{
    settings.setValue("window/geometry"_L1, saveGeometry());
    settings.setValue("window/page"_L1, shownPage());
}

void MainWindow::raiseToUser()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT filesGiven(files);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

} // namespace quintet::ui
