// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/given.h"

#include <QIcon>
#include <QKeySequence>
#include <QStringList>
#include <QWidget>

#include <functional>

class QAction;
class QSettings;
class QStackedWidget;

namespace quintet {
struct Error;
}

namespace quintet::ui {

class DropFrame;
class ErrorStrip;
class Rail;
class Receiver;
class RailButton;
class StartPage;
class StatusLine;

/// The window: rail, pages, status line. It knows no tab by name; the program hands it those that work. What is dropped
/// anywhere on it is for the page that is shown, else for the start page.
class MainWindow final : public QWidget {
    Q_OBJECT

public:
    MainWindow();

    /// Adds a tab at the end, Ctrl+N away. Takes `page` over.
    void addTab(const QString &key, const QString &title, const QIcon &icon, QWidget *page);

    /// Sets the page behind the button at the foot of the rail. Takes it over.
    void setSettings(QWidget *page);

    /// Sets the page behind the button above it, Ctrl+U away, which the figures of today in the status line open too.
    /// Takes it over.
    void setUsage(QWidget *page);

    /// Shows the page of that key: a tab's, "start", "usage" or "settings". False if there is none.
    bool showPage(const QString &key);
    QString shownPage() const;

    /// Adds something to do that works on every page; its key becomes "window.KEY".
    QAction *addAction(const QString &key, const QString &text, const QList<QKeySequence> &shortcuts = {});
    using QWidget::addAction;

    /// Brings the page of an action to the front, then does it.
    void runAction(QAction *action);

    /// Shows the tab of that key and gives it something for its draft; false if it has no use for it.
    bool give(const QString &key, const Given &given);

    /// Says in place of everything why Quintet cannot work and what can be done.
    void showFatal(const Error &error);

    /// Says something above every page until it is dismissed, with a button beside it. `done` is called by that.
    void showNotice(const QString &message, const QString &action, const std::function<void()> &done);

    StatusLine &status() { return *m_status; }
    StartPage &start() { return *m_start; }

    /// Where the window was.
    void restore(const QSettings &session);

    /// Whether closing it only hides it, and the program goes on in the tray.
    void setStaying(bool isStaying) { m_isStaying = isStaying; }

    /// Ends the program.
    void quit();

    /// In front of everything, with the keyboard.
    void raiseToUser();

Q_SIGNALS:
    void pageShown(const QString &key);
    void closed();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void showWidget(QWidget *page, bool isTab);
    void showTab(int index);
    void widenPane(int by);
    void offer(const QMimeData &data);
    Receiver *receiver(const QString &key) const;

    Rail *m_rail;
    RailButton *m_home;
    RailButton *m_usageButton;
    RailButton *m_settingsButton;
    QStackedWidget *m_pages;
    StartPage *m_start;
    QWidget *m_usage = nullptr;
    QWidget *m_settings = nullptr;
    StatusLine *m_status;
    ErrorStrip *m_notice;
    QMetaObject::Connection m_onNotice;
    DropFrame *m_dropFrame;
    bool m_isStaying = false;
    QStringList m_tabs; ///< keys
    std::vector<QWidget *> m_tabPages;
};

} // namespace quintet::ui
