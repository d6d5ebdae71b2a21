// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/handovers.h"
#include "ui/quick/quickwindow.h"
#include "ui/shell/usagetoday.h"
#include "ui/tray/trayicon.h"

namespace quintet {

/// What goes on while nobody looks at the window: the tray, notices of long work that ended or waits, and the quick
/// window. Lives on the GUI thread.
class Background final : public QObject {
    Q_OBJECT

public:
    Background(ui::MainWindow &window, const Handovers::Sessions &sessions, ui::UsageToday &today, Handovers &handovers,
               const Paths &paths);

    void openQuick() { m_quick->open(); }
    ui::QuickSession &quickSession() { return m_quickSession; }
    ui::QuickWindow &quickWindow() { return *m_quick; }
    ui::TrayIcon &tray() { return m_tray; }

private:
    void addActions();
    void joinTray();
    void joinQuick(Handovers &handovers);
    void tellOfEnds(ui::UsageToday &today);
    void showWork();
    void setStaying(bool isStaying);
    void keep(const QString &setting, bool isOn) const;
    bool isOn(const QString &setting, bool usual) const;

    ui::MainWindow &m_window;
    Handovers::Sessions m_sessions;
    QString m_settingsFile;
    ui::TrayIcon m_tray;
    ui::QuickSession m_quickSession;
    std::unique_ptr<ui::QuickWindow> m_quick;
    QSet<QString> m_reading; ///< collections that are being read
    QString m_warning;       ///< of the budgets, as last told
};

} // namespace quintet
