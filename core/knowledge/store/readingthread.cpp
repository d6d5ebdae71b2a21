// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/readingthread.h"

namespace quintet::knowledge {

ReadingThread::ReadingThread(const store::Database &database) : m_database(database)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
}

ReadingThread::~ReadingThread()
{
    m_pool.clear();
    m_pool.start([this] { m_connection.reset(); });
    m_pool.waitForDone();
}

Result<store::Connection *> ReadingThread::connection()
{
    if (!m_connection) {
        auto opened = m_database.reader();
        if (!opened)
            return std::unexpected(opened.error());
        m_connection = std::make_unique<store::Connection>(std::move(*opened));
    }
    return m_connection.get();
}

} // namespace quintet::knowledge
