// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/background.h"
#include "app/window/commands.h"
#include "app/window/handovers.h"
#include "app/window/restore.h"

namespace quintet {

/// What makes one program of five tabs, put together: what goes from tab to tab, the palette, the tray, and how
/// everything stood the last time. Made when all pages are there, destroyed before them. Lives on the GUI thread.
class Desk final : public QObject {
    Q_OBJECT

public:
    Desk(ui::MainWindow &window, const Handovers::Sessions &sessions, const ui::AdviceServices &advice,
         ui::UsageToday &today, const Paths &paths);

    Background &background() { return m_background; }
    void refreshEndpoints() { m_background.quickSession().refreshEndpoints(); }
    void saveNow() { m_restore->saveNow(); }

private:
    void joinTabs(ui::MainWindow &window);

    Handovers m_handovers;
    Commands m_commands;
    Background m_background;
    std::unique_ptr<Restore> m_restore; ///< made last: it brings back what all else shows
};

} // namespace quintet
