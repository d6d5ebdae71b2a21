// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/databasewatch.h"

namespace quintet::store {

DatabaseWatch::DatabaseWatch(const QString &path, std::chrono::milliseconds interval) : m_path(path)
{
    connect(&m_timer, &QTimer::timeout, this, &DatabaseWatch::look);
    m_timer.start(interval);
    look();
}

void DatabaseWatch::look()
{
    if (!m_connection) {
        auto connection = Connection::open(m_path, Connection::Mode::ReadOnly);
        if (!connection)
            return;
        m_connection.emplace(std::move(*connection));
    }
    const auto version = m_connection->value(QStringLiteral("PRAGMA data_version"));
    if (!version)
        return;
    const qint64 before = std::exchange(m_version, version->toLongLong());
    if (before != 0 && before != m_version)
        Q_EMIT changed();
}

} // namespace quintet::store
