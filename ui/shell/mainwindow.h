// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStringList>
#include <QWidget>

class QSettings;
class QStackedWidget;

namespace quintet {
struct Error;
}

namespace quintet::ui {

class Rail;
class RailButton;
class StartPage;
class StatusLine;

/// The window: rail, pages, status line. It knows no tab by name; the program hands it those that work. Files that are
/// dropped anywhere on it are told by filesGiven().
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

    /// Says in place of everything why Quintet cannot work and what can be done.
    void showFatal(const Error &error);

    StatusLine &status() { return *m_status; }
    StartPage &start() { return *m_start; }

    /// Where the window was and what it showed.
    void restore(QSettings &settings);
    void save(QSettings &settings) const;

    /// In front of everything, with the keyboard.
    void raiseToUser();

Q_SIGNALS:
    void filesGiven(const QStringList &paths);
    void pageShown(const QString &key);
    void closed();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void showWidget(QWidget *page, bool isTab);
    void showTab(int index);

    Rail *m_rail;
    RailButton *m_home;
    RailButton *m_usageButton;
    RailButton *m_settingsButton;
    QStackedWidget *m_pages;
    StartPage *m_start;
    QWidget *m_usage = nullptr;
    QWidget *m_settings = nullptr;
    StatusLine *m_status;
    QStringList m_tabs; ///< keys
    std::vector<QWidget *> m_tabPages;
};

} // namespace quintet::ui
