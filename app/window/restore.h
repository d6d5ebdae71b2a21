// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/handovers.h"

#include <QTimer>

class QSettings;

namespace quintet {

/// Brings back how everything stood: the window and its splitters, what each tab showed, and what was being written
/// there. Saved a moment after each change, so that even a kill loses no more than that. The drafts of Summarize and of
/// conversations are kept by their own sessions. Lives on the GUI thread.
class Restore final : public QObject {
    Q_OBJECT

public:
    /// Brings back at once what can be; the rest once it was read.
    Restore(ui::MainWindow &window, const Handovers::Sessions &sessions, const Paths &paths);

    void saveNow();

private:
    void bringBack();
    void bringBackLists();
    void bringBackEdit();
    void bringBackBatch(const QSettings &session);
    void watch();
    bool eventFilter(QObject *watched, QEvent *event) override;

    ui::MainWindow &m_window;
    Handovers::Sessions m_sessions;
    QString m_settingsFile;
    QString m_sessionFile;
    QTimer m_timer;
    // What is still to be shown, once it is there.
    QString m_run;
    QString m_agent;
    QString m_collection;
    QString m_edited;
    QString m_edit;
};

} // namespace quintet
