// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "base/wake.h"
#include "knowledge/store/collectionstore.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace quintet::knowledge {

/// Waits for files below some folders to change: by the system's notices, and, since these are limited and unknown on
/// some drives, by a look every minute. Lives on a thread with an event loop.
class FolderWatch final : public QObject {
public:
    explicit FolderWatch(std::chrono::milliseconds period = std::chrono::minutes(1));

    /// Returns true once something changed and then was quiet for half a second, or after the period; false when
    /// `token` was cancelled.
    Task<bool> change(QStringList sources, CollectionSettings settings, CancelToken token);

private:
    void follow(const QStringList &paths);

    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    QTimer m_period;
    Wake m_wake;
    bool m_hasChanged = false;
};

} // namespace quintet::knowledge
