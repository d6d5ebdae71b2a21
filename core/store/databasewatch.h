// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace quintet::store {

/// Tells when somebody wrote to a database: another process, or this one's writer. Looks once a second at the number
/// that SQLite keeps for this (PRAGMA data_version), which takes microseconds. Lives on a thread with an event loop.
class DatabaseWatch final : public QObject {
    Q_OBJECT

public:
    explicit DatabaseWatch(const QString &path, std::chrono::milliseconds interval = std::chrono::seconds(1));

Q_SIGNALS:
    void changed();

private:
    void look();

    QString m_path;
    std::optional<Connection> m_connection;
    qint64 m_version = 0;
    QTimer m_timer;
};

} // namespace quintet::store
