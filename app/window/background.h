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

    void openQuick() { quickWindow().open(); }
    void refreshEndpoints(); ///< after the settings changed

    /// Made when they are first asked for.
    ui::QuickSession &quickSession();
    ui::QuickWindow &quickWindow();
    ui::TrayIcon &tray() { return m_tray; }

private:
    void addActions();
    void joinTray();
    void makeQuick();
    void tellOfEnds(ui::UsageToday &today);
    void showWork();
    void setStaying(bool isStaying);
    void keep(const QString &setting, bool isOn) const;
    bool isOn(const QString &setting, bool usual) const;

    ui::MainWindow &m_window;
    Handovers::Sessions m_sessions;
    QString m_settingsFile;
    ui::TrayIcon m_tray;
    Handovers &m_handovers;
    std::unique_ptr<ui::QuickSession> m_quickSession;
    std::unique_ptr<ui::QuickWindow> m_quick;
    QSet<QString> m_reading; ///< collections that are being read
    QString m_warning;       ///< of the budgets, as last told
};

} // namespace quintet
