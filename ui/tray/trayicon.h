// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QPointer>
#include <QSystemTrayIcon>

namespace quintet::ui {

/// What runs in the background, as the tray shows it.
struct TrayWork {
    QStringList lines;           ///< "Letters: 34 of 48", one a work
    std::optional<double> share; ///< of all that is known to end, 0 to 1
    bool canPause = false;       ///< a batch run is worked on
    bool isWaiting = false;      ///< for the user's word

    bool operator==(const TrayWork &) const = default;
};

/// The icon in the tray, with how far the work is and what can be done with it; and notices to somebody who is not
/// looking. Where there is no tray, there is no icon, and a notice only marks the window's entry in the task bar.
/// Lives on the GUI thread.
class TrayIcon final : public QObject {
    Q_OBJECT

public:
    /// `window` is the one that notices are about; it outlives the icon.
    explicit TrayIcon(QWidget *window, QObject *parent = nullptr);

    /// Whether there is a tray that shows it.
    bool isShown() const { return m_icon.isVisible(); }

    void showWork(const TrayWork &work);
    const TrayWork &work() const { return m_work; }

    /// Tells it, unless the user looks at the window, or wants none.
    void notify(const QString &title, const QString &text);
    void setNotifying(bool isNotifying) { m_isNotifying = isNotifying; }

    QMenu &menu() { return m_menu; }

Q_SIGNALS:
    void openAsked();
    void quickAsked();
    void pauseAsked();
    void quitAsked();
    void notified(const QString &title, const QString &text);

private:
    QIcon drawn() const;

    QPointer<QWidget> m_window;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QAction *m_pause;
    TrayWork m_work;
    bool m_isNotifying = true;
};

} // namespace quintet::ui
