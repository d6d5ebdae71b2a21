// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/handovers.h"
#include "ui/actions/shortcutsheet.h"
#include "ui/advice/advicesession.h"
#include "ui/palette/commandpalette.h"

namespace quintet {

/// The command palette and the sheet of shortcuts, put together: what the palette finds beside the window's actions,
/// and where what is chosen in it goes. Lives on the GUI thread.
class Commands final : public QObject {
    Q_OBJECT

public:
    Commands(ui::MainWindow &window, const ui::AdviceServices &advice, const Handovers::Sessions &sessions,
             Handovers &handovers, const Paths &paths);
    ~Commands() override;

    /// Gives all actions that there are the user's shortcuts: once all pages were added.
    void applyShortcuts() { m_shortcuts.apply(); }

    /// The model that expected cost and time are told of.
    void setEndpoint(const llm::Endpoint &endpoint);

private:
    std::vector<ui::PaletteEntry> placesFor(const QString &typed) const;
    void openSheet();
    void joinHints();

    ui::MainWindow &m_window;
    QString m_settingsFile;
    Handovers::Sessions m_sessions;
    ui::AdviceSession m_startAdvice;
    ui::AdviceSession m_paletteAdvice;
    ui::ShortcutBook m_shortcuts;
    ui::CommandPalette *m_palette;        ///< in the window, but gone before it: it asks what is here
    ui::ShortcutSheet *m_sheet = nullptr; ///< the same; made when it is first opened
};

} // namespace quintet
